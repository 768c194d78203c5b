// Is the site reached over HTTPS only, its bucket by CloudFront only, and the API without a cache?
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AccessLogBucket } from '../../components/access-log-bucket.ts';
import { siteFilesIn } from '../../components/site-files.ts';
import { apiFunction, pageFunction } from '../../components/web-site/edge-functions.ts';
import { WebSite, type WebSiteArgs } from '../../components/web-site.ts';
import type { SiteConfig } from '../../domain/api/site-config.ts';
import { contentSecurityPolicy } from '../../domain/site-headers.ts';
import { capture, type Captured, type CapturedStack, ofType, only, statementsIn } from './captured-stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'greenroom-site-'));
mkdirSync(join(folder, 'assets'));
for (const file of ['index.html', 'config.json', 'icon.svg', 'assets/index-Bx9_w-aZ.js']) {
  writeFileSync(join(folder, file), '');
}

const config: SiteConfig = {
  apiUrl: '/api',
  recordingLimitSeconds: 1800,
  identity: {
    kind: 'openid',
    issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_a',
    clientId: 'client',
    signOutUrl: 'https://greenroom.auth.us-east-1.amazoncognito.com/logout',
  },
};
const media = 'https://media.s3.us-east-1.amazonaws.com';

const siteWith = (changes: Partial<WebSiteArgs> = {}, { preview = false } = {}): Promise<CapturedStack> =>
  capture(
    () => {
      const accessLogs = new AccessLogBucket('logs', {
        accountId: '123456789012',
        durability: 'disposable',
        retentionDays: 7,
      });
      const { url, origin } = new WebSite('site', {
        files: siteFilesIn(folder),
        config,
        api: { endpoint: 'https://abc.execute-api.us-east-1.amazonaws.com/Prod' },
        connectSources: [media, 'https://cognito-idp.us-east-1.amazonaws.com'],
        mediaSources: [media],
        region: 'us-east-1',
        accessLogs,
        durability: 'disposable',
        monitoring: { alarmTopicArn: 'arn:aws:sns:us-east-1:123456789012:alarms' },
        domain: null,
        ...changes,
      });
      return { url, origin };
    },
    { preview },
  );

const distributionIn = (stack: CapturedStack): Captured['inputs'] =>
  only(stack, 'aws:cloudfront/distribution:Distribution').inputs;
const alarmsIn = (stack: CapturedStack): readonly Captured[] =>
  ofType(stack, 'aws:cloudwatch/metricAlarm:MetricAlarm');
const namesIn = ({ resources }: CapturedStack): readonly string[] =>
  resources.map(({ type, name }) => `${type} ${name}`);
const deliveryIn = (stack: CapturedStack, kind: string): Captured['inputs'] =>
  only(stack, `aws:cloudwatch/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`).inputs;
const objectsIn = (stack: CapturedStack): readonly Captured[] =>
  ofType(stack, 'aws:s3/bucketObjectv2:BucketObjectv2');

describe('the deployed site', () => {
  let stack: CapturedStack;
  before(async () => {
    stack = await siteWith();
  });
  after(() => rmSync(folder, { recursive: true }));

  it('takes the files from the bucket with signed requests, over HTTPS and from the cache', () => {
    const { defaultCacheBehavior, origins, ...rest } = distributionIn(stack);
    expect(rest).to.deep.include({
      enabled: true,
      isIpv6Enabled: true,
      httpVersion: 'http2and3',
      priceClass: 'PriceClass_100',
      defaultRootObject: 'index.html',
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    });
    expect(rest).not.to.have.any.keys('customErrorResponses', 'loggingConfig', 'aliases');
    expect((origins as object[])[0]).to.deep.equal({
      originId: 'files',
      domainName: 'site.s3.us-east-1.amazonaws.com',
      originAccessControlId: 'site-access-id',
    });
    expect(defaultCacheBehavior).to.deep.equal({
      targetOriginId: 'files',
      viewerProtocolPolicy: 'redirect-to-https',
      allowedMethods: ['GET', 'HEAD'],
      cachedMethods: ['GET', 'HEAD'],
      compress: true,
      cachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
      responseHeadersPolicyId: 'site-headers-id',
      functionAssociations: [{ eventType: 'viewer-request', functionArn: arnOf('site-pages') }],
    });
    expect(only(stack, 'aws:cloudfront/originAccessControl:OriginAccessControl').inputs).to.deep.include({
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    });
  });

  it('hands what is below /api to the API with TLS 1.2, never from a cache and never redirected', () => {
    const { orderedCacheBehaviors, origins } = distributionIn(stack);
    expect((origins as object[])[1]).to.deep.equal({
      originId: 'api',
      domainName: 'abc.execute-api.us-east-1.amazonaws.com',
      originPath: '/Prod',
      customOriginConfig: {
        originProtocolPolicy: 'https-only',
        originSslProtocols: ['TLSv1.2'],
        httpPort: 80,
        httpsPort: 443,
        originReadTimeout: 30,
      },
    });
    expect(orderedCacheBehaviors).to.deep.equal([
      {
        pathPattern: '/api/*',
        targetOriginId: 'api',
        viewerProtocolPolicy: 'https-only',
        allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
        cachedMethods: ['GET', 'HEAD'],
        cachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        originRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        responseHeadersPolicyId: 'site-headers-id',
        functionAssociations: [{ eventType: 'viewer-request', functionArn: arnOf('site-api-paths') }],
      },
    ]);
  });

  it('takes TLS 1.2 or newer under a name of its own', async () => {
    const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
    const named = await siteWith({ domain: { name: 'practice.example.com', certificateArn } });
    expect(distributionIn(named)).to.deep.include({
      aliases: ['practice.example.com'],
      viewerCertificate: {
        acmCertificateArn: certificateArn,
        minimumProtocolVersion: 'TLSv1.2_2021',
        sslSupportMethod: 'sni-only',
      },
    });
    expect(named.outputs).to.deep.equal({
      url: 'https://practice.example.com/',
      origin: 'https://practice.example.com',
    });
  });

  it('tells its address and origin', () => {
    expect(stack.outputs).to.deep.equal({
      url: 'https://d111111abcdef8.cloudfront.net/',
      origin: 'https://d111111abcdef8.cloudfront.net',
    });
  });

  it('lets its own distribution read the bucket, and nobody else', () => {
    const statements = statementsIn(
      only(stack, 'aws:s3/bucketPolicy:BucketPolicy', 'site-policy').inputs['policy'],
    );
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).to.deep.equal([
      {
        Sid: 'SiteReads',
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::site/*',
        Condition: {
          StringEquals: { 'aws:SourceArn': 'arn:aws:cloudfront::123456789012:distribution/site' },
        },
      },
    ]);
    const encryption =
      'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration';
    expect(only(stack, encryption, 'site-encryption').inputs['rules']).to.deep.equal([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } },
    ]);
  });

  it('puts the headers of domain/site-headers.ts on every answer, whatever the origin says', () => {
    const { securityHeadersConfig, customHeadersConfig } = only(
      stack,
      'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy',
    ).inputs;
    expect(securityHeadersConfig).to.deep.equal({
      contentSecurityPolicy: {
        override: true,
        contentSecurityPolicy: contentSecurityPolicy({
          connect: [media, 'https://cognito-idp.us-east-1.amazonaws.com'],
          media: [media],
          form: [],
        }),
      },
      contentTypeOptions: { override: true },
      referrerPolicy: { override: true, referrerPolicy: 'no-referrer' },
      strictTransportSecurity: {
        override: true,
        accessControlMaxAgeSec: 63_072_000,
        includeSubdomains: false,
      },
    });
    const items = (customHeadersConfig as { items: { header: string; override: boolean }[] }).items;
    expect(items.map(({ header }) => header)).to.have.members([
      'permissions-policy',
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
    ]);
    expect(items.every(({ override }) => override)).to.equal(true);
  });

  it('stores each file under the name that its contents gave it, and the page last', () => {
    const stored = objectsIn(stack).map(({ name, inputs, retainOnDelete }) => [
      name,
      inputs['key'],
      inputs['cacheControl'],
      inputs['contentType'],
      retainOnDelete,
    ]);
    expect(stored).to.deep.equal([
      [
        'site-assets/index.js',
        'assets/index-Bx9_w-aZ.js',
        'public, max-age=31536000, immutable',
        'text/javascript; charset=utf-8',
        true,
      ],
      ['site-config.json', 'config.json', 'no-cache', 'application/json', false],
      ['site-icon.svg', 'icon.svg', 'no-cache', 'image/svg+xml', false],
      ['site-index.html', 'index.html', 'no-cache', 'text/html; charset=utf-8', false],
    ]);
    const page = objectsIn(stack).find(({ name }) => name === 'site-index.html');
    const others = objectsIn(stack).filter((object) => object !== page);
    expect(page?.dependencies).to.include.members(others.map(({ urn }) => urn));
  });

  it('tells the app about its host in config.json, and nowhere else (A55)', () => {
    const found = objectsIn(stack).find(({ name }) => name === 'site-config.json');
    expect(JSON.parse(String(found?.inputs['content']))).to.deep.equal(config);
  });

  it('writes every request into the bucket of access logs, without queries, cookies and referrers', () => {
    expect(deliveryIn(stack, 'LogDeliverySource')).to.deep.equal({
      region: 'us-east-1',
      logType: 'ACCESS_LOGS',
      resourceArn: 'arn:aws:cloudfront::123456789012:distribution/site',
    });
    expect(deliveryIn(stack, 'LogDeliveryDestination')['deliveryDestinationConfiguration']).to.deep.equal({
      destinationResourceArn: 'arn:aws:s3:::logs',
    });
    const fields = deliveryIn(stack, 'LogDelivery')['recordFields'] as string[];
    expect(fields).to.include.members(['date', 'time', 'cs-uri-stem', 'sc-status']);
    expect(fields.filter((field) => /query|cookie|referer|user-agent|forwarded/i.test(field))).to.deep.equal(
      [],
    );
  });

  it('has its alarm where CloudFront reports, and elsewhere a graph only', async () => {
    expect(alarmsIn(stack).map(({ name }) => name)).to.deep.equal(['site-server-errors']);
    const watched: string[] = [];
    const elsewhere = await siteWith({
      region: 'eu-west-1',
      monitoring: { alarmTopicArn: 'arn', onWatched: ({ kind }) => watched.push(kind) },
    });
    expect(alarmsIn(elsewhere)).to.deep.equal([]);
    expect(watched).to.deep.equal(['distribution']);
  });

  it('runs exactly the code that is tested, in the newer runtime', () => {
    const functions = ofType(stack, 'aws:cloudfront/function:Function').map(({ name, inputs }) => [
      name,
      inputs['code'],
      inputs['runtime'],
      inputs['publish'],
    ]);
    expect(functions).to.deep.equal([
      ['site-api-paths', apiFunction, 'cloudfront-js-2.0', true],
      ['site-pages', pageFunction, 'cloudfront-js-2.0', true],
    ]);
  });

  it('previews with the same resources while its addresses are unknown', async () => {
    const preview = await siteWith({}, { preview: true });
    expect(namesIn(preview)).to.have.members(namesIn(stack));
    expect(JSON.stringify(preview.resources)).not.to.match(/Calling \[toString\]|undefined|NaN/);
  });
});

const arnOf = (name: string): string => `arn:aws:cloudfront:us-east-1:123456789012:${name}`;
