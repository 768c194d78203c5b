// May a function call the model that is configured, wherever a profile sends it, and no other?
import * as pulumi from '@pulumi/pulumi';
import { expect } from 'chai';
import { type BedrockModelSettings, modelPlacesOf } from '../../components/bedrock-model.ts';
import { only, type Places, statementsOf } from '../../components/places.ts';
import { capture, only as onlyResource, statementsIn } from './captured-stack.ts';
import { ServiceRole } from '../../components/service-role.ts';

const none: BedrockModelSettings = { modelId: '', modelRegions: [], guardrailId: '', region: 'us-east-1' };

/** The statements of a function that may call the model, as they stand in its policy. */
async function statementsFor(settings: Partial<BedrockModelSettings>) {
  const stack = await capture(() => {
    const places: Places = {
      accountId: '123456789012',
      region: 'us-east-1',
      keyArn: 'key',
      bucketArn: only({}),
      tableArn: only({}),
      machineArn: only({}),
      queueArn: only({}),
      userPoolArn: 'pool',
      model: modelPlacesOf({ ...none, ...settings }, pulumi.output('123456789012')),
      labelsPictures: false,
    };
    new ServiceRole('role', {
      service: 'lambda.amazonaws.com',
      accountId: null,
      statements: statementsOf([{ action: 'model:invoke' }], places),
    });
  });
  return statementsIn(onlyResource(stack, 'aws:iam/rolePolicy:RolePolicy').inputs['policy']).map(
    ({ Action, Resource }) => [Action, Resource],
  );
}

const invoke = ['bedrock:InvokeModel'];
const model = (region: string): string => `arn:aws:bedrock:${region}::foundation-model/amazon.nova-lite-v1:0`;
const profile = (id: string): string => `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${id}`;

describe('the model', () => {
  it('cannot be called where none is configured (A52)', async () => {
    expect(await statementsFor({})).to.deep.equal([]);
  });

  it('can be called in the stack’s region (A18)', async () => {
    expect(await statementsFor({ modelId: 'amazon.nova-lite-v1:0' })).to.deep.equal([
      [invoke, [model('us-east-1')]],
    ]);
  });

  it('can be called through a profile, in every region that it sends to', async () => {
    const settings = { modelId: 'us.amazon.nova-lite-v1:0', modelRegions: ['us-east-1', 'us-west-2'] };
    expect(await statementsFor(settings)).to.deep.equal([
      [invoke, [model('us-east-1'), model('us-west-2'), profile('us.amazon.nova-lite-v1:0')]],
    ]);
  });

  for (const geography of ['us', 'eu', 'apac', 'jp', 'au', 'us-gov']) {
    it(`of the geography ${geography} is called by its own name in the regions of the profile`, async () => {
      const id = `${geography}.amazon.nova-lite-v1:0`;
      expect(await statementsFor({ modelId: id, modelRegions: ['ap-northeast-1'] })).to.deep.equal([
        [invoke, [model('ap-northeast-1'), profile(id)]],
      ]);
    });
  }

  it('with a full stop in its name is no profile', async () => {
    expect(await statementsFor({ modelId: 'deepseek.v3.2' })).to.deep.equal([
      [invoke, ['arn:aws:bedrock:us-east-1::foundation-model/deepseek.v3.2']],
    ]);
  });

  it('can be called through a global profile, which also asks for it without a region', async () => {
    const settings = { modelId: 'global.amazon.nova-lite-v1:0' };
    expect(await statementsFor(settings)).to.deep.equal([
      [invoke, [model('us-east-1'), model(''), profile('global.amazon.nova-lite-v1:0')]],
    ]);
  });

  it('has its guardrail applied, which is another action on another thing', async () => {
    const settings = { modelId: 'amazon.nova-lite-v1:0', guardrailId: 'abc' };
    expect((await statementsFor(settings))[1]).to.deep.equal([
      ['bedrock:ApplyGuardrail'],
      'arn:aws:bedrock:us-east-1:123456789012:guardrail/abc',
    ]);
  });
});
