// Where do people find the app? On a site of CloudFront, with its files in a private bucket and the API below /api.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { SiteConfig } from '../domain/api/site-config.ts';
import { isAlarmedIn } from '../systems/alarms.ts';
import type { AccessLogBucket } from './access-log-bucket.ts';
import { type Durability, staying } from './durability.ts';
import type { Monitoring } from './operations/monitoring.ts';
import { ResourceAlarms } from './operations/resource-alarms.ts';
import { PrivateBucket } from './private-bucket.ts';
import type { SiteFile } from './site-files.ts';
import { siteAccessLog } from './web-site/access-log.ts';
import { type PriceClass, siteDistribution, type SiteDistributionArgs } from './web-site/distribution.ts';
import { siteObjects } from './web-site/site-objects.ts';

export interface WebSiteArgs extends Pick<
  SiteDistributionArgs,
  'connectSources' | 'mediaSources' | 'domain'
> {
  /** The built app; `index.html` is among them. */
  readonly files: readonly SiteFile[];
  /** What the app reads as `/config.json`. */
  readonly config: pulumi.Input<SiteConfig>;
  readonly api: {
    /** Address of the API with its stage. */
    readonly endpoint: pulumi.Input<string>;
  };
  /** Region of the stack; alarms exist in us-east-1 only, where CloudFront reports. */
  readonly region: string;
  readonly accessLogs: AccessLogBucket;
  readonly durability: Durability;
  readonly monitoring: Monitoring;
  /** Default: PriceClass_100, edges in North America and Europe. */
  readonly priceClass?: PriceClass;
}

/** Days that a replaced page or configuration can be brought back. */
const oldVersionDays = 30;

/** The app and its API under one HTTPS address; only CloudFront may read the bucket. */
export class WebSite extends pulumi.ComponentResource {
  /** Address of the app: `https://example.com/`. */
  readonly url: pulumi.Output<string>;
  /** What browsers send in the header Origin: `https://example.com`. */
  readonly origin: pulumi.Output<string>;

  constructor(name: string, args: WebSiteArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:WebSite', name, {}, opts);
    const parent = { parent: this };
    // The bucket's policy names the distribution, and the distribution the bucket.
    const [distributionArn, onDistribution] = pulumi.deferredOutput<string>();
    const files = new PrivateBucket(
      name,
      {
        // Anyone may have these files: a customer key would protect nothing, and cost a request to KMS for each miss.
        keyArn: null,
        durability: args.durability,
        expiryDays: [],
        oldVersionDays,
        statements: (bucketArn) => [readableBy(distributionArn, bucketArn)],
      },
      parent,
    );
    new aws.s3.BucketLogging(
      `${name}-access-log`,
      { bucket: files.bucketName, targetBucket: args.accessLogs.bucketName, targetPrefix: `${name}/` },
      { ...parent, ...staying(args.durability), dependsOn: [args.accessLogs.policy] },
    );
    const distribution = siteDistribution(name, { ...args, files, apiEndpoint: args.api.endpoint }, parent);
    onDistribution(distribution.arn);
    siteObjects(name, { ...args, bucketName: files.bucketName }, this);
    siteAccessLog(name, { distribution, accessLogs: args.accessLogs }, parent);
    new ResourceAlarms(
      name,
      {
        kind: 'distribution',
        dimensions: { DistributionId: distribution.id, Region: 'Global' },
        monitoring: monitoringIn(args),
      },
      parent,
    );
    this.origin = pulumi.interpolate`https://${args.domain?.name ?? distribution.domainName}`;
    this.url = pulumi.interpolate`${this.origin}/`;
    this.registerOutputs({ url: this.url, origin: this.origin });
  }
}

/** Without the right to list the bucket, what is not there is 403 and tells nothing about the bucket. */
const readableBy = (distributionArn: pulumi.Output<string>, bucketArn: pulumi.Output<string>): object => ({
  Sid: 'SiteReads',
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 's3:GetObject',
  Resource: pulumi.interpolate`${bucketArn}/*`,
  Condition: { StringEquals: { 'aws:SourceArn': distributionArn } },
});

/** An alarm and its topic must be in the region of the metric, and the topic is in the stack's. */
const monitoringIn = ({ region, monitoring }: WebSiteArgs): Monitoring => {
  if (isAlarmedIn('distribution', region) || 'declined' in monitoring) return monitoring;
  const { onWatched } = monitoring;
  return {
    declined: `CloudFront reports to us-east-1, where ${region} has no topic`,
    ...(onWatched ? { onWatched } : {}),
  };
};
