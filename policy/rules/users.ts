// What must be true of the users' accounts, and of how they sign in?
import { keepsData } from '../disposable-stacks.ts';
import { prerequisites } from '../neighbours.ts';
import { at, input, isGiven, listOf, numberOf, textOf, textsOf } from '../read.ts';
import { type Rule, unless } from '../rule.ts';

export const userPool = 'aws:cognito/userPool:UserPool';
const client = 'aws:cognito/userPoolClient:UserPoolClient';
const authorizer = 'aws:apigateway/authorizer:Authorizer';

/** An address with a host that is written out, and without a query. */
const ownPage = /^https:\/\/[a-z0-9.-]+\.[a-z]+(?::\d+)?\/[\w/-]*$/;

const isOwnPage =
  (stack: string) =>
  (url: string): boolean =>
    ownPage.test(url) || (!keepsData(stack) && url.startsWith('http://localhost:'));

/** Ways to sign in that send the password through the app or prove nothing. */
const passwordFlows = new Set([
  'ADMIN_NO_SRP_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'USER_PASSWORD_AUTH',
]);

export const userRules: readonly Rule[] = [
  {
    name: 'passwords-are-strong',
    asks: 'Passwords have at least twelve characters of four kinds; a temporary one is good for a week at most.',
    why: 'Short ones are guessed from lists of stolen passwords.',
    sources: ['FSBP Cognito.3', 'AwsSolutions-COG1'],
    severity: 'high',
    scope: 'resource',
    types: [userPool],
    check: (resource) => {
      const policy = 'passwordPolicy';
      const kinds = ['Lowercase', 'Uppercase', 'Numbers', 'Symbols'];
      return [
        ...unless((numberOf(resource, `${policy}.minimumLength`) ?? 0) >= 12, 'takes short passwords'),
        ...kinds
          .filter((kind) => input(resource, `${policy}.require${kind}`) !== true)
          .map((kind) => `takes passwords without ${kind.toLowerCase()}`),
        ...unless(
          (numberOf(resource, `${policy}.temporaryPasswordValidityDays`) ?? 7) <= 7,
          'lets temporary passwords live longer than a week',
        ),
      ];
    },
  },
  {
    name: 'second-factor-possible',
    asks: 'Users can have an authenticator app as a second factor; text messages are not one.',
    why: 'A password that is known elsewhere would be enough; text messages are stolen with the number, and cost.',
    sources: ['FSBP Cognito.5'],
    severity: 'medium',
    scope: 'resource',
    types: [userPool],
    check: (resource) => [
      ...unless(
        ['ON', 'OPTIONAL'].includes(textOf(resource, 'mfaConfiguration') ?? '') &&
          input(resource, 'softwareTokenMfaConfiguration.enabled') === true,
        'has no second factor',
      ),
      ...unless(!isGiven(resource, 'smsConfiguration'), 'sends text messages'),
    ],
  },
  {
    name: 'addresses-are-confirmed',
    asks: 'An e-mail address is confirmed before it counts, also a new one.',
    why: 'Whoever types somebody else’s address would get that person’s account back.',
    sources: [],
    severity: 'high',
    scope: 'resource',
    types: [userPool],
    check: (resource) => [
      ...unless(textsOf(resource, 'autoVerifiedAttributes').includes('email'), 'does not confirm addresses'),
      ...unless(
        textsOf(resource, 'userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdates').includes(
          'email',
        ),
        'takes a new address unconfirmed',
      ),
      ...unless(
        listOf(input(resource, 'accountRecoverySetting.recoveryMechanisms')).every(
          (mechanism) => at(mechanism, 'name') === 'verified_email',
        ),
        'gives accounts back without a confirmed address',
      ),
    ],
  },
  {
    name: 'users-undeletable',
    asks: 'Every user pool refuses to be deleted.',
    why: 'Nobody could sign in any more, and nobody’s records would have an owner.',
    sources: ['FSBP Cognito.6'],
    severity: 'high',
    scope: 'resource',
    types: [userPool],
    check: (resource) => unless(textOf(resource, 'deletionProtection') === 'ACTIVE', 'can be deleted'),
  },
  {
    name: 'users-are-not-told',
    asks: 'Signing in does not tell whether an address has an account.',
    why: 'Whoever asks for thousands of addresses would learn who practises here.',
    sources: [],
    severity: 'high',
    scope: 'resource',
    types: [client],
    check: (resource) =>
      unless(textOf(resource, 'preventUserExistenceErrors') === 'ENABLED', 'tells who has an account'),
  },
  {
    name: 'sign-in-by-code',
    asks: 'The app signs users in by authorization code; never by the implicit flow, with passwords of its own, or with a secret in the page.',
    why: 'Tokens in addresses end up in histories and logs; what is in the page is no secret.',
    sources: [],
    severity: 'critical',
    scope: 'resource',
    types: [client],
    check: (resource) => [
      ...unless(
        textsOf(resource, 'allowedOauthFlows').join(' ') === 'code',
        `signs in by ${textsOf(resource, 'allowedOauthFlows').join(', ')}`,
      ),
      ...unless(
        !textsOf(resource, 'explicitAuthFlows').some((flow) => passwordFlows.has(flow)),
        'takes passwords itself',
      ),
      ...unless(input(resource, 'generateSecret') !== true, 'has a secret'),
    ],
  },
  {
    name: 'sign-in-comes-back-to-us',
    asks: 'After signing in or out users come back to HTTPS addresses that are written out; where no data is kept, a developer’s own machine is one too.',
    why: 'Whoever owns another address in the list gets the code, and with it the account.',
    sources: [],
    severity: 'critical',
    scope: 'resource',
    types: [client],
    check: (resource, { stack }) =>
      ['callbackUrls', 'logoutUrls'].flatMap((name) => {
        const urls = textsOf(resource, name);
        if (urls.length === 0) return [`has no ${name}`];
        return unless(urls.every(isOwnPage(stack)), `has ${name} that anybody could own`);
      }),
  },
  {
    name: 'tokens-are-short-lived',
    asks: 'Access and ID tokens are good for an hour at most, can be revoked, and cannot change the account.',
    why: 'A stolen token works until it expires; with the scope of the account it could take the account over.',
    sources: [],
    severity: 'high',
    scope: 'resource',
    types: [client],
    check: (resource) => [
      ...['access', 'id'].flatMap((kind) => {
        const unit = textOf(resource, `tokenValidityUnits.${kind}Token`) ?? 'hours';
        const minutes = { seconds: 1 / 60, minutes: 1, hours: 60 }[unit] ?? Infinity;
        const validity = numberOf(resource, `${kind}TokenValidity`) ?? 1;
        return unless(validity * minutes <= 60, `gives ${kind} tokens for more than an hour`);
      }),
      ...unless(input(resource, 'enableTokenRevocation') === true, 'cannot revoke tokens'),
      ...unless(
        !textsOf(resource, 'allowedOauthScopes').includes('aws.cognito.signin.user.admin'),
        'lets tokens change the account',
      ),
    ],
  },
  {
    name: 'api-trusts-our-users',
    asks: 'An API lets in holders of a token of the stack’s own user pool, shown in the header Authorization.',
    why: 'Tokens of another pool are made by somebody else.',
    sources: ['AwsSolutions-COG4'],
    severity: 'critical',
    scope: 'stack',
    types: [authorizer],
    check: (resource, graph) => [
      ...unless(textOf(resource, 'type') === 'COGNITO_USER_POOLS', 'asks something else than a user pool'),
      ...unless(
        textOf(resource, 'identitySource') === 'method.request.header.Authorization',
        'takes tokens from another place than the header Authorization',
      ),
      ...unless(
        prerequisites(graph, resource, userPool).length === 1 &&
          listOf(input(resource, 'providerArns')).length === 1,
        'trusts a pool that is not ours',
      ),
    ],
  },
];
