// What does a user pool sign? Access and ID tokens with Cognito's own claims.
import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT, type JSONWebKeySet } from 'jose';
import { region } from './server.ts';

export interface PoolUser {
  readonly email: string;
  readonly password: string;
  /** UUID, as the pool gave it. */
  readonly sub: string;
}

export interface SignedIn {
  readonly user: PoolUser;
  /** Seconds since 1970; renewed tokens carry the same. */
  readonly authTime: number;
}

export interface PoolTokens {
  /** What the pool publishes as `/.well-known/jwks.json`. */
  readonly keys: JSONWebKeySet;
  readonly accessToken: (session: SignedIn, lifetimeSeconds: number) => Promise<string>;
  readonly idToken: (session: SignedIn, lifetimeSeconds: number) => Promise<string>;
  /** What API Gateway's authorizer of type COGNITO_USER_POOLS asks: of this pool, good now, with the scope. */
  readonly isAuthorized: (authorization: string | undefined) => Promise<boolean>;
}

interface PoolNames {
  readonly userPoolId: string;
  readonly clientId: string;
}

/** Amazon Cognito Developer Guide, "Understanding the access token" and "… the identity token". */
export async function createPoolTokens({ userPoolId, clientId }: PoolNames): Promise<PoolTokens> {
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
  const pair = await generateKeyPair('RS256');
  const kid = randomUUID();
  const keys = { keys: [{ ...(await exportJWK(pair.publicKey)), kid, alg: 'RS256', use: 'sig' }] };
  const keyOf = createLocalJWKSet(keys);
  const sign = ({ user, authTime }: SignedIn, lifetimeSeconds: number, claims: object): Promise<string> =>
    new SignJWT({ ...claims, auth_time: authTime, event_id: randomUUID(), jti: randomUUID() })
      .setProtectedHeader({ alg: 'RS256', kid })
      .setSubject(user.sub)
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime(`${String(lifetimeSeconds)}s`)
      .sign(pair.privateKey);
  return {
    keys,
    accessToken: (session, lifetimeSeconds) =>
      sign(session, lifetimeSeconds, {
        token_use: 'access',
        client_id: clientId,
        scope: 'openid',
        username: session.user.sub,
        version: 2,
      }),
    idToken: (session, lifetimeSeconds) =>
      sign(session, lifetimeSeconds, {
        token_use: 'id',
        aud: clientId,
        email: session.user.email,
        email_verified: true,
        'cognito:username': session.user.sub,
      }),
    async isAuthorized(authorization) {
      const token = authorization?.replace(/^Bearer /, '') ?? '';
      const verified = await jwtVerify(token, keyOf, { issuer, algorithms: ['RS256'] }).catch(() => null);
      const { token_use: use, scope } = verified?.payload ?? {};
      return use === 'access' && typeof scope === 'string' && scope.split(' ').includes('openid');
    },
  };
}
