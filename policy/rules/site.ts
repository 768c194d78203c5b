// Who reaches the deployed site, and whom does it reach?
import { behavioursOf, changesThings, distributionType, pathsOf, serversOf } from '../distribution.ts';
import { dependents, ofType } from '../neighbours.ts';
import { at, input, isGiven, listOf, textOf, textsOf } from '../read.ts';
import { type Rule, unless } from '../rule.ts';
import { type Statement, statementsOf } from '../statements.ts';

const accessControl = 'aws:cloudfront/originAccessControl:OriginAccessControl';

/** How the way from CloudFront to a server is not encrypted. */
const plainTextOf = (origin: unknown): readonly string[] => [
  ...unless(
    at(origin, 'customOriginConfig.originProtocolPolicy') === 'https-only',
    'asks a server over HTTP',
  ),
  ...unless(
    listOf(at(origin, 'customOriginConfig.originSslProtocols')).every((protocol) =>
      ['TLSv1.2', 'TLSv1.3'].includes(String(protocol)),
    ),
    'asks a server with TLS older than 1.2',
  ),
];

const ofDistribution = /^arn:aws:cloudfront::\d{12}:distribution\/[A-Z0-9]+$/;

/** What a statement lets CloudFront do beside reading objects for distributions that it names. */
const openingsOf = ({ label, actions, conditions }: Statement): readonly string[] => [
  ...unless(actions.join(' ') === 's3:GetObject', `${label} lets CloudFront do ${actions.join(', ')}`),
  ...unless(
    conditions.some(
      ({ operator, key, values }) =>
        operator === 'StringEquals' &&
        key === 'aws:sourcearn' &&
        values.every((value) => ofDistribution.test(value)),
    ),
    `${label} names no distribution`,
  ),
];

export const siteRules: readonly Rule[] = [
  {
    name: 'site-over-https-only',
    asks: 'The site is reached over HTTPS only; requests that change something are not even redirected there.',
    why: 'A redirect comes after the token has gone over the wire in the clear.',
    sources: ['FSBP CloudFront.3'],
    severity: 'critical',
    scope: 'resource',
    types: [distributionType],
    check: (resource) =>
      behavioursOf(resource).flatMap((behaviour) => {
        const protocol = String(at(behaviour, 'viewerProtocolPolicy'));
        const good = changesThings(behaviour) ? ['https-only'] : ['https-only', 'redirect-to-https'];
        return unless(good.includes(protocol), `takes ${pathsOf(behaviour)} over HTTP`);
      }),
  },
  {
    name: 'site-modern-tls',
    asks: 'The site has a name and a certificate of its own, and takes TLS 1.2 or newer only.',
    why: 'Under the name that CloudFront makes, browsers of 2008 with broken ciphers get in.',
    sources: ['FSBP CloudFront.7', 'FSBP CloudFront.8', 'FSBP CloudFront.15', 'AwsSolutions-CFR4'],
    severity: 'medium',
    scope: 'resource',
    types: [distributionType],
    check: (resource) =>
      isGiven(resource, 'viewerCertificate.acmCertificateArn')
        ? [
            ...unless(
              /^TLSv1\.(?:2_202[1-9]|3_\d{4})$/.test(
                textOf(resource, 'viewerCertificate.minimumProtocolVersion') ?? '',
              ),
              'takes TLS older than 1.2',
            ),
            ...unless(
              textOf(resource, 'viewerCertificate.sslSupportMethod') === 'sni-only',
              'pays for addresses of its own',
            ),
          ]
        : ['has the certificate of CloudFront'],
  },
  {
    name: 'site-asks-servers-over-tls',
    asks: 'CloudFront asks servers over HTTPS with TLS 1.2 or newer only.',
    why: 'The second half of the way would be open.',
    sources: ['FSBP CloudFront.9', 'FSBP CloudFront.10', 'AwsSolutions-CFR5'],
    severity: 'critical',
    scope: 'resource',
    types: [distributionType],
    check: (resource) => serversOf(resource).flatMap(plainTextOf),
  },
  {
    name: 'site-signs-requests-to-bucket',
    asks: 'CloudFront signs every request to a bucket (origin access control).',
    why: 'Otherwise the bucket has to be public.',
    sources: ['FSBP CloudFront.13', 'AwsSolutions-CFR7'],
    severity: 'high',
    scope: 'resource',
    types: [distributionType, accessControl],
    check: (resource) =>
      resource.type === accessControl
        ? [
            ...unless(textOf(resource, 'signingBehavior') === 'always', 'lets a request go unsigned'),
            ...unless(textOf(resource, 'signingProtocol') === 'sigv4', 'does not sign with SigV4'),
          ]
        : listOf(input(resource, 'origins'))
            .filter((origin) => at(origin, 'customOriginConfig') === undefined)
            .flatMap((origin) =>
              unless(at(origin, 'originAccessControlId') !== undefined, 'asks a bucket without a signature'),
            ),
  },
  {
    name: 'site-bucket-for-one-distribution',
    asks: 'A bucket lets CloudFront read single objects, for distributions that it names, and do nothing else.',
    why: 'Any distribution of any account could serve the bucket, or list or change what is in it.',
    sources: ['A38'],
    severity: 'critical',
    scope: 'resource',
    types: ['aws:s3/bucketPolicy:BucketPolicy'],
    check: (resource) =>
      statementsOf(resource)
        .filter(
          ({ allows, principals }) =>
            allows && principals.some(({ id }) => id === 'cloudfront.amazonaws.com'),
        )
        .flatMap(openingsOf),
  },
  {
    name: 'site-logged',
    asks: 'Every request to the site is written to a log, without its query, cookies and referrer.',
    why: 'Without it nobody can say who asked for what; after signing in the query holds an authorization code.',
    sources: ['FSBP CloudFront.5', 'AwsSolutions-CFR3'],
    severity: 'medium',
    scope: 'stack',
    types: [distributionType],
    check: (resource, graph) => {
      const deliveries = dependents(
        graph,
        resource,
        'aws:cloudwatch/logDeliverySource:LogDeliverySource',
      ).flatMap((source) => dependents(graph, source, 'aws:cloudwatch/logDelivery:LogDelivery'));
      return [
        ...unless(deliveries.length > 0, 'has no access log'),
        ...deliveries.flatMap((delivery) => {
          const fields = textsOf(delivery, 'recordFields');
          return unless(
            fields.length > 0 && !fields.some((field) => /query|cookie|referer/i.test(field)),
            'logs what only the user may know',
          );
        }),
      ];
    },
  },
  {
    name: 'site-behind-firewall',
    asks: 'The site is behind a web application firewall.',
    why: 'Known attacks would reach the API.',
    sources: ['FSBP CloudFront.6', 'AwsSolutions-CFR2'],
    severity: 'medium',
    scope: 'resource',
    types: [distributionType],
    check: (resource) => unless(isGiven(resource, 'webAclId'), 'has no firewall'),
  },
  {
    name: 'site-functions-current',
    asks: 'Functions at the edge are published, in the newer runtime.',
    why: 'One that is not published does not run; the older runtime gets no corrections.',
    sources: [],
    severity: 'medium',
    scope: 'stack',
    types: ['aws:cloudfront/function:Function'],
    check: (resource, graph) => [
      ...unless(textOf(resource, 'runtime') === 'cloudfront-js-2.0', 'has an old runtime'),
      ...unless(input(resource, 'publish') !== false, 'is not published'),
      ...unless(
        ofType(graph, distributionType).some(({ dependencies }) => dependencies.includes(resource.urn)),
        'runs nowhere',
      ),
    ],
  },
];
