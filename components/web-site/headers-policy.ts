// Which headers does CloudFront put on every answer of the site? Those of domain/site-headers.ts.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { contentSecurityPolicy, siteHeaders } from '../../domain/site-headers.ts';

export interface HeadersPolicyArgs {
  /** Origins beside the site's own that the app may send requests to. */
  readonly connectSources: readonly pulumi.Input<string>[];
  /** Origins that pictures, videos and captions may come from. */
  readonly mediaSources: readonly pulumi.Input<string>[];
}

/** Everything but the content security policy, which names places that only the deployment knows. */
const fixed = siteHeaders({ connect: [], media: [], form: [], isEncrypted: true });

/** CloudFront has fields of its own for these and refuses them among the others. */
const ownFields = new Set([
  'content-security-policy',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
]);

const override = true;

/** Replaces what the origin says, so that nothing in the bucket can weaken it. */
export const headersPolicy = (
  name: string,
  { connectSources, mediaSources }: HeadersPolicyArgs,
  opts: pulumi.CustomResourceOptions,
): aws.cloudfront.ResponseHeadersPolicy => {
  const strictTransport = fixed['strict-transport-security'] ?? '';
  return new aws.cloudfront.ResponseHeadersPolicy(
    `${name}-headers`,
    {
      comment: `${pulumi.getProject()} ${pulumi.getStack()}: ${name}`,
      securityHeadersConfig: {
        contentSecurityPolicy: {
          override,
          contentSecurityPolicy: pulumi
            .all([pulumi.all([...connectSources]), pulumi.all([...mediaSources])])
            .apply(([connect, media]) => contentSecurityPolicy({ connect, media, form: [] })),
        },
        contentTypeOptions: { override },
        referrerPolicy: { override, referrerPolicy: fixed['referrer-policy'] ?? 'no-referrer' },
        strictTransportSecurity: {
          override,
          accessControlMaxAgeSec: Number(/max-age=(\d+)/.exec(strictTransport)?.[1]),
          includeSubdomains: strictTransport.includes('includeSubDomains'),
        },
      },
      customHeadersConfig: {
        items: Object.entries(fixed)
          .filter(([header]) => !ownFields.has(header))
          .map(([header, value]) => ({ header, value, override })),
      },
    },
    opts,
  );
};
