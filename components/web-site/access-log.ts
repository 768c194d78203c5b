// Who asked for what on the site? One line of JSON a request, in the bucket of access logs.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { AccessLogBucket } from '../access-log-bucket.ts';

/** CloudFront hands its logs to CloudWatch in this region, wherever the stack is. */
const logRegion = 'us-east-1';

/** No query, cookie or referrer: after signing in the query holds an authorization code. */
const fields = [
  'date',
  'time',
  'x-edge-location',
  'x-edge-request-id',
  'x-host-header',
  'c-ip',
  'cs-method',
  'cs-uri-stem',
  'cs-protocol',
  'cs-protocol-version',
  'ssl-protocol',
  'sc-status',
  'sc-bytes',
  'time-taken',
  'x-edge-result-type',
  'x-edge-detailed-result-type',
];

/**
 * Standard logging, version 2. The older one writes with ACLs, which our buckets have switched off, and cannot leave
 * fields out.
 */
export function siteAccessLog(
  name: string,
  {
    distribution,
    accessLogs,
  }: {
    readonly distribution: aws.cloudfront.Distribution;
    readonly accessLogs: AccessLogBucket;
  },
  opts: pulumi.CustomResourceOptions,
): void {
  const region = logRegion;
  const source = new aws.cloudwatch.LogDeliverySource(
    `${name}-requests`,
    { region, logType: 'ACCESS_LOGS', resourceArn: distribution.arn },
    opts,
  );
  const destination = new aws.cloudwatch.LogDeliveryDestination(
    `${name}-requests`,
    {
      region,
      outputFormat: 'json',
      deliveryDestinationConfiguration: {
        destinationResourceArn: pulumi.interpolate`arn:aws:s3:::${accessLogs.bucketName}`,
      },
    },
    opts,
  );
  new aws.cloudwatch.LogDelivery(
    `${name}-requests`,
    {
      region,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: fields,
    },
    { ...opts, dependsOn: [accessLogs.policy] },
  );
}
