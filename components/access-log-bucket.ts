// Where does S3 note who read and wrote what?
import type * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { Durability } from './durability.ts';
import { PrivateBucket } from './private-bucket.ts';

export interface AccessLogBucketArgs {
  readonly accountId: pulumi.Input<string>;
  readonly durability: Durability;
  /** Days that logs are kept. */
  readonly retentionDays: number;
}

/** Takes the access logs of the account's other buckets, and of its sites. S3 writes them only with its own key, not with a customer's. */
export class AccessLogBucket extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly policy: aws.s3.BucketPolicy;

  constructor(name: string, args: AccessLogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:AccessLogBucket', name, {}, opts);
    const bucket = new PrivateBucket(
      name,
      {
        keyArn: null,
        durability: args.durability,
        expiryDays: [{ prefix: '', days: args.retentionDays }],
        oldVersionDays: 1,
        statements: (arn) => [
          siteLogs(arn, args.accountId),
          {
            Sid: 'AccessLogs',
            Effect: 'Allow',
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: pulumi.interpolate`${arn}/*`,
            Condition: { StringEquals: { 'aws:SourceAccount': args.accountId } },
          },
        ],
      },
      { parent: this },
    );
    this.bucketName = bucket.bucketName;
    this.policy = bucket.policy;
    this.registerOutputs({ bucketName: this.bucketName });
  }
}

/** As AWS asks for it: CloudWatch Logs User Guide, "Logs sent to Amazon S3", "Amazon S3 bucket resource policy". */
const siteLogs = (bucketArn: pulumi.Output<string>, accountId: pulumi.Input<string>): object => ({
  Sid: 'SiteLogs',
  Effect: 'Allow',
  Principal: { Service: 'delivery.logs.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: pulumi.interpolate`${bucketArn}/AWSLogs/${accountId}/*`,
  Condition: {
    StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': accountId },
    ArnLike: { 'aws:SourceArn': pulumi.interpolate`arn:aws:logs:us-east-1:${accountId}:delivery-source:*` },
  },
});
