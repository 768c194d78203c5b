// What does a grant become in a role's policy, with which condition?
import { output } from '@pulumi/pulumi';
import { expect } from 'chai';
import { statementsOf, type Places } from '../../components/places.ts';
import type { Grant } from '../../systems/stage.ts';

const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/1';
const places: Places = {
  accountId: '123456789012',
  region: 'eu-west-1',
  keyArn,
  bucketArn: (name) => `arn:aws:s3:::greenroom-${name}`,
  tableArn: (name) => `arn:aws:dynamodb:eu-west-1:123456789012:table/greenroom-${name}`,
  machineArn: (name) => `arn:aws:states:eu-west-1:123456789012:stateMachine:greenroom-${name}`,
  queueArn: (name) => `arn:aws:sqs:eu-west-1:123456789012:greenroom-${name}`,
  userPoolArn: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab1',
  model: null,
  labelsPictures: false,
};

const policyOf = (...grants: readonly Grant[]): Promise<unknown> =>
  new Promise((resolve) => {
    output(statementsOf(grants, places)).apply(resolve);
  });

const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/greenroom-records';
const execution = 'arn:aws:states:eu-west-1:123456789012:execution:greenroom-analysis:*';
const readKey = { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: keyArn };

const policies: readonly (readonly [string, Grant, readonly object[]])[] = [
  [
    'signing uploads',
    { action: 'links:upload', on: 'media', prefix: 'uploads/' },
    [
      { Action: ['s3:PutObject'], Resource: 'arn:aws:s3:::greenroom-media/uploads/*' },
      { Action: ['kms:GenerateDataKey'], Resource: keyArn },
    ],
  ],
  [
    'deleting objects, and looking for those of the prefix only',
    { action: 'objects:delete', on: 'media', prefix: 'uploads/' },
    [
      {
        Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
        Resource: 'arn:aws:s3:::greenroom-media/uploads/*',
      },
      {
        Action: ['s3:ListBucketVersions'],
        Resource: 'arn:aws:s3:::greenroom-media',
        Condition: { StringLike: { 's3:prefix': 'uploads/*' } },
      },
    ],
  ],
  [
    'listing by an index',
    { action: 'records:list', on: 'records' },
    [{ Action: ['dynamodb:Query'], Resource: `${table}/index/*` }, readKey],
  ],
  [
    'reading all rows',
    { action: 'records:scan', on: 'records' },
    [{ Action: ['dynamodb:Scan'], Resource: table }, readKey],
  ],
  [
    'looking at executions',
    { action: 'executions:read', on: 'analysis' },
    [
      {
        Action: [
          'states:DescribeExecution',
          'states:GetExecutionHistory',
          'states:DescribeStateMachineForExecution',
        ],
        Resource: execution,
      },
    ],
  ],
  [
    'stopping executions',
    { action: 'executions:stop', on: 'analysis' },
    [{ Action: ['states:DescribeExecution', 'states:StopExecution'], Resource: execution }],
  ],
  [
    'sealing texts, and opening nothing else',
    { action: 'texts:seal' },
    [
      {
        Action: ['kms:Encrypt', 'kms:Decrypt'],
        Resource: keyArn,
        Condition: { StringEquals: { 'kms:EncryptionContext:purpose': 'sealed-text' } },
      },
    ],
  ],
  [
    'deleting accounts',
    { action: 'accounts:delete' },
    [{ Action: ['cognito-idp:AdminDeleteUser'], Resource: places.userPoolArn }],
  ],
  ['checking tokens', { action: 'identity:verify' }, []],
];

describe('the policy of a role that is granted', () => {
  for (const [what, grant, expected] of policies) {
    it(`${what} allows that and nothing else (A52)`, async () => {
      const statements = expected.map((statement) => Object.assign({ Effect: 'Allow' }, statement));
      expect(await policyOf(grant)).to.deep.equal(statements);
    });
  }

  it('both reading and sealing keeps the two rights to the key apart', async () => {
    const policy = await policyOf({ action: 'records:read', on: 'records' }, { action: 'texts:seal' });
    expect(policy).to.have.length(3);
    expect(policy).to.deep.include(readKey);
  });
});
