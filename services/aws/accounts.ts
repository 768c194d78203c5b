// How does an account of a Cognito user pool go?
import {
  AdminDeleteUserCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Accounts } from '../contracts.ts';
import { brief, clientOptions } from './clients.ts';
import { guarded } from './errors.ts';

export interface AccountsOptions {
  readonly userPoolId: string;
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: CognitoIdentityProviderClient;
}

/**
 * Accounts of a pool whose users sign in with their e-mail address. There Cognito makes the username itself, and the
 * API takes the `sub` of a user in its place (API reference, AdminDeleteUser, "Username"). Tokens that were issued
 * before stay valid until their time is over, at most an hour; what they could reach is gone.
 */
export function createAccounts({
  userPoolId: UserPoolId,
  client = new CognitoIdentityProviderClient(clientOptions(brief)),
}: AccountsOptions): Accounts {
  return {
    remove: (userId) =>
      guarded('Deleting the account', async () => {
        try {
          await client.send(new AdminDeleteUserCommand({ UserPoolId, Username: userId }));
          return true;
        } catch (error) {
          if (error instanceof UserNotFoundException) return false;
          throw error;
        }
      }),
  };
}
