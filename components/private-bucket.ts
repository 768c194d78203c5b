// What does every bucket of ours have in common? It is private, encrypted, versioned and reached over TLS only.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { type Durability, durable, staying } from './durability.ts';

type LifecycleRule = aws.types.input.s3.BucketLifecycleConfigurationRule;

export interface PrivateBucketArgs {
  /** Customer key of its objects; `null` is the key of S3 itself: for access logs, which S3 writes with no other, and for what is public anyway. */
  readonly keyArn: pulumi.Input<string> | null;
  readonly durability: Durability;
  /** Days until an object expires, by prefix; what is not listed stays. */
  readonly expiryDays: readonly { readonly prefix: string; readonly days: number }[];
  /** Days until an overwritten or deleted object is gone for good. */
  readonly oldVersionDays: number;
  /** Statements of the bucket's policy beside those that every bucket has. */
  readonly statements?: (bucketArn: pulumi.Output<string>) => readonly object[];
}

/** A bucket in which nothing is ever public; wait for `policy` before letting anyone write. If it stays, so do its settings. */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** Where CloudFront finds it: `name.s3.us-east-1.amazonaws.com`. */
  readonly domainName: pulumi.Output<string>;
  readonly policy: aws.s3.BucketPolicy;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:PrivateBucket', name, {}, opts);
    const setting = { parent: this, ...staying(args.durability) };
    const bucket = new aws.s3.Bucket(
      name,
      { forceDestroy: args.durability === 'disposable' },
      { parent: this, ...durable(args.durability) },
    );
    const access = new aws.s3.BucketPublicAccessBlock(
      `${name}-access`,
      {
        bucket: bucket.bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      setting,
    );
    new aws.s3.BucketOwnershipControls(
      `${name}-ownership`,
      { bucket: bucket.bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } },
      setting,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      { bucket: bucket.bucket, rules: [encryption(args.keyArn)] },
      setting,
    );
    const versioning = new aws.s3.BucketVersioning(
      `${name}-versioning`,
      { bucket: bucket.bucket, versioningConfiguration: { status: 'Enabled' } },
      setting,
    );
    new aws.s3.BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      { bucket: bucket.bucket, rules: lifecycle(args) },
      // Rules on old versions need versions.
      { ...setting, dependsOn: [versioning] },
    );
    this.policy = new aws.s3.BucketPolicy(
      `${name}-policy`,
      {
        bucket: bucket.bucket,
        policy: pulumi.jsonStringify({
          Version: '2012-10-17',
          Statement: [...tlsOnly(bucket.arn), ...(args.statements?.(bucket.arn) ?? [])],
        }),
      },
      // S3 refuses two changes of a bucket's access at once.
      { ...setting, dependsOn: [access] },
    );
    this.bucketName = bucket.bucket;
    this.arn = bucket.arn;
    this.domainName = bucket.bucketRegionalDomainName;
    this.registerOutputs({ bucketName: this.bucketName, arn: this.arn });
  }
}

/** A bucket key asks KMS once for many objects, which makes it cheap. */
const encryption = (
  keyArn: PrivateBucketArgs['keyArn'],
): aws.types.input.s3.BucketServerSideEncryptionConfigurationRule =>
  keyArn === null
    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
    : {
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
        bucketKeyEnabled: true,
      };

const tlsOnly = (arn: pulumi.Output<string>): readonly object[] => {
  const everything = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, pulumi.interpolate`${arn}/*`],
  };
  return [
    { Sid: 'OnlyTls', ...everything, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'OnlyTls12', ...everything, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
  ];
};

/** Old versions and abandoned uploads go everywhere; objects go where the specification says so. */
const lifecycle = ({ expiryDays, oldVersionDays }: PrivateBucketArgs): LifecycleRule[] => [
  {
    id: 'clean',
    status: 'Enabled',
    filter: { prefix: '' },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
    noncurrentVersionExpiration: { noncurrentDays: oldVersionDays },
    expiration: { expiredObjectDeleteMarker: true },
  },
  ...expiryDays.map(({ prefix, days }) => ({
    id: `expire-${prefix.replaceAll('/', '') || 'all'}`,
    status: 'Enabled',
    filter: { prefix },
    expiration: { days },
  })),
];
