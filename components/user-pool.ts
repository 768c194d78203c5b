// Who are the users of a system, and where do they sign in? A Cognito user pool with the pages of its managed login.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { createHash } from 'node:crypto';
import { type Durability, durable } from './durability.ts';

export interface UserPoolArgs {
  /** Twelve digits. */
  readonly accountId: pulumi.Input<string>;
  readonly region: string;
  readonly durability: Durability;
  /** Whether anybody may make an account; otherwise operators invite users. */
  readonly selfSignUp: boolean;
  /**
   * `required`: managed login asks everybody to set up an authenticator app, and for its code ever after; `optional`: it
   * asks those who have one for its code, and offers none to the others.
   */
  readonly secondFactor: 'optional' | 'required';
}

/**
 * Accounts by e-mail address, which is confirmed, and by which a forgotten password is replaced. Passwords have twelve
 * characters of four kinds (Security Hub, Cognito.3), second factors are authenticator apps. No SMS is ever sent.
 */
export class UserPool extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** Issuer of the tokens, an address below which the discovery document is. */
  readonly issuer: pulumi.Output<string>;
  /** Origin of that address. */
  readonly issuerOrigin: string;
  /** Origin of the pages to sign in and out on, once they exist. */
  readonly signInOrigin: pulumi.Output<string>;

  constructor(name: string, args: UserPoolArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:UserPool', name, {}, opts);
    const pool = new aws.cognito.UserPool(
      name,
      {
        ...accounts,
        adminCreateUserConfig: { allowAdminCreateUserOnly: !args.selfSignUp },
        mfaConfiguration: args.secondFactor === 'required' ? 'ON' : 'OPTIONAL',
        softwareTokenMfaConfiguration: { enabled: true },
        // Managed login, which speaks the app's languages, begins with this plan; ten thousand users a month are free.
        userPoolTier: 'ESSENTIALS',
        deletionProtection: args.durability === 'kept' ? 'ACTIVE' : 'INACTIVE',
      },
      { parent: this, ...durable(args.durability) },
    );
    const domain = new aws.cognito.UserPoolDomain(
      name,
      { userPoolId: pool.id, domain: domainPrefix(args.accountId), managedLoginVersion: 2 },
      // One pool has one domain, and one domain one pool.
      { parent: this, deleteBeforeReplace: true },
    );
    this.id = pool.id;
    this.arn = pool.arn;
    this.issuerOrigin = `https://cognito-idp.${args.region}.amazonaws.com`;
    this.issuer = pulumi.interpolate`${this.issuerOrigin}/${pool.id}`;
    this.signInOrigin = pulumi.interpolate`https://${domain.domain}.auth.${args.region}.amazoncognito.com`;
    this.registerOutputs({
      id: this.id,
      arn: this.arn,
      issuer: this.issuer,
      signInOrigin: this.signInOrigin,
    });
  }
}

/** What is the same in every stack. */
const accounts: aws.cognito.UserPoolArgs = {
  usernameAttributes: ['email'],
  usernameConfiguration: { caseSensitive: false },
  autoVerifiedAttributes: ['email'],
  // Until a new address is confirmed, the old one counts.
  userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ['email'] },
  accountRecoverySetting: { recoveryMechanisms: [{ name: 'verified_email', priority: 1 }] },
  passwordPolicy: {
    minimumLength: 12,
    requireLowercase: true,
    requireUppercase: true,
    requireNumbers: true,
    requireSymbols: true,
    temporaryPasswordValidityDays: 7,
  },
};

/** Unique among all stacks of all accounts of AWS in the region, and without the account's number, which users would see. */
const domainPrefix = (accountId: pulumi.Input<string>): pulumi.Output<string> =>
  pulumi.output(accountId).apply((id) => {
    const owner = createHash('sha256').update(`greenroom ${id}`).digest('hex').slice(0, 10);
    return `${pulumi.getProject()}-${pulumi.getStack()}-${owner}`;
  });
