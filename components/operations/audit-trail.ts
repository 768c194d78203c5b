// Who did what to the data, and who changed the account? CloudTrail knows, in a bucket of its own.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { AccessLogBucket } from '../access-log-bucket.ts';
import { type Durability, staying } from '../durability.ts';
import { PrivateBucket } from '../private-bucket.ts';

/** A year, as audits usually ask; the first 90 days CloudTrail shows without a trail. */
const keptDays = 365;

export interface AuditTrailArgs {
  /** Physical name, unique in account and region: `greenroom-prod`. */
  readonly trailName: string;
  readonly accountId: pulumi.Input<string>;
  readonly region: string;
  /** ARN of a customer key whose policy lets `cloudtrail.amazonaws.com` of this account use it. */
  readonly keyArn: pulumi.Input<string>;
  /** Buckets whose every read and write is recorded too; 0.10 USD for 100,000 of them. */
  readonly bucketArns: readonly pulumi.Input<string>[];
  readonly durability: Durability;
  /** Where it is noted who reads the trail. */
  readonly accessLogs: AccessLogBucket;
}

/**
 * A trail of management calls in all regions and of object calls on the given buckets; encrypted, with digests that
 * show a changed or missing log file (A54, C77). Logs stay a year. It is off unless the stack asks for it: an
 * account needs one, and often has one.
 */
export class AuditTrail extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly bucketName: pulumi.Output<string>;

  constructor(name: string, args: AuditTrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:operations:AuditTrail', name, {}, opts);
    const bucket = new PrivateBucket(
      name,
      {
        keyArn: args.keyArn,
        durability: args.durability,
        expiryDays: [{ prefix: '', days: keptDays }],
        oldVersionDays: 30,
        statements: (arn) => trailStatements(args, arn),
      },
      { parent: this },
    );
    new aws.s3.BucketLogging(
      `${name}-access-log`,
      { bucket: bucket.bucketName, targetBucket: args.accessLogs.bucketName, targetPrefix: `${name}/` },
      { parent: this, ...staying(args.durability), dependsOn: [args.accessLogs.policy] },
    );
    const trail = new aws.cloudtrail.Trail(
      name,
      {
        name: args.trailName,
        s3BucketName: bucket.bucketName,
        kmsKeyId: args.keyArn,
        enableLogFileValidation: true,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        advancedEventSelectors: selectorsOf(args.bucketArns),
      },
      // CloudTrail tries to write when the trail is made.
      { parent: this, dependsOn: [bucket.policy] },
    );
    this.arn = trail.arn;
    this.bucketName = bucket.bucketName;
    this.registerOutputs({ arn: this.arn, bucketName: this.bucketName });
  }
}

const trailStatements = (
  { trailName, accountId, region }: AuditTrailArgs,
  bucketArn: pulumi.Output<string>,
): readonly object[] => {
  const cloudTrail = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  const sourceArn = pulumi.interpolate`arn:aws:cloudtrail:${region}:${accountId}:trail/${trailName}`;
  return [
    {
      Sid: 'TrailLooks',
      ...cloudTrail,
      Action: 's3:GetBucketAcl',
      Resource: bucketArn,
      Condition: { StringEquals: { 'aws:SourceArn': sourceArn } },
    },
    {
      Sid: 'TrailWrites',
      ...cloudTrail,
      Action: 's3:PutObject',
      Resource: pulumi.interpolate`${bucketArn}/AWSLogs/${accountId}/*`,
      Condition: {
        StringEquals: { 'aws:SourceArn': sourceArn, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    },
  ];
};

const selectorsOf = (bucketArns: readonly pulumi.Input<string>[]) => [
  { name: 'Management calls', fieldSelectors: [{ field: 'eventCategory', equals: ['Management'] }] },
  ...(bucketArns.length === 0
    ? []
    : [
        {
          name: 'Object calls',
          fieldSelectors: [
            { field: 'eventCategory', equals: ['Data'] },
            { field: 'resources.type', equals: ['AWS::S3::Object'] },
            {
              field: 'resources.ARN',
              startsWiths: bucketArns.map((arn) => pulumi.interpolate`${arn}/`),
            },
          ],
        },
      ]),
];
