// Which properties can AWS not change on a living resource?

/**
 * Properties whose change makes a new resource and deletes the old one, for the kinds that our components make.
 * Source: `ForceNew` in internal/service/** of hashicorp/terraform-provider-aws, which @pulumi/aws is built from. A
 * property that is missing here is shown as a change in place, so the table errs on the quiet side where it errs.
 */
const replacing: { readonly [type: string]: readonly string[] } = {
  'aws:apigateway/account:Account': [],
  'aws:apigateway/authorizer:Authorizer': ['restApi'],
  'aws:apigateway/deployment:Deployment': ['restApi', 'triggers'],
  'aws:apigateway/integration:Integration': [
    'httpMethod',
    'integrationHttpMethod',
    'resourceId',
    'restApi',
    'type',
  ],
  'aws:apigateway/method:Method': ['httpMethod', 'resourceId', 'restApi'],
  'aws:apigateway/methodSettings:MethodSettings': ['methodPath', 'restApi', 'stageName'],
  'aws:apigateway/model:Model': ['contentType', 'name', 'restApi'],
  'aws:apigateway/requestValidator:RequestValidator': ['restApi'],
  'aws:apigateway/resource:Resource': ['restApi'],
  'aws:apigateway/response:Response': ['responseType', 'restApi'],
  'aws:apigateway/restApi:RestApi': [],
  'aws:apigateway/stage:Stage': ['restApi', 'stageName'],
  'aws:apigatewayv2/api:Api': ['protocolType'],
  'aws:apigatewayv2/authorizer:Authorizer': ['apiId'],
  'aws:apigatewayv2/integration:Integration': [
    'apiId',
    'connectionType',
    'integrationSubtype',
    'integrationType',
  ],
  'aws:apigatewayv2/route:Route': ['apiId'],
  'aws:apigatewayv2/stage:Stage': ['apiId', 'name'],
  'aws:budgets/budget:Budget': ['accountId', 'name'],
  'aws:cloudfront/distribution:Distribution': [],
  'aws:cloudfront/function:Function': ['name'],
  'aws:cloudfront/originAccessControl:OriginAccessControl': [],
  'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy': [],
  'aws:cloudtrail/trail:Trail': ['name'],
  'aws:cloudwatch/dashboard:Dashboard': ['dashboardName'],
  'aws:cloudwatch/eventRule:EventRule': ['eventBusName', 'name', 'namePrefix'],
  'aws:cloudwatch/eventTarget:EventTarget': ['eventBusName', 'rule', 'targetId'],
  'aws:cloudwatch/logDelivery:LogDelivery': ['deliveryDestinationArn', 'deliverySourceName'],
  'aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination': ['name', 'outputFormat'],
  'aws:cloudwatch/logDeliverySource:LogDeliverySource': ['logType', 'name', 'resourceArn'],
  'aws:cloudwatch/logGroup:LogGroup': ['logGroupClass', 'name', 'namePrefix'],
  'aws:cloudwatch/logResourcePolicy:LogResourcePolicy': ['policyName', 'resourceArn'],
  'aws:cloudwatch/metricAlarm:MetricAlarm': ['name'],
  'aws:cognito/managedLoginBranding:ManagedLoginBranding': ['assets', 'clientId', 'userPoolId'],
  'aws:cognito/userPool:UserPool': ['aliasAttributes', 'name', 'usernameAttributes', 'usernameConfiguration'],
  'aws:cognito/userPoolClient:UserPoolClient': ['generateSecret', 'userPoolId'],
  'aws:cognito/userPoolDomain:UserPoolDomain': ['certificateArn', 'domain', 'userPoolId'],
  'aws:dynamodb/table:Table': [
    'hashKey',
    'importTable',
    'localSecondaryIndexes',
    'name',
    'rangeKey',
    'restoreDateTime',
    'restoreSourceName',
    'restoreSourceTableArn',
    'restoreToLatestTime',
  ],
  'aws:ecr/lifecyclePolicy:LifecyclePolicy': ['policy', 'repository'],
  'aws:ecr/repository:Repository': ['encryptionConfigurations', 'name'],
  'aws:ecr/repositoryPolicy:RepositoryPolicy': ['repository'],
  'aws:iam/policy:Policy': ['description', 'name', 'namePrefix', 'path'],
  'aws:iam/role:Role': ['name', 'namePrefix', 'path'],
  'aws:iam/rolePolicy:RolePolicy': ['name', 'namePrefix', 'role'],
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': ['policyArn', 'role'],
  'aws:kms/alias:Alias': ['name', 'namePrefix'],
  'aws:kms/key:Key': ['customKeyStoreId', 'customerMasterKeySpec', 'keyUsage', 'multiRegion', 'xksKeyId'],
  'aws:lambda/alias:Alias': ['functionName', 'name'],
  'aws:lambda/eventSourceMapping:EventSourceMapping': [
    'amazonManagedKafkaEventSourceConfig',
    'eventSourceArn',
    'queues',
    'selfManagedEventSource',
    'startingPosition',
    'startingPositionTimestamp',
  ],
  'aws:lambda/function:Function': ['name', 'packageType', 'tenancyConfig'],
  'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig': ['functionName', 'qualifier'],
  'aws:lambda/permission:Permission': [
    'action',
    'eventSourceToken',
    'function',
    'functionUrlAuthType',
    'principal',
    'principalOrgId',
    'qualifier',
    'sourceAccount',
    'sourceArn',
    'statementId',
    'statementIdPrefix',
  ],
  'aws:s3/bucket:Bucket': ['bucket', 'bucketNamespace', 'bucketPrefix', 'objectLockEnabled'],
  'aws:s3/bucketObjectv2:BucketObjectv2': ['bucket', 'key'],
  'aws:sfn/stateMachine:StateMachine': ['name', 'namePrefix', 'type'],
  'aws:sns/topic:Topic': ['fifoTopic', 'name', 'namePrefix'],
  'aws:sns/topicPolicy:TopicPolicy': ['arn'],
  'aws:sns/topicSubscription:TopicSubscription': ['endpoint', 'protocol', 'topic'],
  'aws:sqs/queue:Queue': ['fifoQueue', 'name', 'namePrefix'],
  'aws:sqs/queuePolicy:QueuePolicy': ['queueUrl'],
  'aws:sqs/redriveAllowPolicy:RedriveAllowPolicy': ['queueUrl'],
  'aws:sqs/redrivePolicy:RedrivePolicy': ['queueUrl'],
};

/** What is set on a bucket belongs to that bucket. */
const onBucket = ['bucket', 'expectedBucketOwner'];

const isGlobal = (type: string): boolean => /^aws:(?:iam|budgets|cloudfront)\//u.test(type);

/** Whether a change of this property makes a new resource. */
export function forcesReplacement(type: string, property: string): boolean {
  if (property === 'region') return type.startsWith('aws:') && !isGlobal(type);
  const listed = replacing[type] ?? (/^aws:s3\/bucket(?!Object)[A-Z]/u.test(type) ? onBucket : []);
  return listed.includes(property);
}

/** Kinds of which the table knows which properties matter. */
export const hasReplacementRules = (type: string): boolean =>
  type in replacing || /^aws:s3\/bucket(?!Object)[A-Z]/u.test(type);
