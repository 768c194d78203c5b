// How does a bucket of the specification exist in AWS?
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { BucketSpecification, RetentionClass } from '../systems/system.ts';
import type { AccessLogBucket } from './access-log-bucket.ts';
import { type Durability, staying } from './durability.ts';
import { PrivateBucket } from './private-bucket.ts';

export interface ObjectStoreArgs {
  readonly bucket: BucketSpecification;
  readonly keyArn: pulumi.Input<string>;
  readonly durability: Durability;
  /** Days until the objects of each class expire. */
  readonly retentionDays: Readonly<Record<RetentionClass, number>>;
  readonly oldVersionDays: number;
  readonly accessLogs: AccessLogBucket;
  /** Sites whose pages may use the bucket's browser methods; none closes it to browsers. */
  readonly siteOrigins: readonly pulumi.Input<string>[];
  /** Whether uploads may enter at the nearest edge. */
  readonly transferAcceleration: boolean;
}

/**
 * A private bucket with the customer key, expiry per prefix, an access log, and events to EventBridge where the
 * specification wants them.
 */
export class ObjectStore extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** Where browsers find the bucket, as signed forms and addresses name it: `https://name.s3.us-east-1.amazonaws.com`. */
  readonly origin: pulumi.Output<string>;

  constructor(name: string, args: ObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:ObjectStore', name, {}, opts);
    const { bucket: specification, retentionDays } = args;
    const setting = { parent: this, ...staying(args.durability) };
    const bucket = new PrivateBucket(
      name,
      {
        keyArn: args.keyArn,
        durability: args.durability,
        oldVersionDays: args.oldVersionDays,
        expiryDays: specification.expiry.map(({ prefix, retention }) => ({
          prefix,
          days: retentionDays[retention],
        })),
        statements: (arn) => onlyOurKey(arn, args.keyArn),
      },
      { parent: this },
    );
    new aws.s3.BucketLogging(
      `${name}-access-log`,
      {
        bucket: bucket.bucketName,
        targetBucket: args.accessLogs.bucketName,
        targetPrefix: `${name}/`,
      },
      { ...setting, dependsOn: [args.accessLogs.policy] },
    );
    if (specification.browserMethods.length > 0 && args.siteOrigins.length > 0) {
      new aws.s3.BucketCorsConfiguration(
        `${name}-cors`,
        { bucket: bucket.bucketName, corsRules: [corsRule(specification, args.siteOrigins)] },
        setting,
      );
    }
    if (specification.sendsEvents) {
      new aws.s3.BucketNotification(
        `${name}-events`,
        { bucket: bucket.bucketName, eventbridge: true },
        setting,
      );
    }
    if (args.transferAcceleration) {
      new aws.s3.BucketAccelerateConfiguration(
        `${name}-acceleration`,
        { bucket: bucket.bucketName, status: 'Enabled' },
        setting,
      );
    }
    this.bucketName = bucket.bucketName;
    this.arn = bucket.arn;
    this.origin = pulumi.interpolate`https://${bucket.domainName}`;
    this.registerOutputs({ bucketName: this.bucketName, arn: this.arn });
  }
}

/**
 * Whoever names a key must name ours. Unencrypted objects do not exist in S3: a writer who names nothing gets the
 * bucket's default, which is our key too.
 */
const onlyOurKey = (arn: pulumi.Output<string>, keyArn: pulumi.Input<string>): readonly object[] => {
  const writing = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: pulumi.interpolate`${arn}/*`,
  };
  return [
    {
      Sid: 'NoForeignKmsKey',
      ...writing,
      // A negated operator holds for a header that is not there, so that its presence has to be asked for.
      Condition: {
        Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
        StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
      },
    },
    {
      Sid: 'NoKeyOfTheCaller',
      ...writing,
      Condition: { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } },
    },
  ];
};

/** What the recorder and the player of the web page send and read; browsers ask again after an hour. */
export const corsRule = <Origin>(
  { browserMethods }: BucketSpecification,
  siteOrigins: readonly Origin[],
) => ({
  allowedMethods: [...browserMethods],
  allowedOrigins: [...siteOrigins],
  allowedHeaders: ['content-type', 'range'],
  exposeHeaders: ['ETag', 'Content-Length', 'Content-Range', 'Accept-Ranges'],
  maxAgeSeconds: 3600,
});
