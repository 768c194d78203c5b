// Which mistakes in accounts and in signing in do the laws notice?
import { inputs, type Mutant, options, set } from './mutant.ts';

const pool = 'UserPool::interview-users';
const client = 'UserPoolClient::interview-site-sign-in';

const passwords = (change: Readonly<Record<string, unknown>>): Mutant['mutate'] =>
  inputs(pool, ({ passwordPolicy }) => ({ passwordPolicy: { ...(passwordPolicy as object), ...change } }));

const accounts: readonly Mutant[] = [
  { rule: 'passwords-are-strong', change: 'eight characters', mutate: passwords({ minimumLength: 8 }) },
  ...['Lowercase', 'Uppercase', 'Numbers', 'Symbols'].map((kind) => ({
    rule: 'passwords-are-strong',
    change: `passwords without ${kind}`,
    mutate: passwords({ [`require${kind}`]: false }),
  })),
  {
    rule: 'passwords-are-strong',
    change: 'the defaults of Cognito',
    mutate: inputs(pool, () => ({ passwordPolicy: undefined })),
  },
  {
    rule: 'second-factor-possible',
    change: 'no second factor',
    mutate: set(pool, { mfaConfiguration: 'OFF' }),
  },
  {
    rule: 'second-factor-possible',
    change: 'text messages',
    mutate: set(pool, { smsConfiguration: { externalId: 'x', snsCallerArn: 'arn' } }),
  },
  {
    rule: 'addresses-are-confirmed',
    change: 'addresses are believed',
    mutate: set(pool, { autoVerifiedAttributes: [] }),
  },
  {
    rule: 'addresses-are-confirmed',
    change: 'a new address counts at once',
    mutate: inputs(pool, () => ({ userAttributeUpdateSettings: undefined })),
  },
  {
    rule: 'users-undeletable',
    change: 'the pool can be deleted',
    mutate: set(pool, { deletionProtection: 'INACTIVE' }),
  },
  {
    rule: 'data-is-protected',
    change: 'the pool is not protected',
    mutate: options(pool, { protect: false }),
  },
  {
    rule: 'data-stays-behind',
    change: 'the pool goes when it leaves the program',
    mutate: options(pool, { retainOnDelete: false }),
  },
];

const signingIn: readonly Mutant[] = [
  {
    rule: 'users-are-not-told',
    change: 'errors tell who has an account',
    mutate: set(client, { preventUserExistenceErrors: 'LEGACY' }),
  },
  {
    rule: 'sign-in-by-code',
    change: 'tokens in the address',
    mutate: set(client, { allowedOauthFlows: ['code', 'implicit'] }),
  },
  {
    rule: 'sign-in-by-code',
    change: 'passwords through the app',
    mutate: set(client, { explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }),
  },
  { rule: 'sign-in-by-code', change: 'a secret in the page', mutate: set(client, { generateSecret: true }) },
  ...[
    'http://practice.example.com/signed-in',
    'https://*.example.com/signed-in',
    'myapp://signed-in',
    'http://localhost:5173/signed-in',
  ].map((url) => ({
    rule: 'sign-in-comes-back-to-us',
    change: `users come back to ${url}`,
    mutate: inputs(client, ({ callbackUrls }) => ({ callbackUrls: [...(callbackUrls as string[]), url] })),
  })),
  {
    rule: 'sign-in-comes-back-to-us',
    change: 'users come back to nowhere',
    mutate: set(client, { logoutUrls: [] }),
  },
  {
    rule: 'tokens-are-short-lived',
    change: 'tokens for a day',
    mutate: set(client, { accessTokenValidity: 24 }),
  },
  {
    rule: 'tokens-are-short-lived',
    change: 'hours that are days',
    mutate: set(client, { tokenValidityUnits: { accessToken: 'days', idToken: 'hours' } }),
  },
  {
    rule: 'tokens-are-short-lived',
    change: 'signing out revokes nothing',
    mutate: set(client, { enableTokenRevocation: false }),
  },
  {
    rule: 'tokens-are-short-lived',
    change: 'tokens change the account',
    mutate: set(client, { allowedOauthScopes: ['openid', 'aws.cognito.signin.user.admin'] }),
  },
];

const authorizing: readonly Mutant[] = [
  {
    rule: 'api-trusts-our-users',
    change: 'tokens of another pool too',
    mutate: inputs('Authorizer', ({ providerArns }) => ({
      providerArns: [...(providerArns as string[]), 'arn:aws:cognito-idp:us-east-1:210987654321:userpool/x'],
    })),
  },
  {
    rule: 'api-trusts-our-users',
    change: 'tokens in the query, which logs hold',
    mutate: set('Authorizer', { identitySource: 'method.request.querystring.token' }),
  },
  {
    rule: 'api-trusts-our-users',
    change: 'a function of somebody decides',
    mutate: set('Authorizer', { type: 'REQUEST' }),
  },
  {
    rule: 'api-methods-are-operations',
    change: 'an operation for users without a token',
    mutate: set('Method::interview-api-get-records', { authorization: 'NONE' }),
    also: ['api-methods-authorized'],
  },
  {
    rule: 'api-methods-are-operations',
    change: 'ID tokens open the API',
    mutate: set('Method::interview-api-get-records', { authorizationScopes: [] }),
  },
  {
    rule: 'api-methods-are-operations',
    change: 'keys of AWS open an operation for users',
    mutate: set('Method::interview-api-delete-me', { authorization: 'AWS_IAM' }),
  },
  {
    rule: 'api-methods-are-operations',
    change: 'a body of any form',
    mutate: inputs('Method::interview-api-post-records', () => ({ requestModels: undefined })),
  },
  {
    rule: 'api-methods-are-operations',
    change: 'a method that is in no table',
    mutate: set('Method::interview-api-get-records', { httpMethod: 'PATCH' }),
    also: ['api-answers-every-operation'],
  },
  {
    rule: 'api-answers-every-operation',
    change: 'an operation without a method',
    mutate: (graph) => ({
      ...graph,
      resources: graph.resources.filter(({ name }) => name !== 'interview-api-delete-me'),
    }),
  },
];

export const userMutants: readonly Mutant[] = [...accounts, ...signingIn, ...authorizing];
