// Is a committed plan small, free of secrets and contents, and enough to compare with?
import { expect } from 'chai';
import { asBaseline, committedText, readBaseline, toCommitted } from '../../../plan/compare/baseline.ts';
import { changesAgainst } from '../../../plan/compare/changes.ts';
import { fingerprint, isContents, withoutContents } from '../../../plan/compare/fingerprint.ts';
import { PlanFailed } from '../../../plan/plan-failed.ts';
import { planScenario } from '../scenario.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('a committed plan', function () {
  this.timeout(60_000);

  it('read back says that nothing changed', async () => {
    const planned = await planScenario('everything');
    const baseline = readBaseline(committedText(toCommitted(planned)), 'plans/dev.json');
    expect(changesAgainst(planned, baseline).filter(({ operation }) => operation !== 'same')).to.deep.equal(
      [],
    );
  });

  it('may also be what --json printed', async () => {
    const { stack, resources, outputs, ...planned } = await planScenario('everything');
    const baseline = readBaseline(JSON.stringify({ stack, resources, outputs }), 'old.json');
    const changes = changesAgainst({ stack, resources, outputs, ...planned }, baseline);
    expect(new Set(changes.map(({ operation }) => operation))).to.deep.equal(new Set(['same']));
  });

  it('holds a line for each resource, sorted', async () => {
    const planned = await planScenario('everything');
    const lines = committedText(toCommitted(planned))
      .split('\n')
      .filter((line) => line.startsWith('    "'));
    const files = planned.resources.filter(({ type, inputs }) => isContents(type, inputs));
    expect(lines).to.have.length(planned.resources.length - files.length);
    expect(lines).to.deep.equal(lines.toSorted());
  });

  it('leaves out the files of a bucket, which are contents, and keeps what the program writes there', async () => {
    const planned = await planScenario('everything');
    expect(planned.resources.filter(({ type, inputs }) => isContents(type, inputs))).to.have.length(1);
    expect(committedText(toCommitted(planned))).to.not.include('bucketObjectv2');
    expect(asBaseline(planned, false).resources.size).to.equal(planned.resources.length);
    expect(
      isContents('aws:s3/bucketObjectv2:BucketObjectv2', { key: 'config.json', content: '{}' }),
    ).to.equal(false);
  });

  it('tells a long value by a hash and a short one as it is', () => {
    expect(fingerprint({ b: 1, a: 'short' })).to.deep.equal({ b: 1, a: 'short' });
    expect(fingerprint('long '.repeat(40))).to.match(/^#[0-9a-f]{12}$/);
    expect(fingerprint({ x: 'long '.repeat(40), y: 1 })).to.equal(
      fingerprint({ y: 1, x: 'long '.repeat(40) }),
    );
  });

  it('leaves out tags and built digests, which follow the contents of the code', () => {
    const uri = 'account.dkr.ecr.us-east-1.amazonaws.com/images:convert-video-0123456789ab';
    expect(withoutContents([uri, `${uri}@${digest}`, 'read-health-0123456789ab'], [digest])).to.deep.equal([
      'account.dkr.ecr.us-east-1.amazonaws.com/images:convert-video-*',
      'account.dkr.ecr.us-east-1.amazonaws.com/images:convert-video-*@sha256:*',
      'read-health-*',
    ]);
  });

  it('keeps a pinned digest, which is configuration', () => {
    expect(withoutContents(`images@${digest}`, [])).to.equal(`images@${digest}`);
  });

  it('is refused when it is something else', () => {
    for (const text of ['{"a":1}', 'no json'])
      expect(() => readBaseline(text, 'other.json')).to.throw(PlanFailed, /^other\.json is n/);
  });

  it('shows the protection of a resource that has one', async () => {
    const { resources } = asBaseline(await planScenario('store'), true);
    const stack = 'urn:pulumi:dev::scenarios::pulumi:pulumi:Stack::scenarios-dev';
    expect([...resources].filter(([, { protect }]) => !protect).map(([urn]) => urn)).to.deep.equal([stack]);
  });
});
