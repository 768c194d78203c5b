// Which mistakes in the deployed site do the laws notice?
import { allowAlso, drop, inputs, type Mutant, set, statements } from './mutant.ts';

const site = 'distribution:Distribution::interview-site';
const headers = 'ResponseHeadersPolicy::interview-site-headers';
const policy = 'BucketPolicy::interview-site-policy';

type Inputs = Readonly<Record<string, unknown>>;

const defaultBehaviour = (change: Inputs): Mutant['mutate'] =>
  inputs(site, ({ defaultCacheBehavior }) => ({
    defaultCacheBehavior: { ...(defaultCacheBehavior as Inputs), ...change },
  }));

const first = (list: unknown, change: Inputs): unknown => {
  const [one, ...others] = list as Inputs[];
  return [{ ...one, ...change }, ...others];
};
const apiBehaviour = (change: Inputs): Mutant['mutate'] =>
  inputs(site, ({ orderedCacheBehaviors }) => ({
    orderedCacheBehaviors: first(orderedCacheBehaviors, change),
  }));

const server = (change: Inputs): Mutant['mutate'] =>
  inputs(site, ({ origins }) => {
    const [files, api = {}] = origins as Inputs[];
    const customOriginConfig = { ...(api['customOriginConfig'] as Inputs), ...change };
    return { origins: [files, { ...api, customOriginConfig }] };
  });

const security = (name: string, change: Inputs): Mutant['mutate'] =>
  inputs(headers, ({ securityHeadersConfig }) => {
    const before = securityHeadersConfig as Readonly<Record<string, Inputs>>;
    return { securityHeadersConfig: { ...before, [name]: { ...before[name], ...change } } };
  });

const contentSecurityPolicy = (from: string | RegExp, to: string): Mutant['mutate'] =>
  inputs(headers, ({ securityHeadersConfig }) => {
    const before = securityHeadersConfig as Readonly<Record<string, Inputs>>;
    const { contentSecurityPolicy: own = {} } = before;
    const text = String(own['contentSecurityPolicy']).replace(from, to);
    return {
      securityHeadersConfig: {
        ...before,
        contentSecurityPolicy: { ...own, contentSecurityPolicy: text },
      },
    };
  });

const bucketStatement = (change: Inputs): Mutant['mutate'] =>
  statements(policy, (before) =>
    before.map((statement) => (statement['Sid'] === 'SiteReads' ? { ...statement, ...change } : statement)),
  );

const transport: readonly Mutant[] = [
  {
    rule: 'site-over-https-only',
    change: 'the page comes over HTTP',
    mutate: defaultBehaviour({ viewerProtocolPolicy: 'allow-all' }),
  },
  {
    rule: 'site-over-https-only',
    change: 'a token goes over HTTP and is redirected then',
    mutate: apiBehaviour({ viewerProtocolPolicy: 'redirect-to-https' }),
  },
  ...['TLSv1', 'TLSv1.1_2016', 'TLSv1.2_2019'].map((minimumProtocolVersion) => ({
    rule: 'site-modern-tls',
    change: `a certificate of its own, and ${minimumProtocolVersion}`,
    mutate: set(site, {
      viewerCertificate: {
        acmCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
        sslSupportMethod: 'sni-only',
        minimumProtocolVersion,
      },
    }),
  })),
  {
    rule: 'site-asks-servers-over-tls',
    change: 'the API is asked as the viewer asked',
    mutate: server({ originProtocolPolicy: 'match-viewer' }),
  },
  {
    rule: 'site-asks-servers-over-tls',
    change: 'the API is asked with TLS 1.0 too',
    mutate: server({ originSslProtocols: ['TLSv1', 'TLSv1.2'] }),
  },
  {
    rule: 'site-behind-firewall',
    change: 'another site without a firewall',
    mutate: (graph) => ({
      ...graph,
      resources: graph.resources.map((resource) =>
        resource.name === 'interview-site' && resource.type.endsWith(':Distribution')
          ? { ...resource, name: 'other-site', urn: resource.urn.replace(/::[^:]+$/, '::other-site') }
          : resource,
      ),
    }),
    // What belongs to the site waits for a resource that is not there any more.
    also: ['everything-is-watched', 'site-logged', 'site-modern-tls'],
  },
  {
    rule: 'site-functions-current',
    change: 'the old runtime',
    mutate: set('function:Function::interview-site-pages', { runtime: 'cloudfront-js-1.0' }),
  },
  {
    rule: 'site-functions-current',
    change: 'a draft',
    mutate: set('function:Function::interview-site-pages', { publish: false }),
  },
];

const bucket: readonly Mutant[] = [
  {
    rule: 'site-signs-requests-to-bucket',
    change: 'requests without a signature',
    mutate: set('OriginAccessControl', { signingBehavior: 'no-override' }),
  },
  {
    rule: 'site-signs-requests-to-bucket',
    change: 'an origin without access control',
    mutate: inputs(site, ({ origins }) => ({
      origins: first(origins, { originAccessControlId: undefined }),
    })),
  },
  {
    rule: 'site-bucket-for-one-distribution',
    change: 'every distribution of the account',
    mutate: bucketStatement({
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    }),
  },
  {
    rule: 'site-bucket-for-one-distribution',
    change: 'distributions by a pattern',
    mutate: bucketStatement({
      Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::123456789012:distribution/*' } },
    }),
  },
  {
    rule: 'site-bucket-for-one-distribution',
    change: 'CloudFront may list the bucket',
    mutate: bucketStatement({ Action: ['s3:GetObject', 's3:ListBucket'] }),
  },
  {
    rule: 'site-bucket-for-one-distribution',
    change: 'CloudFront may read recordings',
    mutate: allowAlso('BucketPolicy::interview-media-policy', {
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::b/*',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    }),
  },
];

const answers: readonly Mutant[] = [
  {
    rule: 'site-has-headers',
    change: 'the page without headers',
    mutate: defaultBehaviour({ responseHeadersPolicyId: undefined }),
  },
  {
    rule: 'site-has-headers',
    change: 'the API without headers',
    mutate: apiBehaviour({ responseHeadersPolicyId: undefined }),
  },
  ...(
    [
      ['inline scripts', "script-src 'self'", "script-src 'self' 'unsafe-inline'"],
      ['eval', "script-src 'self'", "script-src 'self' 'unsafe-eval'"],
      ['inline styles', "style-src 'self'", "style-src 'self' 'unsafe-inline'"],
      ['scripts from data', "script-src 'self'", "script-src 'self' data:"],
      ['any host', /connect-src [^;]+/, 'connect-src *'],
      ['any host with HTTPS', /img-src [^;]+/, "img-src 'self' https:"],
      ['frames of others around us', "frame-ancestors 'none'", "frame-ancestors 'self'"],
      ['whatever has no directive', "default-src 'none'; ", ''],
    ] as const
  ).map(([what, from, to]) => ({
    rule: 'site-headers-strict',
    change: `headers allow ${what}`,
    mutate: contentSecurityPolicy(from, to),
  })),
  {
    rule: 'site-headers-strict',
    change: 'an object’s own policy counts',
    mutate: security('contentSecurityPolicy', { override: false }),
  },
  {
    rule: 'site-headers-strict',
    change: 'HTTPS for a day',
    mutate: security('strictTransportSecurity', { accessControlMaxAgeSec: 86_400 }),
  },
  {
    rule: 'site-answers-api-afresh',
    change: 'answers of the API are kept',
    mutate: apiBehaviour({ cachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' }),
  },
  {
    rule: 'site-page-is-no-error-page',
    change: 'a 404 is the page',
    mutate: set(site, {
      customErrorResponses: [{ errorCode: 404, responseCode: 200, responsePagePath: '/index.html' }],
    }),
  },
  {
    rule: 'site-page-is-no-error-page',
    change: 'nothing at the root',
    mutate: inputs(site, () => ({ defaultRootObject: undefined })),
  },
  { rule: 'site-logged', change: 'no log', mutate: drop('LogDelivery') },
  {
    rule: 'site-logged',
    change: 'authorization codes in the log',
    mutate: inputs('LogDelivery', ({ recordFields }) => ({
      recordFields: [...(recordFields as string[]), 'cs-uri-query'],
    })),
  },
  {
    rule: 'site-page-is-asked-for-again',
    change: 'the page is kept for an hour',
    mutate: set('BucketObjectv2::interview-site-index.html', { cacheControl: 'max-age=3600' }),
  },
  {
    rule: 'site-page-is-asked-for-again',
    change: 'nobody says how long the configuration is kept',
    mutate: inputs('BucketObjectv2::interview-site-config.json', () => ({ cacheControl: undefined })),
  },
  {
    rule: 'site-tells-its-files-types',
    change: 'a file of no type',
    mutate: inputs('BucketObjectv2::interview-site-index.html', () => ({ contentType: undefined })),
  },
];

export const siteMutants: readonly Mutant[] = [...transport, ...bucket, ...answers];
