// Who signs in to the test server's user pools? Anybody whom this issuer's own key says so.
import { exportJWK, generateKeyPair, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { region } from './server.ts';

/** The app client of every pool. */
export const clientId = 'abcdefghijklmnopqrstuvwxyz';
const kid = 'key-of-the-tests';

const keys = generateKeyPair('RS256', { extractable: true });

/** What Cognito serves as `/.well-known/jwks.json`. */
export async function fetchKeys(): Promise<ArrayBuffer> {
  const jwk = await exportJWK((await keys).publicKey);
  const text = JSON.stringify({ keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] });
  return new TextEncoder().encode(text).buffer;
}

/** An `Authorization` header as a signed-in page sends it; good for an hour. */
export async function authorizationOf(userPoolId: string, userId: string): Promise<string> {
  const header: JWTHeaderParameters = { alg: 'RS256', kid };
  const payload: JWTPayload = { token_use: 'access', client_id: clientId, scope: 'openid', username: userId };
  const token = await new SignJWT(payload)
    .setProtectedHeader(header)
    .setSubject(userId)
    .setIssuer(`https://cognito-idp.${region}.amazonaws.com/${userPoolId}`)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign((await keys).privateKey);
  return `Bearer ${token}`;
}
