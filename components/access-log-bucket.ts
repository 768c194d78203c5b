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

/** Takes the access logs of the account's other buckets. S3 writes them only with its own key, not with a customer's. */
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
