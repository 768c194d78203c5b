// How do tests have an issuer of tokens? One that lives in the browser's network, and signs everybody in at once.
import { createHash, randomUUID } from 'node:crypto';
import type { BrowserContext, Route } from 'playwright-core';

export const issuerUrl = 'https://issuer.example';

type Fields = { readonly [name: string]: string };

export interface Issuer {
  readonly answerFor: (context: BrowserContext) => Promise<void>;
  /** The token that is good now; empty when none is. */
  readonly accessToken: () => string;
  /** Seconds that the next token is good for; those that a refresh gives are always good for an hour. */
  readonly setLifetime: (seconds: number) => void;
  /** Makes every token worthless, the one to renew with included. */
  readonly revoke: () => void;
  readonly authorizations: readonly Fields[];
  readonly exchanges: readonly Fields[];
  readonly signOuts: readonly Fields[];
}

const discovery = {
  issuer: issuerUrl,
  authorization_endpoint: `${issuerUrl}/authorize`,
  token_endpoint: `${issuerUrl}/token`,
  revocation_endpoint: `${issuerUrl}/revoke`,
  jwks_uri: `${issuerUrl}/keys`,
};

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const idToken = (nowSeconds: number): string =>
  `${base64({ alg: 'RS256' })}.${base64({ iss: issuerUrl, aud: 'app', sub: 'u-1', iat: nowSeconds, exp: nowSeconds + 3600 })}.c2ln`;

const json = (route: Route, body: unknown, status = 200): Promise<void> =>
  route.fulfill({ status, json: body, headers: { 'access-control-allow-origin': '*' } });
const back = (route: Route, location: string): Promise<void> =>
  route.fulfill({ status: 302, headers: { location } });

export function createIssuer(): Issuer {
  const authorizations: Fields[] = [];
  const exchanges: Fields[] = [];
  const signOuts: Fields[] = [];
  let lifetimeSeconds = 3600;
  let accessToken = '';
  let challenge = '';
  let isRevoked = false;

  function authorize(route: Route, asked: Fields): Promise<void> {
    authorizations.push(asked);
    challenge = asked['code_challenge'] ?? '';
    const code = new URLSearchParams({ code: randomUUID(), state: asked['state'] ?? '' });
    return back(route, `${asked['redirect_uri'] ?? ''}?${code.toString()}`);
  }
  function exchange(route: Route): Promise<void> {
    const given = Object.fromEntries(new URLSearchParams(route.request().postData() ?? ''));
    const verifier = createHash('sha256')
      .update(given['code_verifier'] ?? '')
      .digest('base64url');
    exchanges.push({ ...given, isVerified: verifier === challenge ? 'yes' : 'no' });
    if (isRevoked) return json(route, { error: 'invalid_grant' }, 400);
    accessToken = randomUUID();
    const isRenewal = given['grant_type'] === 'refresh_token';
    return json(route, {
      token_type: 'Bearer',
      access_token: accessToken,
      expires_in: isRenewal ? 3600 : lifetimeSeconds,
      ...(isRenewal ? {} : { refresh_token: randomUUID() }),
      id_token: idToken(Math.floor(Date.now() / 1000)),
    });
  }
  const answer = (route: Route): Promise<void> => {
    const { pathname, searchParams } = new URL(route.request().url());
    const asked = Object.fromEntries(searchParams);
    if (pathname === '/authorize') return authorize(route, asked);
    if (pathname === '/token') return exchange(route);
    if (pathname === '/logout') {
      signOuts.push(asked);
      return back(route, asked['logout_uri'] ?? '');
    }
    return json(route, pathname.endsWith('/openid-configuration') ? discovery : {});
  };
  return {
    answerFor: async (context) => void (await context.route(`${issuerUrl}/**`, answer)),
    accessToken: () => accessToken,
    setLifetime: (seconds) => void (lifetimeSeconds = seconds),
    revoke() {
      isRevoked = true;
      accessToken = '';
    },
    authorizations,
    exchanges,
    signOuts,
  };
}
