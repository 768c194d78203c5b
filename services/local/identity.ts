// Who asks on this machine? Its one user, if the request carries the session's token.
import { createHash, timingSafeEqual } from 'node:crypto';
import { userIdSchema, type UserId } from '../../domain/ids.ts';
import type { Identity } from '../contracts.ts';
import { readOrMakeToken } from './secret.ts';

/** The one user of this machine. */
export const localUser: UserId = userIdSchema.parse('local');

/** RFC 6750; the name of the scheme is not case-sensitive (RFC 9110). */
const bearerPattern = /^bearer +([A-Za-z0-9._~+/=-]+)$/i;

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * `localUser` for `Bearer` with this token, else `null`. Digests are compared, in constant time: how long it takes
 * tells neither the token's length nor how much of a guess was right.
 */
export function createSessionIdentity({ token }: { readonly token: string }): Identity {
  const expected = digestOf(token);
  return {
    userOf: (authorization) => {
      const given = bearerPattern.exec(authorization ?? '')?.[1];
      const isOurs = given !== undefined && timingSafeEqual(digestOf(given), expected);
      return Promise.resolve(isOurs ? localUser : null);
    },
  };
}

/** The session's token in the file: 43 characters, safe in an address; made when there is none, so a restart keeps it. */
export const readOrMakeSessionToken = (path: string): Promise<string> => readOrMakeToken(path);
