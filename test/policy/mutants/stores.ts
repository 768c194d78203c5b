// Which mistakes in buckets, tables, keys and repositories do the laws notice?
import { beside, drop, inputs, type Mutant, options, set, statements } from './mutant.ts';

const rules = (where: string, edit: (rule: Record<string, unknown>) => Record<string, unknown>) =>
  inputs(where, ({ rules: before }) => ({
    rules: (before as Record<string, unknown>[]).map((rule) => edit(rule)),
  }));

const bucketMutants: readonly Mutant[] = [
  {
    rule: 'bucket-blocks-public-access',
    change: 'public policies are let through',
    mutate: set('BucketPublicAccessBlock::interview-media-access', { restrictPublicBuckets: false }),
  },
  {
    rule: 'bucket-blocks-public-access',
    change: 'a bucket has no block',
    mutate: drop('BucketPublicAccessBlock::interview-media-access'),
  },
  {
    rule: 'bucket-has-no-acl',
    change: 'writers own their objects',
    mutate: set('BucketOwnershipControls::interview-media-ownership', {
      rule: { objectOwnership: 'ObjectWriter' },
    }),
  },
  {
    rule: 'bucket-encrypted',
    change: 'a bucket of recordings has the key of S3',
    mutate: set('BucketServerSideEncryptionConfiguration::interview-media-encryption', {
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    }),
  },
  {
    rule: 'bucket-tls-only',
    change: 'the statement about TLS is gone',
    mutate: statements('BucketPolicy::interview-media-policy', (before) =>
      before.filter(({ Sid: id }) => id !== 'OnlyTls'),
    ),
  },
  {
    rule: 'bucket-versioned',
    change: 'versions are suspended',
    mutate: set('BucketVersioning::interview-media-versioning', {
      versioningConfiguration: { status: 'Suspended' },
    }),
  },
  {
    rule: 'bucket-cleans-up',
    change: 'interrupted uploads stay',
    mutate: rules('BucketLifecycleConfiguration::interview-media-lifecycle', (rule) => ({
      ...rule,
      abortIncompleteMultipartUpload: undefined,
    })),
  },
  {
    rule: 'bucket-cleans-up',
    change: 'old versions stay',
    mutate: rules('BucketLifecycleConfiguration::interview-media-lifecycle', (rule) => ({
      ...rule,
      noncurrentVersionExpiration: undefined,
    })),
  },
  {
    rule: 'bucket-cleans-up',
    change: 'the cleaning is switched off',
    mutate: rules('BucketLifecycleConfiguration::interview-media-lifecycle', (rule) => ({
      ...rule,
      status: 'Disabled',
    })),
  },
  {
    rule: 'bucket-access-logged',
    change: 'a bucket logs into itself',
    mutate: inputs('BucketLogging', ({ bucket }) => ({ targetBucket: bucket })),
  },
  {
    rule: 'browsers-only-from-our-sites',
    change: 'every page may use the bucket',
    mutate: inputs('BucketCorsConfiguration', ({ corsRules }) => ({
      corsRules: [{ ...(corsRules as object[])[0], allowedOrigins: ['*'] }],
    })),
  },
  {
    rule: 'no-outdated-bucket',
    change: 'a bucket is made the old way',
    mutate: beside('Bucket::interview-media', 'aws:s3/bucketV2:BucketV2', {}),
    also: ['kind-is-known'],
  },
  {
    rule: 'objects-are-kept',
    change: 'destroying a bucket empties it',
    mutate: set('Bucket::interview-media', { forceDestroy: true }),
  },
  {
    rule: 'objects-are-kept',
    change: 'destroying the repository empties it',
    mutate: set('Repository', { forceDelete: true }),
  },
];

export const storeMutants: readonly Mutant[] = [
  ...bucketMutants,
  ...['Bucket::interview-media', 'Table', 'Key', 'Repository::foundation-images'].map((where) => ({
    rule: 'data-is-protected',
    change: `${where} is not protected`,
    mutate: options(where, { protect: false }),
  })),
  {
    rule: 'data-stays-behind',
    change: 'the table goes when it leaves the program',
    mutate: options('Table', { retainOnDelete: false }),
  },
  ...[
    'BucketVersioning::interview-media-versioning',
    'BucketServerSideEncryptionConfiguration::interview-media-encryption',
    'BucketPublicAccessBlock::interview-media-access',
    'BucketOwnershipControls::interview-media-ownership',
    'BucketLifecycleConfiguration::interview-media-lifecycle',
    'BucketPolicy::interview-media-policy',
    'BucketLogging',
    'BucketCorsConfiguration',
    'BucketNotification',
    'BucketAccelerateConfiguration',
    'RepositoryPolicy',
  ].map((where) => ({
    rule: 'data-stays-behind',
    change: `${where} is taken off a resource that stays`,
    mutate: options(where, { retainOnDelete: false }),
  })),
  {
    rule: 'table-recoverable',
    change: 'no point-in-time recovery',
    mutate: set('Table', { pointInTimeRecovery: { enabled: false } }),
  },
  {
    rule: 'table-on-demand',
    change: 'five reads a second',
    mutate: set('Table', { billingMode: 'PROVISIONED', readCapacity: 5, writeCapacity: 5 }),
  },
  {
    rule: 'table-undeletable',
    change: 'the table can be deleted',
    mutate: set('Table', { deletionProtectionEnabled: false }),
  },
  {
    rule: 'table-encrypted',
    change: 'the key of DynamoDB',
    mutate: set('Table', { serverSideEncryption: { enabled: true, kmsKeyArn: 'alias/aws/dynamodb' } }),
  },
  {
    rule: 'table-encrypted',
    change: 'encryption is off',
    mutate: inputs('Table', ({ serverSideEncryption }) => ({
      serverSideEncryption: { ...(serverSideEncryption as object), enabled: false },
    })),
  },
  {
    rule: 'table-forgets',
    change: 'rows stay for ever',
    mutate: set('Table::interview-records', { ttl: { attributeName: 'expiresAt', enabled: false } }),
  },
  { rule: 'key-rotates', change: 'no rotation', mutate: set('Key', { enableKeyRotation: false }) },
  {
    rule: 'key-deletion-waits',
    change: 'a key is gone after a week',
    mutate: set('Key', { deletionWindowInDays: 7 }),
  },
  {
    rule: 'images-scanned',
    change: 'no scan',
    mutate: set('repository:Repository', { imageScanningConfiguration: { scanOnPush: false } }),
  },
  {
    rule: 'images-unchangeable',
    change: 'tags move',
    mutate: set('repository:Repository', { imageTagMutability: 'MUTABLE' }),
  },
  {
    rule: 'images-expire-by-number',
    change: 'images go after 30 days',
    mutate: inputs('LifecyclePolicy', () => ({
      policy: JSON.stringify({
        rules: [
          { rulePriority: 1, selection: { countType: 'sinceImagePushed' }, action: { type: 'expire' } },
        ],
      }),
    })),
  },
  { rule: 'images-expire-by-number', change: 'images never go', mutate: drop('LifecyclePolicy') },
  {
    rule: 'images-encrypted',
    change: 'the key of ECR',
    mutate: set('repository:Repository', { encryptionConfigurations: [{ encryptionType: 'AES256' }] }),
  },
];
