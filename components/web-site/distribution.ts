// How does CloudFront serve the app and the API under one name?
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { PrivateBucket } from '../private-bucket.ts';
import { apiPrefix, edgeFunctions } from './edge-functions.ts';
import { headersPolicy, type HeadersPolicyArgs } from './headers-policy.ts';

/** Edges that serve the site: North America and Europe; also Asia, Africa and the Middle East; all. */
export type PriceClass = 'PriceClass_100' | 'PriceClass_200' | 'PriceClass_All';

export interface SiteDistributionArgs extends HeadersPolicyArgs {
  readonly files: PrivateBucket;
  /** Address of the API with its stage: `https://abc.execute-api.us-east-1.amazonaws.com/Prod`. */
  readonly apiEndpoint: pulumi.Input<string>;
  /** Name of the site with its certificate, which is in us-east-1; `null` is a name that CloudFront makes. */
  readonly domain: {
    readonly name: string;
    readonly certificateArn: pulumi.Input<string>;
  } | null;
  /** Default: PriceClass_100. */
  readonly priceClass?: PriceClass;
}

/** Policies that AWS manages. CloudFront Developer Guide, "Use managed cache policies" and "… origin request policies". */
const managed = {
  cachingOptimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  // API Gateway finds an API by its own host name and refuses the site's.
  allViewerExceptHostHeader: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
};

const [filesOrigin, apiOrigin] = ['files', 'api'];
const oldestTls = 'TLSv1.2_2021';
const viewerRequest = (made: aws.cloudfront.Function) => [
  { eventType: 'viewer-request', functionArn: made.arn },
];

/** HTTPS only, HTTP/2 and 3; files from the bucket with signed requests, `/api/*` from the API and never from a cache. */
export function siteDistribution(
  name: string,
  args: SiteDistributionArgs,
  opts: pulumi.CustomResourceOptions,
): aws.cloudfront.Distribution {
  const access = new aws.cloudfront.OriginAccessControl(
    `${name}-access`,
    {
      description: `${pulumi.getProject()} ${pulumi.getStack()}: ${name}`,
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    },
    opts,
  );
  const functions = edgeFunctions(name, opts);
  const responseHeadersPolicyId = headersPolicy(name, args, opts).id;
  return new aws.cloudfront.Distribution(
    name,
    {
      comment: `${pulumi.getProject()} ${pulumi.getStack()}: ${name}`,
      enabled: true,
      isIpv6Enabled: true,
      httpVersion: 'http2and3',
      priceClass: args.priceClass ?? 'PriceClass_100',
      defaultRootObject: 'index.html',
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      origins: [
        {
          originId: filesOrigin,
          domainName: args.files.domainName,
          originAccessControlId: access.id,
        },
        { originId: apiOrigin, ...apiAddress(args.apiEndpoint), customOriginConfig: encrypted },
      ],
      defaultCacheBehavior: {
        targetOriginId: filesOrigin,
        viewerProtocolPolicy: 'redirect-to-https',
        allowedMethods: ['GET', 'HEAD'],
        cachedMethods: ['GET', 'HEAD'],
        compress: true,
        cachePolicyId: managed.cachingOptimized,
        responseHeadersPolicyId,
        functionAssociations: viewerRequest(functions.page),
      },
      orderedCacheBehaviors: [
        {
          pathPattern: `${apiPrefix}/*`,
          targetOriginId: apiOrigin,
          // A redirect would come after the token has gone over the wire in the clear.
          viewerProtocolPolicy: 'https-only',
          allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
          cachedMethods: ['GET', 'HEAD'],
          cachePolicyId: managed.cachingDisabled,
          originRequestPolicyId: managed.allViewerExceptHostHeader,
          responseHeadersPolicyId,
          functionAssociations: viewerRequest(functions.api),
        },
      ],
      ...(args.domain === null
        ? { viewerCertificate: { cloudfrontDefaultCertificate: true } }
        : {
            aliases: [args.domain.name],
            viewerCertificate: {
              acmCertificateArn: args.domain.certificateArn,
              minimumProtocolVersion: oldestTls,
              sslSupportMethod: 'sni-only',
            },
          }),
    },
    opts,
  );
}

const encrypted = {
  originProtocolPolicy: 'https-only',
  originSslProtocols: ['TLSv1.2'],
  httpPort: 80,
  httpsPort: 443,
  // API Gateway itself gives up after 29 seconds.
  originReadTimeout: 30,
};

const apiAddress = (endpoint: pulumi.Input<string>) => {
  const address = pulumi.output(endpoint).apply((text) => new URL(text));
  return {
    domainName: address.apply(({ host }) => host),
    originPath: address.apply(({ pathname }) => pathname.replace(/\/$/, '')),
  };
};
