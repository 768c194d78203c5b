// How does the app sign users in? As a client without a secret, by authorization code and PKCE.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { apiScope, signedInPath } from '../domain/api/sign-in.ts';
import type { Monitoring } from './operations/monitoring.ts';
import { ResourceAlarms } from './operations/resource-alarms.ts';
import type { UserPool } from './user-pool.ts';

export interface SignInClientArgs {
  readonly users: UserPool;
  /** Origins of the pages that users come back to: `https://example.com`. */
  readonly siteOrigins: readonly pulumi.Input<string>[];
  readonly monitoring: Monitoring;
}

/**
 * Tokens are good for an hour, and are renewed for 30 days; signing out revokes the right to renew them. Whether an
 * address has an account is not told when signing in or asking for a new password.
 */
export class SignInClient extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;

  constructor(name: string, args: SignInClientArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:SignInClient', name, {}, opts);
    const pages = (path: string) => args.siteOrigins.map((origin) => pulumi.interpolate`${origin}${path}`);
    const client = new aws.cognito.UserPoolClient(
      name,
      {
        userPoolId: args.users.id,
        // A page cannot keep a secret.
        generateSecret: false,
        allowedOauthFlowsUserPoolClient: true,
        allowedOauthFlows: ['code'],
        // Without `aws.cognito.signin.user.admin` a stolen token cannot change its account.
        allowedOauthScopes: [apiScope],
        supportedIdentityProviders: ['COGNITO'],
        callbackUrls: pages(signedInPath),
        logoutUrls: pages('/'),
        // Passwords are for the pages of managed login and no other.
        explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
        preventUserExistenceErrors: 'ENABLED',
        enableTokenRevocation: true,
        accessTokenValidity: 1,
        idTokenValidity: 1,
        refreshTokenValidity: 30,
        tokenValidityUnits: { accessToken: 'hours', idToken: 'hours', refreshToken: 'days' },
        readAttributes: ['email', 'email_verified'],
        writeAttributes: ['email'],
      },
      { parent: this },
    );
    new aws.cognito.ManagedLoginBranding(
      name,
      // Managed login shows no page without a style, not even its own.
      { userPoolId: args.users.id, clientId: client.id, useCognitoProvidedValues: true },
      { parent: this },
    );
    new ResourceAlarms(
      name,
      {
        kind: 'user-pool',
        dimensions: { UserPool: args.users.id, UserPoolClient: client.id },
        monitoring: args.monitoring,
      },
      { parent: this },
    );
    this.id = client.id;
    this.registerOutputs({ id: this.id });
  }
}
