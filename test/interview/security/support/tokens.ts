// Which tokens may somebody show to the deployed API? Good ones, and all that are not, made as a pool makes them.
import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { exportJWK, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import type { UserId } from '../../../../domain/ids.ts';
import { createIdentity } from '../../../../services/aws/identity.ts';
import type { Identity } from '../../../../services/contracts.ts';

const userPoolId = 'us-east-1_Ab1Cd2Ef3';
const clientId = '1example23456789abcdefghij';
const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${userPoolId}`;

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const own = rsa();
const foreign = rsa();

const seconds = (): number => Math.floor(Date.now() / 1000);

/** What Cognito writes into an access token; good for two hours, so that a cursor may grow old before it. */
const claimsOf = (userId: string): JWTPayload => ({
  sub: userId,
  iss: issuer,
  client_id: clientId,
  token_use: 'access',
  scope: 'openid',
  username: userId,
  iat: seconds(),
  exp: seconds() + 7200,
});

interface Signing {
  readonly key?: KeyObject;
  readonly kid?: string;
}

const signed = (claims: JWTPayload, { key = own.privateKey, kid = 'own' }: Signing = {}): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(key);

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signedWithPublicKey(claims: JWTPayload): string {
  const secret = own.publicKey.export({ type: 'spki', format: 'pem' });
  const body = `${encoded({ alg: 'HS256', kid: 'own' })}.${encoded(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

async function tampered(claims: JWTPayload, change: JWTPayload): Promise<string> {
  const [header, , signature] = (await signed(claims)).split('.');
  return [header, encoded({ ...claims, ...change }), signature].join('.');
}

/** The values of `Authorization`, none or several. */
type Authorization = readonly string[];

/** The deployed authorisation, with the pool's keys at hand instead of behind an address. */
export async function poolIdentity(): Promise<Identity> {
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
  const keys = new TextEncoder().encode(JSON.stringify({ keys: [jwk] })).buffer;
  return createIdentity({ userPoolId, clientId, fetchKeys: () => Promise.resolve(keys) });
}

export const bearerOf = async (userId: UserId): Promise<string> => `Bearer ${await signed(claimsOf(userId))}`;

/** Everything that must be nobody's, by what is wrong with it, made of the owner's own claims. */
export const refusedTokens: {
  readonly [what: string]: (owner: UserId, other: UserId) => Promise<Authorization>;
} = {
  'no header': async () => [],
  'an empty header': async () => [''],
  'an expired token': async (owner) => [`Bearer ${await signed({ ...claimsOf(owner), exp: seconds() - 1 })}`],
  'a token that never ends': async (owner) => {
    const { exp: _none, ...endless } = claimsOf(owner);
    return [`Bearer ${await signed(endless)}`];
  },
  'a token that is not valid yet': async (owner) => [
    `Bearer ${await signed({ ...claimsOf(owner), nbf: seconds() + 60 })}`,
  ],
  'a token of another issuer': async (owner) => [
    `Bearer ${await signed({ ...claimsOf(owner), iss: 'https://issuer.example' })}`,
  ],
  'a token of another pool': async (owner) => [
    `Bearer ${await signed({ ...claimsOf(owner), iss: issuer.replace('Ab1', 'Zz9') })}`,
  ],
  'a token for another client': async (owner) => [
    `Bearer ${await signed({ ...claimsOf(owner), client_id: 'another', aud: clientId })}`,
  ],
  'an id token': async (owner) => [
    `Bearer ${await signed({ ...claimsOf(owner), token_use: 'id', aud: clientId })}`,
  ],
  'a token that nobody signed': async (owner) => [`Bearer ${new UnsecuredJWT(claimsOf(owner)).encode()}`],
  'a token that says that nobody signed it': async (owner) => {
    const [, payload, signature] = (await signed(claimsOf(owner))).split('.');
    return [`Bearer ${[encoded({ alg: 'none', kid: 'own' }), payload, signature].join('.')}`];
  },
  'a token signed with the public key as a secret': async (owner) => [
    `Bearer ${signedWithPublicKey(claimsOf(owner))}`,
  ],
  'a token of another user with the owner’s name in it': async (owner, other) => [
    `Bearer ${await tampered(claimsOf(other), { sub: owner, username: owner })}`,
  ],
  'a token of a key that nobody knows': async (owner) => [
    `Bearer ${await signed(claimsOf(owner), { key: foreign.privateKey, kid: 'unknown' })}`,
  ],
  'a token of a foreign key by our key’s name': async (owner) => [
    `Bearer ${await signed(claimsOf(owner), { key: foreign.privateKey })}`,
  ],
  'the tokens of two users': async (owner, other) => [await bearerOf(owner), await bearerOf(other)],
  'a good token and a bad one': async (owner) => [await bearerOf(owner), 'Bearer a.b.c'],
  'both in one header': async (owner, other) => [`${await bearerOf(owner)}, ${await bearerOf(other)}`],
  'the scheme of a password': async (owner) => [(await bearerOf(owner)).replace('Bearer', 'Basic')],
  'a name and a password': async (owner) => [`Basic ${Buffer.from(`${owner}:password`).toString('base64')}`],
};
