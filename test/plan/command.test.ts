// Does `./greenroom plan` say what a reader needs, and end with the code that a script needs?
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '../..');

function plan(...words: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'cli/main.ts'), 'plan', ...words],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  return { code: status, out: stdout, err: stderr };
}

describe('./greenroom plan', function () {
  this.timeout(120_000);
  let folder = '';
  let renamed = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'plan-'));
    renamed = join(folder, 'renamed.json');
    const text = readFileSync(join(root, 'plans/prod.json'), 'utf8');
    writeFileSync(renamed, text.replace(/(dynamodb\/table:Table::interview-records)"/, '$1-before"'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('shows changes, outputs, costs and what it cannot know, without colours in a pipe', () => {
    const { code, out } = plan('prod');
    expect(code).to.equal(0);
    for (const text of ['stay as they are', 'Outputs', 'Modelled cost in USD', 'It is not made by Pulumi'])
      expect(out).to.include(text);
    expect(out).not.to.include('\u001b');
  });

  it('ends with 3 and says who is protected when a protected table is renamed', () => {
    const { code, out, err } = plan('prod', '--against', renamed, '--write');
    expect(code).to.equal(3);
    expect(out).to.match(
      /- delete +aws:dynamodb\/table:Table +interview-records-before .*REFUSED: it is protected/,
    );
    expect(err).to.include('Pulumi would refuse');
    expect(readFileSync(join(root, 'plans/prod.json'), 'utf8')).not.to.include('-before');
  });

  it('prints exactly stack, resources and outputs with --json', () => {
    const { out } = plan('dev', '--json');
    const graph = JSON.parse(out) as { resources: object[] };
    expect(Object.keys(graph)).to.deep.equal(['stack', 'resources', 'outputs']);
    const keys = ['urn', 'type', 'name', 'parent', 'inputs', 'protect', 'retainOnDelete', 'dependencies'];
    for (const resource of graph.resources) expect(Object.keys(resource)).to.deep.equal(keys);
  });

  it('takes little enough CPU time to be run at each change, with all that it starts', () => {
    const timed = './greenroom plan dev >/dev/null && echo measured && times';
    const measure = (): number => {
      const { stdout } = spawnSync('bash', ['-c', timed], { cwd: root, encoding: 'utf8' });
      // The second line of `times` is about ended children, and theirs.
      const [, user, system] = /measured\n.*\n([\dms.]+) ([\dms.]+)/.exec(stdout) ?? [];
      const seconds = [user, system].map((text) => /^(\d+)m([\d.]+)s$/.exec(text ?? ''));
      return seconds.reduce((sum, time) => sum + Number(time?.[1]) * 60 + Number(time?.[2]), 0);
    };
    // The first run may bundle the stages and compile. An idle machine of 2026 takes 2 s, a busy one up to twice that.
    measure();
    const cpuSeconds = measure();
    expect(cpuSeconds).to.be.within(0.3, 6);
  });

  it('ends with 2 for a stack or a file that is not there', () => {
    expect(plan('nowhere')).to.deep.include({
      code: 2,
      err: 'There is no stack nowhere: Pulumi.nowhere.yaml does not exist.\n',
    });
    expect(plan('dev', '--against', join(folder, 'none.json')).code).to.equal(2);
  });
});
