// What do the three stacks deploy, and is what is committed about it true?
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { committedText, readBaseline, toCommitted } from '../../plan/compare/baseline.ts';
import { changesAgainst, type Change } from '../../plan/compare/changes.ts';
import { planStack, type PlannedStack } from '../../plan/plan-stack.ts';
import { interviewStages } from '../../systems/interview/stages.ts';

const root = join(import.meta.dirname, '../..');
const stacks = ['dev', 'staging', 'prod'] as const;
const pinned = {
  'greenroom:imageMode': 'pinned',
  'greenroom:imageDigests': JSON.stringify(
    Object.fromEntries(interviewStages.map(({ name }) => [name, `sha256:${'ab'.repeat(32)}`])),
  ),
};

const committed = (stack: string): string => readFileSync(join(root, 'plans', `${stack}.json`), 'utf8');
const texts = ({ resources, outputs }: PlannedStack): string => JSON.stringify({ resources, outputs });
const holdsData = new Set(['aws:s3/bucket:Bucket', 'aws:dynamodb/table:Table', 'aws:kms/key:Key']);

/** The committed plan as it would be if a resource had another name then. */
const withOldName = (stack: string, urn: string): string =>
  committed(stack).replaceAll(JSON.stringify(urn), JSON.stringify(`${urn}-before`));

const refusals = (changes: readonly Change[]): readonly string[] =>
  changes.filter(({ isRefused }) => isRefused).map(({ operation, name }) => `${operation} ${name}`);

const named = ({ resources }: PlannedStack, type: string): readonly string[] =>
  resources.filter((resource) => resource.type === type).map(({ urn }) => urn);

for (const stack of stacks)
  describe(`the stack ${stack}`, function () {
    this.timeout(120_000);
    let planned: PlannedStack;
    before(async () => {
      planned = await planStack({ stack });
    });

    it('is what plans/ says: no name and no type changes unseen', () => {
      const changes = changesAgainst(planned, readBaseline(committed(stack), `plans/${stack}.json`));
      const told = changes
        .filter(({ operation, renamedFrom }) => operation !== 'same' || renamedFrom !== null)
        .map(({ operation, name, type, properties }) => `${operation} ${type} ${name} ${properties.join()}`);
      expect(told, `run ./greenroom plan ${stack} --write`).to.deep.equal([]);
    });

    it('is written down the same each time', () => {
      expect(committedText(toCommitted(planned))).to.equal(committed(stack));
    });

    it('lets no Output leak into a text', () => {
      expect(texts(planned)).not.to.match(/Calling \[toString\]|undefined|\[object Object\]|\[unknown\]|NaN/);
    });

    it('holds no path of this machine', () => {
      expect(texts(planned)).not.to.include(root);
    });

    it('asks for nothing of which the model knows no more than an id', () => {
      expect(planned.unmodelled).to.deep.equal([]);
    });

    it('needs no image in pinned mode and deploys the same functions', async () => {
      const other = await planStack({ stack, overrides: pinned });
      expect(named(planned, 'docker-build:index:Image')).to.have.length(interviewStages.length + 1);
      expect(named(other, 'docker-build:index:Image')).to.deep.equal([]);
      const functions = 'aws:lambda/function:Function';
      expect(named(other, functions)).to.deep.equal(named(planned, functions));
    });

    it('registers the same resources in a preview, where nothing of AWS is known', async () => {
      const preview = await planStack({ stack, preview: true });
      expect(preview.resources.map(({ urn }) => urn)).to.deep.equal(planned.resources.map(({ urn }) => urn));
    });
  });

describe('a store that is renamed', function () {
  this.timeout(120_000);

  for (const stack of stacks)
    it(`is refused by protection exactly where data is protected: ${stack}`, async () => {
      const planned = await planStack({ stack });
      const stores = planned.resources.filter(({ type }) => holdsData.has(type));
      expect(stores.length).to.be.greaterThan(2);
      const prefix = `urn:pulumi:${stack}::greenroom::`;
      for (const { urn, name } of stores) {
        const baseline = readBaseline(withOldName(stack, urn.slice(prefix.length)), 'old');
        expect(refusals(changesAgainst(planned, baseline)), urn).to.deep.equal(
          stack === 'prod' ? [`delete ${name}-before`] : [],
        );
      }
    });
});

describe('planning', function () {
  this.timeout(120_000);

  it('does not depend on folder, time zone, locale or environment', async () => {
    const planned = await planStack({ stack: 'dev' });
    const output = execFileSync(process.execPath, [join(root, 'cli/main.ts'), 'plan', 'dev', '--json'], {
      cwd: '/',
      env: { PATH: process.env['PATH'], TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', AWS_REGION: 'eu-west-1' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 26,
    });
    const { stack, resources, outputs } = planned;
    expect(output).to.equal(`${JSON.stringify({ stack, resources, outputs }, null, 2)}\n`);
  });
});
