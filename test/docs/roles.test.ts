// Are the roles for CI in docs/operate.md narrow, and enough for what the program makes?
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { planStack } from '../../plan/plan-stack.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'operate.md'), 'utf8');

const policySchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z
    .array(
      z.strictObject({
        Sid: z
          .string()
          .regex(/^[A-Za-z0-9]+$/v)
          .optional(),
        Effect: z.literal('Allow'),
        Principal: z.strictObject({ Federated: z.string() }).optional(),
        Action: z.union([z.string(), z.array(z.string())]),
        Resource: z.union([z.string(), z.array(z.string())]).optional(),
        Condition: z
          .record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())])))
          .optional(),
      }),
    )
    .min(1),
});
const policies = [...page.matchAll(/```json\n(?<json>.+?)```/gsv)].map((match) =>
  policySchema.parse(JSON.parse(match.groups?.['json'] ?? '')),
);
const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;
const statements = policies.flatMap(({ Statement }) => Statement);

/** What makes each type of resource of the program. */
const makers: Readonly<Record<string, string>> = {
  'aws:apigateway/account:Account': 'apigateway:PATCH',
  'aws:apigateway/authorizer:Authorizer': 'apigateway:POST',
  'aws:apigateway/deployment:Deployment': 'apigateway:POST',
  'aws:apigateway/integration:Integration': 'apigateway:PUT',
  'aws:apigateway/method:Method': 'apigateway:PUT',
  'aws:apigateway/methodSettings:MethodSettings': 'apigateway:PATCH',
  'aws:apigateway/model:Model': 'apigateway:POST',
  'aws:apigateway/requestValidator:RequestValidator': 'apigateway:POST',
  'aws:apigateway/resource:Resource': 'apigateway:POST',
  'aws:apigateway/response:Response': 'apigateway:PUT',
  'aws:apigateway/restApi:RestApi': 'apigateway:POST',
  'aws:apigateway/stage:Stage': 'apigateway:POST',
  'aws:budgets/budget:Budget': 'budgets:ModifyBudget',
  'aws:cloudfront/distribution:Distribution': 'cloudfront:CreateDistribution',
  'aws:cloudfront/function:Function': 'cloudfront:PublishFunction',
  'aws:cloudfront/originAccessControl:OriginAccessControl': 'cloudfront:CreateOriginAccessControl',
  'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy': 'cloudfront:CreateResponseHeadersPolicy',
  'aws:cloudtrail/trail:Trail': 'cloudtrail:CreateTrail',
  'aws:cloudwatch/dashboard:Dashboard': 'cloudwatch:PutDashboard',
  'aws:cloudwatch/eventRule:EventRule': 'events:PutRule',
  'aws:cloudwatch/eventTarget:EventTarget': 'events:PutTargets',
  'aws:cloudwatch/logDelivery:LogDelivery': 'logs:CreateDelivery',
  'aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination': 'logs:PutDeliveryDestination',
  'aws:cloudwatch/logDeliverySource:LogDeliverySource': 'logs:PutDeliverySource',
  'aws:cloudwatch/logGroup:LogGroup': 'logs:CreateLogGroup',
  'aws:cloudwatch/metricAlarm:MetricAlarm': 'cloudwatch:PutMetricAlarm',
  'aws:cognito/managedLoginBranding:ManagedLoginBranding': 'cognito-idp:CreateManagedLoginBranding',
  'aws:cognito/userPool:UserPool': 'cognito-idp:CreateUserPool',
  'aws:cognito/userPoolClient:UserPoolClient': 'cognito-idp:CreateUserPoolClient',
  'aws:cognito/userPoolDomain:UserPoolDomain': 'cognito-idp:CreateUserPoolDomain',
  'aws:dynamodb/table:Table': 'dynamodb:CreateTable',
  'aws:ecr/lifecyclePolicy:LifecyclePolicy': 'ecr:PutLifecyclePolicy',
  'aws:ecr/repository:Repository': 'ecr:CreateRepository',
  'aws:ecr/repositoryPolicy:RepositoryPolicy': 'ecr:SetRepositoryPolicy',
  'aws:iam/role:Role': 'iam:CreateRole',
  'aws:iam/rolePolicy:RolePolicy': 'iam:PutRolePolicy',
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': 'iam:AttachRolePolicy',
  'aws:kms/alias:Alias': 'kms:CreateAlias',
  'aws:kms/key:Key': 'kms:CreateKey',
  'aws:lambda/eventSourceMapping:EventSourceMapping': 'lambda:CreateEventSourceMapping',
  'aws:lambda/function:Function': 'lambda:CreateFunction',
  'aws:lambda/permission:Permission': 'lambda:AddPermission',
  'aws:s3/bucket:Bucket': 's3:CreateBucket',
  'aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration': 's3:PutAccelerateConfiguration',
  'aws:s3/bucketCorsConfiguration:BucketCorsConfiguration': 's3:PutBucketCORS',
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': 's3:PutLifecycleConfiguration',
  'aws:s3/bucketLogging:BucketLogging': 's3:PutBucketLogging',
  'aws:s3/bucketNotification:BucketNotification': 's3:PutBucketNotification',
  'aws:s3/bucketObjectv2:BucketObjectv2': 's3:PutObject',
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls': 's3:PutBucketOwnershipControls',
  'aws:s3/bucketPolicy:BucketPolicy': 's3:PutBucketPolicy',
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration':
    's3:PutEncryptionConfiguration',
  'aws:s3/bucketVersioning:BucketVersioning': 's3:PutBucketVersioning',
  'aws:sfn/stateMachine:StateMachine': 'states:CreateStateMachine',
  'aws:sns/topic:Topic': 'sns:CreateTopic',
  'aws:sns/topicPolicy:TopicPolicy': 'sns:SetTopicAttributes',
  'aws:sns/topicSubscription:TopicSubscription': 'sns:Subscribe',
  'aws:sqs/queue:Queue': 'sqs:CreateQueue',
  'aws:sqs/queuePolicy:QueuePolicy': 'sqs:SetQueueAttributes',
  'aws:sqs/redriveAllowPolicy:RedriveAllowPolicy': 'sqs:SetQueueAttributes',
};

const here = 'us-east-1:123456789012';
/** What tags each kind of resource, of which one stands as an example. */
const taggings = [
  ['lambda:TagResource', `arn:aws:lambda:${here}:function:greenroom-prod-interview-read-health-1234567`],
  ['lambda:TagResource', `arn:aws:lambda:${here}:event-source-mapping:0f1e2d3c-0000-4000-8000-000000000000`],
  ['states:TagResource', `arn:aws:states:${here}:stateMachine:greenroom-prod-interview-analyse-1234567`],
  ['sqs:TagQueue', `arn:aws:sqs:${here}:greenroom-prod-interview-uploads-1234567`],
  ['sns:TagResource', `arn:aws:sns:${here}:greenroom-prod-foundation-alarms-1234567`],
  ['events:TagResource', `arn:aws:events:${here}:rule/greenroom-prod-interview-uploads-1234567`],
  ['logs:TagResource', `arn:aws:logs:${here}:log-group:/aws/lambda/greenroom-prod-interview-read-health`],
  ['ecr:TagResource', `arn:aws:ecr:${here}:repository/greenroom-prod-foundation-images-1234567`],
  ['cloudwatch:TagResource', `arn:aws:cloudwatch:${here}:alarm:greenroom-prod-interview-uploads-age-1234567`],
  ['dynamodb:TagResource', `arn:aws:dynamodb:${here}:table/greenroom-prod-interview-records-1234567`],
  ['iam:TagRole', 'arn:aws:iam::123456789012:role/greenroom-prod-interview-read-health-1234567'],
  ['s3:PutBucketTagging', 'arn:aws:s3:::greenroom-prod-interview-media-1234567'],
  ['s3:PutObjectTagging', 'arn:aws:s3:::greenroom-prod-interview-site-1234567/index.html'],
  ['cloudfront:TagResource', 'arn:aws:cloudfront::123456789012:distribution/E1234567890ABC'],
  ['cognito-idp:TagResource', `arn:aws:cognito-idp:${here}:userpool/us-east-1_abc123456`],
  ['logs:TagResource', `arn:aws:logs:${here}:delivery-source:greenroom-prod-interview-site-1234567`],
  ['logs:TagResource', `arn:aws:logs:${here}:delivery:a1b2c3d4e5f6a7b8`],
  ['cloudtrail:AddTags', `arn:aws:cloudtrail:${here}:trail/greenroom-prod`],
] as const;

/** Whether an action of a policy, with its stars, means this one. */
const means = (pattern: string, action: string): boolean =>
  new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'v').test(action);

/** Whether some statement of the deploying role allows the action on the resource. */
const mayDeploy = (action: string, resource: string): boolean =>
  (policies[1]?.Statement ?? []).some(
    ({ Action, Resource }) =>
      listOf(Action).some((pattern) => means(pattern, action)) &&
      listOf(Resource).some((pattern) => means(pattern, resource)),
  );

describe('the roles for CI in docs/operate.md (A52)', () => {
  it('are a trust policy, what a deployment may do, and what a preview may do', () => {
    expect(policies).to.have.length(3);
  });

  it('are lent to one repository and one environment, and to nobody else', () => {
    const [trust] = policies[0]?.Statement ?? [];
    expect(trust?.Action).to.equal('sts:AssumeRoleWithWebIdentity');
    expect(trust?.Condition).to.deep.equal({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:OWNER/REPOSITORY:environment:prod',
      },
    });
  });

  it('never allow a whole service, and all resources only where the statement says why', () => {
    for (const { Sid, Action, Resource, Condition } of statements) {
      expect(
        listOf(Action).filter((action) => /:\*$|^\*/v.test(action)),
        Sid,
      ).to.deep.equal([]);
      const isEverything = listOf(Resource).includes('*');
      if (isEverything) expect(Sid === 'KnowNoResources' || Condition !== undefined, Sid).to.equal(true);
    }
  });

  it('touch no recording and hand roles to three services only', () => {
    const buckets = statements.find(({ Sid }) => Sid === 'Buckets');
    expect(
      listOf(buckets?.Action).filter((action) => /:(?:Get|Put|Delete)Object/v.test(action)),
    ).to.deep.equal([]);
    const passing = statements.filter(({ Action }) => listOf(Action).includes('iam:PassRole'));
    expect(passing).to.have.length(1);
    expect(passing[0]?.Condition?.['StringEquals']).to.have.property('iam:PassedToService').with.length(3);
  });

  it('put files into the site’s bucket and no other', () => {
    const putting = statements.filter(({ Action }) =>
      listOf(Action).some((action) => means(action, 's3:PutObject')),
    );
    expect(putting.map(({ Sid }) => Sid)).to.deep.equal(['State', 'FilesOfTheSite']);
  });

  it('take away every version of a file that the site has no more, which means to list them', () => {
    const bucket = 'arn:aws:s3:::greenroom-prod-interview-site-1234567';
    expect(mayDeploy('s3:ListBucketVersions', bucket)).to.equal(true);
    expect(mayDeploy('s3:DeleteObjectVersion', `${bucket}/icon.svg`)).to.equal(true);
    expect(
      mayDeploy('s3:DeleteObjectVersion', 'arn:aws:s3:::greenroom-prod-interview-media-1234567/a'),
    ).to.equal(false);
  });

  it('can neither read nor make users', () => {
    const onUsers = [
      'AdminCreateUser',
      'AdminGetUser',
      'AdminSetUserPassword',
      'AdminDeleteUser',
      'ListUsers',
      'CreateGroup',
    ];
    const actions = statements.flatMap(({ Action }) => listOf(Action));
    for (const action of onUsers)
      expect(
        actions.filter((pattern) => means(pattern, `cognito-idp:${action}`)),
        action,
      ).to.deep.equal([]);
  });

  it('let a preview read and change nothing', () => {
    const actions = (policies[2]?.Statement ?? []).flatMap(({ Action }) => listOf(Action));
    expect(actions).to.have.members(['s3:ListBucket', 's3:GetObject', 'kms:Decrypt']);
  });

  it('let a deployment make every type of resource that there is in prod', async () => {
    const { resources } = await planStack({ stack: 'prod', overrides: { 'greenroom:auditTrail': 'true' } });
    const types = new Set(resources.map(({ type }) => type).filter((type) => type.startsWith('aws:')));
    const allowed = (policies[1]?.Statement ?? []).flatMap(({ Action }) => listOf(Action));
    const unable = [...types].filter(
      (type) => !allowed.some((pattern) => means(pattern, makers[type] ?? '?')),
    );
    expect(types.size).to.be.greaterThan(30);
    expect(unable).to.deep.equal([]);
  }).timeout(120_000);

  it('name resources as the program names them', async () => {
    const { outputs } = await planStack({ stack: 'prod', overrides: { 'greenroom:auditTrail': 'true' } });
    const resources = (policies[1]?.Statement ?? []).flatMap(({ Resource }) => listOf(Resource));
    for (const output of ['StateMachineArn', 'AlarmTopicArn', 'EncryptionKeyArn'])
      expect(
        resources.some((pattern) => means(pattern, String(outputs[output]))),
        output,
      ).to.equal(true);
  }).timeout(120_000);

  for (const [action, resource] of taggings)
    it(`let a deployment tag what it makes: ${resource}`, () => {
      const able = (policies[1]?.Statement ?? []).filter(
        ({ Action, Resource }) =>
          listOf(Action).some((pattern) => means(pattern, action)) &&
          listOf(Resource).some((pattern) => pattern !== '*' && means(pattern, resource)),
      );
      expect(able).to.have.length(1);
    });

  it('reach the group that API Gateway writes its own errors to', () => {
    const group = policies[1]?.Statement.find(({ Resource }) =>
      listOf(Resource).some((pattern) =>
        means(
          pattern,
          'arn:aws:logs:us-east-1:123456789012:log-group:API-Gateway-Execution-Logs_a1b2c3/Prod',
        ),
      ),
    );
    expect(listOf(group?.Action)).to.include.members(['logs:CreateLogGroup', 'logs:PutRetentionPolicy']);
  });

  it('warn of stacks whose names begin with another’s', () => {
    expect(page).to.match(/`greenroom-prod-\*` also means everything of a stack `prod-eu`/v);
  });

  it('fit into a role', () => {
    for (const policy of policies) expect(JSON.stringify(policy).length).to.be.at.most(10_240);
  });
});
