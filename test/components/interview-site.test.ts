// Does the app learn what it must know about its host, and may it reach exactly what it needs?
import { expect } from 'chai';
import deploy from '../../index.ts';
import { siteConfigSchema } from '../../domain/api/site-config.ts';
import { capture, type CapturedStack, ofType, only, pinnedConfigOf } from './captured-stack.ts';

const clientType = 'aws:cognito/userPoolClient:UserPoolClient';
const configOf = (stack: CapturedStack) =>
  siteConfigSchema
    .strict()
    .parse(
      JSON.parse(
        String(
          only(stack, 'aws:s3/bucketObjectv2:BucketObjectv2', 'interview-site-config.json').inputs['content'],
        ),
      ),
    );
const corsOf = (stack: CapturedStack) =>
  only(stack, 'aws:s3/bucketCorsConfiguration:BucketCorsConfiguration').inputs['corsRules'] as {
    allowedOrigins: string[];
    allowedMethods: string[];
  }[];

describe('the site of the interview system', () => {
  let stack: CapturedStack;
  before(async () => {
    stack = await capture(deploy, { config: pinnedConfigOf('dev') });
  });

  it('tells the app by config.json alone where to sign in, and where the API is (A56)', () => {
    const { domain } = only(stack, 'aws:cognito/userPoolDomain:UserPoolDomain').inputs;
    expect(configOf(stack)).to.deep.equal({
      apiUrl: '/api',
      identity: {
        kind: 'openid',
        issuer: 'https://cognito-idp.us-east-1.amazonaws.com/interview-users-id',
        clientId: 'interview-site-sign-in-id',
        signOutUrl: `https://${String(domain)}.auth.us-east-1.amazoncognito.com/logout`,
      },
      recordingLimitSeconds: 1800,
    });
  });

  it('lets users come back from signing in to its own pages, and a developer’s in dev', () => {
    const { callbackUrls } = only(stack, clientType).inputs;
    expect(callbackUrls).to.deep.equal([
      'https://d111111abcdef8.cloudfront.net/signed-in',
      'http://localhost:5173/signed-in',
    ]);
  });

  it('lets its pages upload to the bucket and play from it, and no others (A37)', () => {
    const [rule] = corsOf(stack);
    expect(rule?.allowedOrigins).to.deep.equal([
      'https://d111111abcdef8.cloudfront.net',
      'http://localhost:5173',
    ]);
    expect(rule?.allowedMethods).to.deep.equal(['GET', 'HEAD', 'POST']);
  });

  it('may send requests to the bucket, the issuer and the sign-in pages, and nowhere else', () => {
    const policy = only(stack, 'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy').inputs[
      'securityHeadersConfig'
    ] as { contentSecurityPolicy: { contentSecurityPolicy: string } };
    const { domain } = only(stack, 'aws:cognito/userPoolDomain:UserPoolDomain').inputs;
    const directives = policy.contentSecurityPolicy.contentSecurityPolicy.split('; ');
    const connect = directives.find((directive) => directive.startsWith('connect-src'));
    expect(connect?.split(' ').filter((source) => source.startsWith('https://'))).to.deep.equal([
      'https://interview-media.s3.us-east-1.amazonaws.com',
      'https://cognito-idp.us-east-1.amazonaws.com',
      `https://${String(domain)}.auth.us-east-1.amazoncognito.com`,
    ]);
  });

  it('knows no page of this machine in prod, and its own name where it has one', async () => {
    const prod = await capture(deploy, {
      stack: 'prod',
      config: {
        ...pinnedConfigOf('prod'),
        'greenroom:siteDomain': 'practice.example.com',
        'greenroom:siteCertificateArn':
          'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-1111-2222-333344445555',
        'greenroom:recordingLimitSeconds': '600',
      },
    });
    expect(corsOf(prod)[0]?.allowedOrigins).to.deep.equal(['https://practice.example.com']);
    expect(only(prod, clientType).inputs).to.deep.include({
      callbackUrls: ['https://practice.example.com/signed-in'],
      logoutUrls: ['https://practice.example.com/'],
    });
    expect(configOf(prod).recordingLimitSeconds).to.equal(600);
    expect(prod.outputs['SiteUrl']).to.equal('https://practice.example.com/');
    const texts = prod.resources.map(({ inputs }) => JSON.stringify(inputs));
    expect(texts.filter((text) => text.includes('localhost'))).to.deep.equal([]);
  });

  it('gives functions that check tokens the pool and the client, and no others (A29, A31)', () => {
    const knowing = ofType(stack, 'aws:lambda/function:Function').filter(({ inputs }) =>
      JSON.stringify(inputs['environment']).includes('USER_POOL_CLIENT_ID'),
    );
    expect(knowing.map(({ name }) => name)).to.deep.equal(
      ['create-upload', 'keep-preferences', 'read-records', 'remove-records'].map(
        (name) => `interview-${name}`,
      ),
    );
    for (const { inputs } of knowing)
      expect((inputs['environment'] as { variables: object }).variables).to.include({
        USER_POOL_ID: 'interview-users-id',
        USER_POOL_CLIENT_ID: 'interview-site-sign-in-id',
      });
  });
});
