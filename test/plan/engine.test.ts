// Does the small engine understand what a program asks for?
import { expect } from 'chai';
import { redacted, type Resource } from '../../policy/resource.ts';
import type { PlannedStack } from '../../plan/plan-stack.ts';
import { unknownText } from '../../plan/engine/wire.ts';
import { planScenario } from './scenario.ts';

const find = ({ resources }: PlannedStack, name: string): Resource => {
  const found = resources.find((resource) => resource.name === name);
  if (!found) throw new Error(`no ${name} among ${resources.map((resource) => resource.name).join(', ')}`);
  return found;
};

describe('the engine of the offline plan', function () {
  this.timeout(60_000);
  let planned: PlannedStack;
  before(async () => {
    planned = await planScenario('everything');
  });

  it('registers the stack, components and their children under URNs with the types of the parents', () => {
    expect(planned.resources.map(({ urn }) => urn)).to.deep.equal([
      'urn:pulumi:dev::scenarios::aws:iam/role:Role::reader',
      'urn:pulumi:dev::scenarios::aws:s3/bucketObjectv2:BucketObjectv2::file',
      'urn:pulumi:dev::scenarios::aws:ssm/parameter:Parameter::word',
      'urn:pulumi:dev::scenarios::pulumi:pulumi:Stack::scenarios-dev',
      'urn:pulumi:dev::scenarios::scenarios:blocks:Store$aws:s3/bucket:Bucket::store-media',
      'urn:pulumi:dev::scenarios::scenarios:blocks:Store$aws:sqs/queue:Queue::jobs',
      'urn:pulumi:dev::scenarios::scenarios:blocks:Store::store',
    ]);
  });

  it('gives children the protection of their parents', () => {
    expect(find(planned, 'jobs')).to.include({ protect: true, retainOnDelete: true });
    expect(find(planned, 'reader')).to.include({ protect: false, retainOnDelete: false });
  });

  it('lets transforms of the stack change properties', () => {
    expect(find(planned, 'store-media').inputs['tags']).to.deep.equal({ owner: 'transform' });
  });

  it('answers with ARNs in the form of AWS, so that texts made of them are whole', () => {
    const { inputs } = find(planned, 'reader');
    expect(inputs['assumeRolePolicy']).to.equal('{"Resource":"arn:aws:s3:::store-media-25ef0d6/*"}');
    expect(inputs['description']).to.equal('of 123456789012, size 3');
    expect(planned.outputs['roleArn']).to.match(/^arn:aws:iam::123456789012:role\/reader-[0-9a-f]{7}$/);
  });

  it('shows no secret, neither in inputs nor in outputs (B64)', () => {
    expect(find(planned, 'word').inputs['value']).to.equal(redacted);
    expect(planned.outputs['hidden']).to.equal(redacted);
    const { stack, resources, outputs } = planned;
    expect(JSON.stringify({ stack, resources, outputs })).not.to.match(/AAABAJ0|secret-scenarios/);
  });

  it('collects explicit and implicit dependencies, sorted', () => {
    expect(find(planned, 'file').dependencies).to.deep.equal([
      'urn:pulumi:dev::scenarios::aws:iam/role:Role::reader',
      'urn:pulumi:dev::scenarios::scenarios:blocks:Store$aws:s3/bucket:Bucket::store-media',
    ]);
  });

  it('tells files by their place in the project, not on the machine', () => {
    const { inputs } = find(planned, 'file');
    expect(inputs['source']).to.deep.equal({ asset: 'Pulumi.yaml' });
    expect(inputs['content']).to.equal('folder .');
  });

  it('names the kinds of which it knows no more than an id', () => {
    expect(planned.unmodelled).to.deep.equal(['aws:ssm/parameter:Parameter']);
  });

  it('answers a preview with the same resources and unknown values', async () => {
    const preview = await planScenario('everything', { preview: true });
    expect(preview.resources.map(({ urn }) => urn)).to.deep.equal(planned.resources.map(({ urn }) => urn));
    expect(find(preview, 'reader').inputs['assumeRolePolicy']).to.equal(unknownText);
    expect(find(preview, 'word').inputs['value']).to.equal(redacted);
  });
});
