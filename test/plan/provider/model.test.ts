// Does the model of AWS answer in AWS's forms, and the same each time?
import { expect } from 'chai';
import { makeProviderModel } from '../../../plan/provider/model.ts';
import { PlanFailed } from '../../../plan/plan-failed.ts';

const model = makeProviderModel({
  project: 'greenroom',
  stack: 'dev',
  region: 'eu-west-1',
  autonaming: '{"pattern":"${project}-${stack}-${name}-${hex(7)}"}',
});

const make = (type: string, inputs: Parameters<typeof model.create>[1] = {}, name = 'one') =>
  model.create({ urn: `urn:pulumi:dev::greenroom::${type}::${name}`, type, name }, inputs);

const image = (tag: string) => make('docker-build:index:Image', { tags: [`repository:${tag}`] });

const outputs: readonly (readonly [type: string, property: string, form: RegExp])[] = [
  ['aws:s3/bucket:Bucket', 'arn', /^arn:aws:s3:::greenroom-dev-one-[0-9a-f]{7}$/],
  ['aws:dynamodb/table:Table', 'arn', /^arn:aws:dynamodb:eu-west-1:123456789012:table\/greenroom-dev-one-/],
  [
    'aws:sqs/queue:Queue',
    'url',
    /^https:\/\/sqs\.eu-west-1\.amazonaws\.com\/123456789012\/greenroom-dev-one-/,
  ],
  ['aws:sqs/queue:Queue', 'arn', /^arn:aws:sqs:eu-west-1:123456789012:greenroom-dev-one-/],
  ['aws:iam/role:Role', 'arn', /^arn:aws:iam::123456789012:role\/greenroom-dev-one-/],
  [
    'aws:kms/key:Key',
    'arn',
    /^arn:aws:kms:eu-west-1:123456789012:key\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  ],
  [
    'aws:lambda/function:Function',
    'invokeArn',
    /^arn:aws:apigateway:eu-west-1:lambda:path\/2015-03-31\/functions\/arn:aws:lambda:eu-west-1:123456789012:function:greenroom-dev-one-[0-9a-f]{7}\/invocations$/,
  ],
  [
    'aws:sfn/stateMachine:StateMachine',
    'arn',
    /^arn:aws:states:eu-west-1:123456789012:stateMachine:greenroom-dev-one-/,
  ],
  [
    'aws:ecr/repository:Repository',
    'repositoryUrl',
    /^123456789012\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/greenroom-dev-one-/,
  ],
  [
    'aws:apigateway/restApi:RestApi',
    'executionArn',
    /^arn:aws:execute-api:eu-west-1:123456789012:[a-z0-9]{10}$/,
  ],
  [
    'aws:cloudwatch/logGroup:LogGroup',
    'arn',
    /^arn:aws:logs:eu-west-1:123456789012:log-group:greenroom-dev-one-/,
  ],
  [
    'aws:cloudfront/distribution:Distribution',
    'arn',
    /^arn:aws:cloudfront::123456789012:distribution\/E[A-Z2-7]{13}$/,
  ],
  ['aws:cloudfront/distribution:Distribution', 'domainName', /^d[a-z0-9]{13}\.cloudfront\.net$/],
  [
    'aws:cloudfront/function:Function',
    'arn',
    /^arn:aws:cloudfront::123456789012:function\/greenroom-dev-one-/,
  ],
  [
    'aws:cognito/userPool:UserPool',
    'arn',
    /^arn:aws:cognito-idp:eu-west-1:123456789012:userpool\/eu-west-1_[a-z0-9]{9}$/,
  ],
  [
    'aws:cloudwatch/logDeliverySource:LogDeliverySource',
    'arn',
    /^arn:aws:logs:eu-west-1:123456789012:delivery-source:greenroom-dev-one-/,
  ],
];

describe('the model of AWS', () => {
  for (const [type, property, form] of outputs)
    it(`answers ${property} of ${type} in AWS's form`, () => {
      expect(make(type).outputs[property]).to.match(form);
    });

  it('answers the same twice, and something else for another URN', () => {
    expect(make('aws:kms/key:Key')).to.deep.equal(make('aws:kms/key:Key'));
    expect(make('aws:kms/key:Key').id).not.to.equal(make('aws:kms/key:Key', {}, 'two').id);
  });

  it('keeps the name that the program gives', () => {
    expect(make('aws:s3/bucket:Bucket', { bucket: 'mine' }).id).to.equal('mine');
  });

  it('puts what says its own region there, wherever the stack is', () => {
    const source = make('aws:cloudwatch/logDeliverySource:LogDeliverySource', { region: 'us-east-1' });
    expect(source.outputs['arn']).to.match(/^arn:aws:logs:us-east-1:/);
  });

  it('gives a file of a bucket the id of both', () => {
    const { id } = make('aws:s3/bucketObjectv2:BucketObjectv2', { bucket: 'mine', key: 'index.html' });
    expect(id).to.equal('mine/index.html');
  });

  it('gives settings of a bucket the id of the bucket', () => {
    expect(make('aws:s3/bucketPolicy:BucketPolicy', { bucket: 'mine' }).id).to.equal('mine');
  });

  it('gives an image another digest when its tag, and so its content, is another', () => {
    expect(image('stage-1').outputs['ref']).to.match(/^repository:stage-1@sha256:[0-9a-f]{64}$/);
    expect(image('stage-1').outputs['digest']).not.to.equal(image('stage-2').outputs['digest']);
  });

  it('looks up what exists by the id that was asked for', () => {
    const resource = { urn: 'urn', type: 'aws:s3/bucket:Bucket', name: 'old' };
    expect(model.read(resource, 'shared-logs', {})['arn']).to.equal('arn:aws:s3:::shared-logs');
  });

  it('refuses a name that AWS would refuse for its length', () => {
    expect(() => make('aws:iam/role:Role', {}, 'r'.repeat(60))).to.throw(PlanFailed, /AWS takes 64/);
  });

  it('refuses a function that it does not know and names the token', () => {
    expect(() => model.invoke('aws:ec2/getAmi:getAmi', {})).to.throw(PlanFailed, /aws:ec2\/getAmi:getAmi/);
  });
});
