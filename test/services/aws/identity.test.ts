// Which tokens does a Cognito user pool’s client accept (A50, A59)? Signed here, checked as in a deployment.
import { expect } from 'chai';
import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { userIdSchema } from '../../../domain/ids.ts';
import { createIdentity } from '../../../services/aws/identity.ts';
import type { Identity } from '../../../services/contracts.ts';
import { describeIdentity } from '../contracts/identity.ts';
import { thrownBy } from '../contracts/object-store.ts';

const userPoolId = 'us-east-1_Ab1Cd2Ef3';
const clientId = '1example23456789abcdefghij';
const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${userPoolId}`;
const userId = '0b1c2d3e-1111-2222-3333-444455556666';

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const own = rsa();
const foreign = rsa();

const now = (): number => Math.floor(Date.now() / 1000);
/** What Cognito writes into an access token. */
const claims = (): JWTPayload => ({
  sub: userId,
  iss: issuer,
  client_id: clientId,
  token_use: 'access',
  scope: 'openid',
  username: userId,
  iat: now(),
  exp: now() + 3600,
});

const signed = (
  payload: JWTPayload,
  { key = own.privateKey, kid = 'own' }: { key?: KeyObject; kid?: string } = {},
) => new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(key);

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token whose "signature" is made with the public key as if it were a secret that both sides share. */
async function signedWithPublicKey(): Promise<string> {
  const secret = own.publicKey.export({ type: 'spki', format: 'pem' });
  const body = `${encoded({ alg: 'HS256', kid: 'own' })}.${encoded(claims())}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

/** A good token with other words in it, and the signature that the first ones had. */
async function tampered(change: JWTPayload): Promise<string> {
  const [header, , signature] = (await signed(claims())).split('.');
  return [header, encoded({ ...claims(), ...change }), signature].join('.');
}

/** A good token whose header says something else of how it is signed. */
async function relabelled(header: object): Promise<string> {
  const [, payload, signature] = (await signed(claims())).split('.');
  return [encoded(header), payload, signature].join('.');
}

const without = (name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims()).filter(([claim]) => claim !== name));

describe('a token of a Cognito user pool', () => {
  let server: Server;
  let identity: Identity;
  let asked: string[];
  let answer: { status: number; body: string };

  beforeEach(async () => {
    asked = [];
    const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
    answer = { status: 200, body: JSON.stringify({ keys: [jwk] }) };
    server = createServer((_request, response) => response.writeHead(answer.status).end(answer.body));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    identity = createIdentity({
      userPoolId,
      clientId,
      fetchKeys: async (address) => {
        asked.push(address);
        return (await fetch(`http://127.0.0.1:${String(port)}/`)).arrayBuffer();
      },
    });
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('names its user, and its issuer’s keys are fetched once', async () => {
    const token = await signed(claims());
    expect(await identity.userOf(`Bearer ${token}`)).to.equal(userId);
    expect(await identity.userOf(`bearer ${token}`)).to.equal(userId);
    expect(asked).to.deep.equal([`${issuer}/.well-known/jwks.json`]);
  });

  const headers: readonly (readonly [string, (token: string) => string | null])[] = [
    ['without a header', () => null],
    ['in an empty header', () => ''],
    ['without a scheme', (token) => token],
    ['in the scheme of a password', (token) => `Basic ${token}`],
    ['twice in a header', (token) => `Bearer ${token}, Bearer ${token}`],
    ['without a signature', (token) => `Bearer ${token.split('.').slice(0, 2).join('.')}.`],
    ['with a fourth part', (token) => `Bearer ${token}.e30`],
    ['of a hundred thousand characters', (token) => `Bearer ${token}${'A'.repeat(100_000)}`],
  ];
  for (const [what, header] of headers) {
    it(`is nobody’s ${what}`, async () => {
      expect(await identity.userOf(header(await signed(claims())))).to.equal(null);
    });
  }

  const otherPool = issuer.replace('Ab1', 'Zz9');
  const bad: readonly (readonly [string, () => string | Promise<string>])[] = [
    ['expired', () => signed({ ...claims(), exp: now() - 1 })],
    ['never expires', () => signed(without('exp'))],
    ['is not valid yet', () => signed({ ...claims(), nbf: now() + 60 })],
    ['is of another issuer', () => signed({ ...claims(), iss: 'https://example.com' })],
    ['is of another pool', () => signed({ ...claims(), iss: otherPool })],
    ['names no issuer', () => signed(without('iss'))],
    ['is for another client', () => signed({ ...claims(), client_id: 'another' })],
    ['is for no client', () => signed(without('client_id'))],
    [
      'names us as audience, and another client',
      () => signed({ ...claims(), client_id: 'b', aud: clientId }),
    ],
    ['is an id token', () => signed({ ...claims(), token_use: 'id', aud: clientId })],
    ['is of no use', () => signed(without('token_use'))],
    ['is not signed', () => new UnsecuredJWT(claims()).encode()],
    ['says that it is not signed, and is', () => relabelled({ alg: 'none', kid: 'own' })],
    ['says that it is signed otherwise', () => relabelled({ alg: 'PS256', kid: 'own' })],
    ['is signed with the public key as a secret', signedWithPublicKey],
    ['is signed with a foreign key', () => signed(claims(), { key: foreign.privateKey })],
    ['is signed with a key that nobody knows', () => signed(claims(), { kid: 'unknown' })],
    ['names no key', () => relabelled({ alg: 'RS256' })],
    [
      'brings its own key',
      async () => relabelled({ alg: 'RS256', kid: 'x', jwk: await exportJWK(foreign.publicKey) }),
    ],
    ['was given another user', () => tampered({ sub: 'somebody-else' })],
    ['was given another time', () => tampered({ exp: now() + 9999 })],
    ['names a user that could be a path', () => signed({ ...claims(), sub: '../other' })],
    ['names no user', () => signed(without('sub'))],
    ['is no JSON', () => 'abc.def.ghi'],
  ];
  for (const [what, make] of bad) {
    it(`is nobody’s when it ${what}`, async () => {
      expect(await identity.userOf(`Bearer ${await make()}`)).to.equal(null);
    });
  }

  it('is nobody’s with any letter of its signature changed', async () => {
    const token = await signed(claims());
    const start = token.lastIndexOf('.') + 1;
    // The last letter stands for two bits that count and four that do not.
    for (let at = start; at < token.length - 1; at += 7) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(await identity.userOf(`Bearer ${changed}`), String(at)).to.equal(null);
    }
  });

  it('with an unknown key lets the keys be fetched again only after a while', async () => {
    for (const kid of ['one', 'two', 'three', 'four'])
      expect(await identity.userOf(`Bearer ${await signed(claims(), { kid })}`)).to.equal(null);
    expect(asked).to.have.length(1);
    expect(await identity.userOf(`Bearer ${await signed(claims())}`)).to.equal(userId);
  });

  for (const [what, body] of [
    ['no JSON', '<html>busy</html>'],
    ['no keys', '{"keys":"none"}'],
    ['nothing', ''],
  ] as const) {
    it(`is not judged when the issuer answers with ${what}`, async () => {
      answer.body = body;
      const error = await thrownBy(identity.userOf(`Bearer ${await signed(claims())}`));
      expect(error).to.include({ name: 'TemporaryFailure', code: 'UPSTREAM' });
    });
  }
});

describe('a token of a pool whose keys cannot be had', () => {
  it('is not judged, and the next one is asked for anew', async () => {
    let tries = 0;
    const identity = createIdentity({
      userPoolId,
      clientId,
      fetchKeys: () => {
        tries += 1;
        return Promise.reject(new TypeError('fetch failed'));
      },
    });
    for (const _ of [1, 2]) {
      const error = await thrownBy(identity.userOf(`Bearer ${await signed(claims())}`));
      expect(error).to.include({ name: 'TemporaryFailure', code: 'UPSTREAM' });
    }
    expect(tries).to.equal(2);
  });

  it('of a foreign issuer is refused without asking anybody', async () => {
    const identity = createIdentity({
      userPoolId,
      clientId,
      fetchKeys: () => Promise.reject(new Error('asked')),
    });
    const token = await signed({ ...claims(), iss: 'https://example.com' });
    expect(await identity.userOf(`Bearer ${token}`)).to.equal(null);
  });
});

describeIdentity('A Cognito user pool', async () => {
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
  const keys = new TextEncoder().encode(JSON.stringify({ keys: [jwk] })).buffer;
  return {
    identity: createIdentity({ userPoolId, clientId, fetchKeys: () => Promise.resolve(keys) }),
    token: await signed(claims()),
    userId: userIdSchema.parse(userId),
    refused: {
      'is over': await signed({ ...claims(), exp: now() - 1 }),
      'has not begun': await signed({ ...claims(), nbf: now() + 60 }),
      'is for another client': await signed({ ...claims(), client_id: 'another' }),
      'is not signed': new UnsecuredJWT(claims()).encode(),
    },
  };
});
