// Is a stack configured as Pulumi would configure it?
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfiguration, type StackConfiguration } from '../../plan/configuration.ts';
import { PlanFailed } from '../../plan/plan-failed.ts';

const project = `
name: demo
main: index.ts
config:
  aws:region: us-east-1
  pulumi:autonaming:
    value: { pattern: "\${name}-\${hex(7)}" }
  size: { type: integer, default: 3 }
  list: { type: array, items: { type: string }, default: [a] }
  flag: { type: boolean, default: false }
  needed: { type: string }
`;

describe('the configuration of a stack', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'configuration-'));
    writeFileSync(join(folder, 'Pulumi.yaml'), project);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (stackFile: string): StackConfiguration => {
    writeFileSync(join(folder, 'Pulumi.dev.yaml'), stackFile);
    return readConfiguration(folder, 'dev');
  };

  it('gives every value as text under its full key, lists as JSON', () => {
    const { main, values } = read('config:\n  demo:needed: yes it is\n');
    expect(main).to.equal('index.ts');
    expect(values).to.deep.equal({
      'aws:region': 'us-east-1',
      'pulumi:autonaming': '{"pattern":"${name}-${hex(7)}"}',
      'demo:size': '3',
      'demo:list': '["a"]',
      'demo:flag': 'false',
      'demo:needed': 'yes it is',
    });
  });

  it('lets the stack stand before the project, and takes what the project does not name', () => {
    const { values } = read('config:\n  demo:needed: x\n  demo:size: 7\n  other:key: [1, 2]\n');
    expect(values).to.include({ 'demo:size': '7', 'other:key': '[1,2]' });
  });

  it('knows a secret by its mark, whole or inside of an object, and has no value for it', () => {
    const { values, secretKeys } = read(
      'config:\n  demo:needed:\n    secure: v1:abc\n  demo:deep:\n    user: me\n    word:\n      secure: v1:def\n',
    );
    expect(secretKeys).to.deep.equal(['demo:needed', 'demo:deep']);
    expect(values['demo:deep']).to.equal('{"user":"me","word":"secret-demo:deep"}');
    expect(JSON.stringify(values)).not.to.include('v1:');
  });

  it('takes the two lines by which Pulumi finds the key of the secrets, and does not count them as settings', () => {
    const { values, secretKeys } = read(
      'secretsprovider: awskms://alias/state?region=us-east-1\nencryptedkey: AQICAHg=\nconfig:\n  demo:needed: x\n',
    );
    expect(values).to.include({ 'demo:needed': 'x' });
    expect(JSON.stringify([values, secretKeys])).not.to.match(/secretsprovider|encryptedkey|awskms|AQIC/);
  });

  it('names everything that is missing or of another type at once', () => {
    expect(() => read('config:\n  demo:size: many\n  demo:list: a\n  demo:flag: 3\n')).to.throw(
      PlanFailed,
      'demo:size of stack dev must be of type integer\ndemo:list of stack dev must be of type array\ndemo:flag of stack dev must be of type boolean\nstack dev needs a value for demo:needed',
    );
  });

  it('is refused for a stack that has no file', () => {
    expect(() => readConfiguration(folder, 'nowhere')).to.throw(PlanFailed, /^there is no stack nowhere/);
  });
});
