// Can users sign in, and nobody else as one of them?
import { expect } from 'chai';
import { SignInClient } from '../../components/sign-in-client.ts';
import { UserPool, type UserPoolArgs } from '../../components/user-pool.ts';
import { capture, type CapturedStack, only } from './captured-stack.ts';

const cognito = (kind: string): string =>
  `aws:cognito/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;

const poolWith = (changes: Partial<UserPoolArgs> = {}): Promise<CapturedStack> =>
  capture(() => {
    const users = new UserPool('users', {
      accountId: '123456789012',
      region: 'eu-west-1',
      durability: 'disposable',
      selfSignUp: false,
      secondFactor: 'optional',
      ...changes,
    });
    new SignInClient('app', {
      users,
      siteOrigins: ['https://example.com', 'http://localhost:5173'],
      monitoring: { declined: 'a test' },
    });
    return { issuer: users.issuer, signInOrigin: users.signInOrigin };
  });

describe('the users of a system', () => {
  let stack: CapturedStack;
  const inputsOf = (kind: string) => only(stack, cognito(kind)).inputs;
  before(async () => {
    stack = await poolWith();
  });

  it('are known by an e-mail address that they have confirmed, and get back in by it', () => {
    expect(inputsOf('UserPool')).to.deep.include({
      usernameAttributes: ['email'],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ['email'],
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ['email'] },
      accountRecoverySetting: { recoveryMechanisms: [{ name: 'verified_email', priority: 1 }] },
    });
  });

  it('have passwords of twelve characters and four kinds', () => {
    expect(inputsOf('UserPool')['passwordPolicy']).to.deep.equal({
      minimumLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
      temporaryPasswordValidityDays: 7,
    });
  });

  for (const [secondFactor, mfaConfiguration] of [
    ['optional', 'OPTIONAL'],
    ['required', 'ON'],
  ] as const) {
    it(`use an authenticator app as a second factor, which is ${secondFactor}, and never SMS`, async () => {
      const { inputs } = only(await poolWith({ secondFactor }), cognito('UserPool'));
      expect(inputs).to.deep.include({ mfaConfiguration, softwareTokenMfaConfiguration: { enabled: true } });
      expect(Object.keys(inputs).join()).to.not.match(/sms/i);
    });
  }

  for (const selfSignUp of [true, false]) {
    it(`${selfSignUp ? 'make their accounts themselves' : 'are invited by operators'} where the stack says so`, async () => {
      const { inputs } = only(await poolWith({ selfSignUp }), cognito('UserPool'));
      expect(inputs['adminCreateUserConfig']).to.deep.equal({ allowAdminCreateUserOnly: !selfSignUp });
    });
  }

  for (const [durability, kept] of [
    ['kept', true],
    ['disposable', false],
  ] as const) {
    it(`that are ${durability} ${kept ? 'cannot' : 'can'} be deleted with the pool`, async () => {
      const { inputs, protect, retainOnDelete } = only(await poolWith({ durability }), cognito('UserPool'));
      expect([inputs['deletionProtection'], protect, retainOnDelete]).to.deep.equal([
        kept ? 'ACTIVE' : 'INACTIVE',
        kept,
        kept,
      ]);
    });
  }

  it('sign in on pages of the stack’s own, without the account’s number in their address', () => {
    expect(inputsOf('UserPoolDomain')).to.include({ userPoolId: 'users-id', managedLoginVersion: 2 });
    const { domain } = inputsOf('UserPoolDomain');
    // Cognito refuses the names of AWS in a prefix.
    expect(domain)
      .to.match(/^greenroom-dev-[0-9a-f]{10}$/)
      .and.not.match(/aws|amazon|cognito|123456789012/);
    expect(stack.outputs).to.deep.equal({
      issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/users-id',
      signInOrigin: `https://${String(domain)}.auth.eu-west-1.amazoncognito.com`,
    });
  });

  it('sign in on other pages in another account', async () => {
    const other = only(await poolWith({ accountId: '210987654321' }), cognito('UserPoolDomain'));
    expect(other.inputs['domain']).to.not.equal(inputsOf('UserPoolDomain')['domain']);
  });
});

describe('the app as a client of the user pool', () => {
  let stack: CapturedStack;
  const inputsOf = (kind: string) => only(stack, cognito(kind)).inputs;
  before(async () => {
    stack = await poolWith();
  });

  it('has no secret, and gets codes on its own pages only (A84)', () => {
    expect(inputsOf('UserPoolClient')).to.deep.include({
      userPoolId: 'users-id',
      generateSecret: false,
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ['code'],
      allowedOauthScopes: ['openid'],
      supportedIdentityProviders: ['COGNITO'],
      callbackUrls: ['https://example.com/signed-in', 'http://localhost:5173/signed-in'],
      logoutUrls: ['https://example.com/', 'http://localhost:5173/'],
    });
  });

  it('never sees a password, and may not change an account', () => {
    expect(inputsOf('UserPoolClient')).to.deep.include({
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      readAttributes: ['email', 'email_verified'],
      writeAttributes: ['email'],
    });
    expect(JSON.stringify(inputsOf('UserPoolClient'))).to.not.match(/PASSWORD|SRP|signin\.user\.admin/);
  });

  it('has tokens for an hour, renews them for 30 days and can give that right back', () => {
    expect(inputsOf('UserPoolClient')).to.deep.include({
      accessTokenValidity: 1,
      idTokenValidity: 1,
      refreshTokenValidity: 30,
      tokenValidityUnits: { accessToken: 'hours', idToken: 'hours', refreshToken: 'days' },
      enableTokenRevocation: true,
    });
  });

  it('is not told whether an address has an account', () => {
    expect(inputsOf('UserPoolClient')['preventUserExistenceErrors']).to.equal('ENABLED');
  });

  it('has pages to sign in on, which managed login shows only to a client with a style', () => {
    expect(inputsOf('ManagedLoginBranding')).to.deep.equal({
      userPoolId: 'users-id',
      clientId: 'app-id',
      useCognitoProvidedValues: true,
    });
  });
});
