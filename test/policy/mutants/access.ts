// Which mistakes in permissions do the laws notice?
import { allowAlso, beside, inputs, type Mutant, set, statements } from './mutant.ts';

const role = 'RolePolicy::interview-convert-video';
const table = 'arn:aws:dynamodb:us-east-1:123456789012:table/t';
const trust = (principal: object, more: object = {}) =>
  statements(
    'Role::interview-analyse-interview',
    () => [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, ...more }],
    'assumeRolePolicy',
  );

export const accessMutants: readonly Mutant[] = [
  {
    rule: 'no-wildcard-action',
    change: 'a role may do everything with a table',
    mutate: allowAlso(role, { Action: 'dynamodb:*', Resource: table }),
  },
  {
    rule: 'no-wildcard-action',
    change: 'a bucket lets a service do everything',
    mutate: allowAlso('BucketPolicy::interview-media-policy', {
      Action: 's3:*',
      Resource: 'arn:aws:s3:::b/*',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    }),
  },
  {
    rule: 'no-wildcard-resource',
    change: 'a role may read every table',
    mutate: allowAlso(role, { Action: 'dynamodb:GetItem', Resource: '*' }),
  },
  {
    rule: 'no-wildcard-resource',
    change: 'a role may read every bucket',
    mutate: allowAlso(role, { Action: 's3:GetObject', Resource: 'arn:aws:s3:::*' }),
  },
  {
    rule: 'no-wildcard-resource',
    change: 'a role may read a table in every region',
    mutate: allowAlso(role, {
      Action: 'dynamodb:GetItem',
      Resource: 'arn:aws:dynamodb:*:123456789012:table/t',
    }),
  },
  {
    rule: 'no-wildcard-resource',
    change: 'an action that knows resources hides among some that do not',
    mutate: allowAlso(role, { Action: ['xray:PutTraceSegments', 'sqs:SendMessage'], Resource: '*' }),
  },
  {
    rule: 'no-negated-permission',
    change: 'a role may do everything but one thing',
    mutate: allowAlso(role, { NotAction: 'iam:CreateUser', Resource: table }),
  },
  {
    rule: 'no-decrypt-everywhere',
    change: 'a role may decrypt with every key of the account',
    mutate: allowAlso(role, { Action: 'kms:Decrypt', Resource: 'arn:aws:kms:us-east-1:123456789012:key/*' }),
  },
  {
    rule: 'no-public-principal',
    change: 'a bucket lets everybody read',
    mutate: allowAlso('BucketPolicy::interview-media-policy', {
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::b/*',
      Principal: '*',
    }),
  },
  {
    rule: 'no-public-principal',
    change: 'a queue lets everybody send',
    mutate: allowAlso('QueuePolicy::interview-uploads-policy', {
      Action: 'sqs:SendMessage',
      Resource: 'arn:aws:sqs:us-east-1:123456789012:q',
      Principal: { AWS: '*' },
    }),
  },
  {
    rule: 'no-public-principal',
    change: 'a topic lets everybody publish whose account is any',
    mutate: allowAlso('TopicPolicy', {
      Action: 'sns:Publish',
      Resource: 'arn:aws:sns:us-east-1:123456789012:t',
      Principal: '*',
      Condition: { StringLike: { 'aws:SourceAccount': '*' } },
    }),
  },
  {
    rule: 'no-public-principal',
    change: 'a key lets everybody use it',
    mutate: allowAlso('Key', { Action: 'kms:Decrypt', Resource: '*', Principal: '*' }),
  },
  {
    rule: 'service-is-tied-to-account',
    change: 'any state machine of the world may take a role',
    mutate: trust({ Service: 'states.amazonaws.com' }),
  },
  {
    rule: 'service-is-tied-to-account',
    change: 'any rule of the world may send to a queue',
    mutate: statements('QueuePolicy::interview-uploads-policy', (before) =>
      before.map(({ Condition: condition, ...statement }) =>
        statement['Effect'] === 'Allow' ? statement : { ...statement, Condition: condition },
      ),
    ),
  },
  {
    rule: 'service-is-tied-to-account',
    change: 'a service is tied to whatever is not one account',
    mutate: trust(
      { Service: 'states.amazonaws.com' },
      { Condition: { StringNotEquals: { 'aws:SourceAccount': '123456789012' } } },
    ),
  },
  {
    rule: 'service-is-tied-to-account',
    change: 'another service than EventBridge may use the key for anybody',
    mutate: allowAlso('Key::foundation-key', {
      Action: 'kms:Decrypt',
      Resource: '*',
      Principal: { Service: 'sns.amazonaws.com' },
    }),
  },
  {
    rule: 'only-own-account',
    change: 'another account may read a bucket',
    mutate: allowAlso('BucketPolicy::interview-media-policy', {
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::b/*',
      Principal: { AWS: 'arn:aws:iam::210987654321:root' },
    }),
  },
  {
    rule: 'only-own-account',
    change: 'another account may take a role',
    mutate: trust({ AWS: 'arn:aws:iam::210987654321:root' }),
  },
  {
    rule: 'no-managed-policy',
    change: 'a role takes a policy of AWS',
    mutate: set('Role::interview-convert-video', {
      managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    }),
  },
  {
    rule: 'no-long-lived-credentials',
    change: 'the stack makes a user',
    mutate: beside('Role::interview-convert-video', 'aws:iam/user:User', {}),
    also: ['kind-is-known'],
  },
  {
    rule: 'function-callers-are-tied',
    change: 'everybody may call a function',
    mutate: set('Permission', { principal: '*' }),
  },
  {
    rule: 'function-callers-are-tied',
    change: 'every API may call a function',
    mutate: inputs('Permission', () => ({ sourceArn: undefined })),
  },
  {
    rule: 'function-callers-are-tied',
    change: 'a function has an address of its own',
    mutate: beside('Function', 'aws:lambda/functionUrl:FunctionUrl', { authorizationType: 'NONE' }),
    also: ['kind-is-known'],
  },
];
