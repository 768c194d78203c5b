// How do buckets, tables, keys, images and roles look in CloudFormation?
import { at, isProperties, listOf, type Properties } from '../../../policy/read.ts';
import { json, type MappedKind, pascal, renamed } from './shape.ts';

const bucketSetting = (name: string): string => {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  return `aws:s3/${name}:${type}`;
};
const table = (value: unknown): Properties => (isProperties(value) ? value : {});

/** A property for a setting that is there. */
const part = (name: string, value: unknown): Properties => (value === undefined ? {} : { [name]: value });

const wrap = (name: string, inner: string, value: unknown): Properties =>
  value === undefined ? {} : { [name]: { [inner]: value } };

const lifecycleRule = (rule: unknown): Properties => ({
  Id: at(rule, 'id'),
  Status: at(rule, 'status'),
  Prefix: at(rule, 'filter.prefix'),
  ...part('AbortIncompleteMultipartUpload', pascal(at(rule, 'abortIncompleteMultipartUpload'))),
  ...part('NoncurrentVersionExpiration', pascal(at(rule, 'noncurrentVersionExpiration'))),
  ...part('ExpirationInDays', at(rule, 'expiration.days')),
  ...part('ExpiredObjectDeleteMarker', at(rule, 'expiration.expiredObjectDeleteMarker')),
});

const encryptionRule = (rule: unknown): Properties => ({
  ServerSideEncryptionByDefault: {
    SSEAlgorithm: at(rule, 'applyServerSideEncryptionByDefault.sseAlgorithm'),
    ...part('KMSMasterKeyID', at(rule, 'applyServerSideEncryptionByDefault.kmsMasterKeyId')),
  },
  ...part('BucketKeyEnabled', at(rule, 'bucketKeyEnabled')),
});

const corsRule = (rule: unknown): unknown => {
  const { exposeHeaders, maxAgeSeconds, ...others } = table(rule);
  return {
    ...table(pascal(others)),
    ...part('ExposedHeaders', exposeHeaders),
    ...part('MaxAge', maxAgeSeconds),
  };
};

const bucketSettings = {
  access: bucketSetting('bucketPublicAccessBlock'),
  ownership: bucketSetting('bucketOwnershipControls'),
  encryption: bucketSetting('bucketServerSideEncryptionConfiguration'),
  versioning: bucketSetting('bucketVersioning'),
  lifecycle: bucketSetting('bucketLifecycleConfiguration'),
  cors: bucketSetting('bucketCorsConfiguration'),
  logging: bucketSetting('bucketLogging'),
  events: bucketSetting('bucketNotification'),
  acceleration: bucketSetting('bucketAccelerateConfiguration'),
};

const bucket: MappedKind = {
  type: 'AWS::S3::Bucket',
  settings: Object.values(bucketSettings),
  properties: (_bucket, settingsOf) => {
    const setting = (type: string): Properties | undefined => settingsOf(type)[0]?.inputs;
    const rulesOf = (type: string, property: string, map: (rule: unknown) => unknown): unknown => {
      const found = setting(type);
      return found && listOf(found[property]).map(map);
    };
    const { bucket: _owner, ...access } = setting(bucketSettings.access) ?? {};
    const logging = setting(bucketSettings.logging);
    const events = setting(bucketSettings.events);
    return {
      PublicAccessBlockConfiguration: pascal(access),
      ...wrap('OwnershipControls', 'Rules', rulesOf(bucketSettings.ownership, 'rule', pascal)),
      ...wrap(
        'BucketEncryption',
        'ServerSideEncryptionConfiguration',
        rulesOf(bucketSettings.encryption, 'rules', encryptionRule),
      ),
      ...part(
        'VersioningConfiguration',
        pascal(setting(bucketSettings.versioning)?.['versioningConfiguration']),
      ),
      ...wrap('LifecycleConfiguration', 'Rules', rulesOf(bucketSettings.lifecycle, 'rules', lifecycleRule)),
      ...wrap('CorsConfiguration', 'CorsRules', rulesOf(bucketSettings.cors, 'corsRules', corsRule)),
      ...part(
        'LoggingConfiguration',
        logging && { DestinationBucketName: logging['targetBucket'], LogFilePrefix: logging['targetPrefix'] },
      ),
      ...part(
        'NotificationConfiguration',
        events && { EventBridgeConfiguration: { EventBridgeEnabled: events['eventbridge'] } },
      ),
      ...wrap(
        'AccelerateConfiguration',
        'AccelerationStatus',
        setting(bucketSettings.acceleration)?.['status'],
      ),
    };
  },
};

const keySchema = (hash: unknown, range: unknown): unknown[] => [
  { AttributeName: hash, KeyType: 'HASH' },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' }]),
];

const dynamoTable: MappedKind = {
  type: 'AWS::DynamoDB::Table',
  properties: ({ inputs }) => ({
    BillingMode: inputs['billingMode'],
    AttributeDefinitions: listOf(inputs['attributes']).map((one) => ({
      AttributeName: at(one, 'name'),
      AttributeType: at(one, 'type'),
    })),
    KeySchema: keySchema(inputs['hashKey'], inputs['rangeKey']),
    GlobalSecondaryIndexes: listOf(inputs['globalSecondaryIndexes']).map((index) => ({
      IndexName: at(index, 'name'),
      KeySchema: keySchema(at(index, 'hashKey'), at(index, 'rangeKey')),
      Projection: { ProjectionType: at(index, 'projectionType') },
    })),
    TimeToLiveSpecification: pascal(inputs['ttl']),
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled: at(inputs, 'pointInTimeRecovery.enabled'),
    },
    SSESpecification: {
      SSEEnabled: at(inputs, 'serverSideEncryption.enabled'),
      SSEType: 'KMS',
      KMSMasterKeyId: at(inputs, 'serverSideEncryption.kmsKeyArn'),
    },
    DeletionProtectionEnabled: inputs['deletionProtectionEnabled'],
  }),
};

const attachment = 'aws:iam/rolePolicyAttachment:RolePolicyAttachment';
const lifecycle = 'aws:ecr/lifecyclePolicy:LifecyclePolicy';
const repositoryPolicy = 'aws:ecr/repositoryPolicy:RepositoryPolicy';

export const dataKinds: Readonly<Record<string, MappedKind>> = {
  'aws:s3/bucket:Bucket': bucket,
  'aws:s3/bucketPolicy:BucketPolicy': {
    type: 'AWS::S3::BucketPolicy',
    properties: (policy) =>
      renamed(policy, { policy: null }, { PolicyDocument: json(policy.inputs['policy']) }),
  },
  'aws:dynamodb/table:Table': dynamoTable,
  'aws:kms/key:Key': {
    type: 'AWS::KMS::Key',
    properties: (key) =>
      renamed(
        key,
        { policy: null, deletionWindowInDays: 'PendingWindowInDays' },
        { KeyPolicy: json(key.inputs['policy']) },
      ),
  },
  'aws:kms/alias:Alias': {
    type: 'AWS::KMS::Alias',
    properties: (alias) => renamed(alias, { name: 'AliasName' }),
  },
  'aws:iam/role:Role': {
    type: 'AWS::IAM::Role',
    settings: [attachment],
    properties: (role, settingsOf) =>
      renamed(
        role,
        { assumeRolePolicy: null },
        {
          AssumeRolePolicyDocument: json(role.inputs['assumeRolePolicy']),
          ManagedPolicyArns: settingsOf(attachment).map(({ inputs }) => inputs['policyArn']),
        },
      ),
  },
  'aws:iam/rolePolicy:RolePolicy': {
    type: 'AWS::IAM::RolePolicy',
    properties: ({ name, inputs }) => ({
      PolicyName: name,
      RoleName: inputs['role'],
      PolicyDocument: json(inputs['policy']),
    }),
  },
  'aws:ecr/repository:Repository': {
    type: 'AWS::ECR::Repository',
    settings: [lifecycle, repositoryPolicy],
    properties: (repository, settingsOf) =>
      renamed(
        repository,
        { encryptionConfigurations: null, forceDelete: 'EmptyOnDelete', name: 'RepositoryName' },
        {
          EncryptionConfiguration: pascal(listOf(repository.inputs['encryptionConfigurations'])[0]),
          LifecyclePolicy: { LifecyclePolicyText: settingsOf(lifecycle)[0]?.inputs['policy'] },
          ...part('RepositoryPolicyText', json(settingsOf(repositoryPolicy)[0]?.inputs['policy'])),
        },
      ),
  },
};
