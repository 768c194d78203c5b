// Who signed in to the Cognito user pool? Access tokens, checked without asking Cognito.
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwkValidationError, JwksValidationError, JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { TemporaryFailure } from '../../domain/errors.ts';
import { userIdSchema, type UserId } from '../../domain/ids.ts';
import type { Identity } from '../contracts.ts';
import { guarded } from './errors.ts';

export interface IdentityOptions {
  /** `us-east-1_Ab1Cd2Ef3`: names the issuer, and where its public keys are. */
  readonly userPoolId: string;
  /** The app client that tokens must be made for. */
  readonly clientId: string;
  /** Fetches the issuer's public keys; default: over HTTPS, twice, 3 s each. */
  readonly fetchKeys?: (address: string) => Promise<ArrayBuffer>;
}

/** Cognito's tokens have about 1,000 characters; API Gateway takes headers of 10,240 bytes. */
const bearer = /^Bearer ([\w-]{1,8000}\.[\w-]{1,8000}\.[\w-]{1,8000})$/i;

/** The public keys did not come, or are none: that is no word about the token. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof FetchError || error instanceof JwksValidationError || error instanceof JwkValidationError;

/** Whatever goes wrong with fetching is told apart from whatever is wrong with a token. */
const fetcherOf = (fetchKeys: NonNullable<IdentityOptions['fetchKeys']>) => ({
  fetch: async (address: string): Promise<ArrayBuffer> => {
    try {
      return await fetchKeys(address);
    } catch (error) {
      throw new FetchError(address, String(error));
    }
  },
});

/**
 * Users of a pool, by the `sub` of their access tokens: RS256 with a key of the issuer, the right issuer and client,
 * begun and not over. Keys are fetched once and again for one that is unknown, at most every 10 s.
 *
 * The keys cannot be had: `TemporaryFailure` (UPSTREAM), not "please sign in". A token that was revoked, or whose user
 * is gone, stays good until its time is over.
 */
export function createIdentity({ userPoolId, clientId, fetchKeys }: IdentityOptions): Identity {
  const cache = new SimpleJwksCache(fetchKeys ? { fetcher: fetcherOf(fetchKeys) } : {});
  const verifier = CognitoJwtVerifier.create(
    { userPoolId, clientId, tokenUse: 'access' },
    { jwksCache: cache },
  );
  const userOf = async (token: string): Promise<UserId | null> => {
    try {
      const { sub, exp } = await verifier.verify(token);
      // The verifier lets a token pass that never ends; Cognito makes none.
      return typeof exp === 'number' ? (userIdSchema.safeParse(sub).data ?? null) : null;
    } catch (error) {
      if (isUnreachable(error))
        throw new TemporaryFailure('UPSTREAM', 'The keys of the issuer cannot be had.', { cause: error });
      if (error instanceof JwtBaseError) return null;
      throw error;
    }
  };
  return {
    userOf: (authorization) =>
      guarded('Checking a token', async () => {
        const token = authorization === null ? undefined : bearer.exec(authorization)?.[1];
        return token === undefined ? null : userOf(token);
      }),
  };
}
