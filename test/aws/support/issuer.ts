// Who signs users in where there is no Cognito? An issuer that the app cannot tell from managed login.
import { createHash, randomUUID } from 'node:crypto';
import { openLoopback, type LoopbackAnswer, type LoopbackRequest } from './loopback.ts';
import type { PoolTokens, PoolUser, SignedIn } from './tokens-of-pool.ts';

export interface IssuerOptions {
  readonly tokens: PoolTokens;
  readonly users: readonly PoolUser[];
  readonly clientId: string;
  /** Compared letter by letter, as the app client of the site lists them. */
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
}

export interface Issuer {
  /** Where the discovery document and the keys are, as `cognito-idp.REGION.amazonaws.com/POOL`. */
  readonly issuerUrl: string;
  /** Where managed login is: a domain of its own. */
  readonly signInOrigin: string;
  /** Kinds of grants that the token endpoint was asked for, and what it said. */
  readonly exchanges: readonly { readonly grantType: string; readonly isGranted: boolean }[];
  /** Refresh tokens that were revoked by the app. */
  readonly revoked: readonly string[];
  /** Seconds that the next tokens are good for; at first an hour. */
  setLifetime(seconds: number): void;
  /** No refresh token that was ever given is good any more, as when an administrator signs a user out. */
  endSessions(): void;
  close(): Promise<void>;
}

interface Asked {
  readonly session: SignedIn;
  readonly redirectUri: string;
  readonly challenge: string;
}

/** Pages of other sites read these answers. */
const readable = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
const json = (status: number, body: object): LoopbackAnswer => ({
  status,
  headers: { ...readable, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const goTo = (location: string, headers: object = {}): LoopbackAnswer => ({
  status: 302,
  headers: { location, ...headers },
});
const page = (status: number, body: string): LoopbackAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><html lang="en"><title>Sign in</title><link rel="icon" href="data:,">${body}</html>`,
});
const form = (problem: string): LoopbackAnswer =>
  page(
    200,
    `<h1>Sign in to your account</h1><p role="alert">${problem}</p><form method="post">
<label>E-mail <input name="email" type="email"></label>
<label>Password <input name="password" type="password"></label>
<button>Sign in</button></form>`,
  );
const fieldsOf = ({ body }: LoopbackRequest): URLSearchParams => new URLSearchParams(body.toString());
const sessionOf = ({ headers }: LoopbackRequest): string =>
  /(?:^|; )cognito=([\w-]+)/.exec(headers.cookie ?? '')?.[1] ?? '';

/** What is wrong with a request to sign in, or `null`; Cognito says it on a page of its own and sends nobody back. */
function faultOf(query: URLSearchParams, { clientId, callbackUrls }: IssuerOptions): string | null {
  if (query.get('client_id') !== clientId) return 'client_id';
  if (!callbackUrls.includes(query.get('redirect_uri') ?? '')) return 'redirect_mismatch';
  if (query.get('response_type') !== 'code') return 'response_type';
  if (query.get('scope') !== 'openid') return 'invalid_scope';
  if ((query.get('state') ?? '') === '') return 'state';
  if (query.get('code_challenge_method') !== 'S256') return 'code_challenge_method';
  return /^[\w-]{43}$/.test(query.get('code_challenge') ?? '') ? null : 'code_challenge';
}

/** The pages of managed login: who is signed in is in a cookie, until they sign out. */
function createPages(options: IssuerOptions, codes: Map<string, Asked>) {
  const sessions = new Map<string, SignedIn>();
  const back = (query: URLSearchParams, session: SignedIn, headers: object = {}): LoopbackAnswer => {
    const code = randomUUID();
    const redirectUri = query.get('redirect_uri') ?? '';
    codes.set(code, { session, redirectUri, challenge: query.get('code_challenge') ?? '' });
    const answer = new URLSearchParams({ code, state: query.get('state') ?? '' });
    return goTo(`${redirectUri}?${answer.toString()}`, headers);
  };
  return {
    authorize(request: LoopbackRequest): LoopbackAnswer {
      const query = request.url.searchParams;
      const fault = faultOf(query, options);
      if (fault !== null) return page(400, `<h1>An error was encountered: ${fault}</h1>`);
      const known = sessions.get(sessionOf(request));
      if (known) return back(query, known);
      if (request.method === 'GET') return form('');
      const given = fieldsOf(request);
      const user = options.users.find(({ email }) => email === given.get('email'));
      if (user === undefined || user.password !== given.get('password'))
        return form('Incorrect username or password.');
      const name = randomUUID();
      const session = { user, authTime: Math.floor(Date.now() / 1000) };
      sessions.set(name, session);
      return back(query, session, { 'set-cookie': `cognito=${name}; Path=/; HttpOnly; SameSite=Lax` });
    },
    logout(request: LoopbackRequest): LoopbackAnswer {
      const query = request.url.searchParams;
      const to = query.get('logout_uri') ?? '';
      if (query.get('client_id') !== options.clientId || !options.logoutUrls.includes(to))
        return page(400, '<h1>An error was encountered with the requested page.</h1>');
      sessions.delete(sessionOf(request));
      return goTo(to);
    },
  };
}

/** The endpoints that the app itself asks. */
function createEndpoints({ tokens, clientId }: IssuerOptions, codes: Map<string, Asked>) {
  const refreshable = new Map<string, SignedIn>();
  const exchanges: { grantType: string; isGranted: boolean }[] = [];
  const revoked: string[] = [];
  let lifetimeSeconds = 3600;

  const tokensFor = async (session: SignedIn): Promise<object> => ({
    access_token: await tokens.accessToken(session, lifetimeSeconds),
    id_token: await tokens.idToken(session, lifetimeSeconds),
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
  });
  const byCode = (given: URLSearchParams): SignedIn | undefined => {
    const asked = codes.get(given.get('code') ?? '');
    // A code is good once, whatever else is wrong with the request.
    codes.delete(given.get('code') ?? '');
    const verifier = createHash('sha256').update(given.get('code_verifier') ?? '');
    const isSame = asked?.redirectUri === given.get('redirect_uri');
    return isSame && verifier.digest('base64url') === asked?.challenge ? asked.session : undefined;
  };
  async function exchange(request: LoopbackRequest): Promise<LoopbackAnswer> {
    const given = fieldsOf(request);
    const grantType = given.get('grant_type') ?? '';
    const isRefresh = grantType === 'refresh_token';
    const isOurs = request.method === 'POST' && given.get('client_id') === clientId;
    const found = isRefresh ? refreshable.get(given.get('refresh_token') ?? '') : byCode(given);
    const session = isOurs ? found : undefined;
    exchanges.push({ grantType, isGranted: session !== undefined });
    if (session === undefined) return json(400, { error: 'invalid_grant' });
    // Without rotation Cognito gives no other refresh token with a renewal.
    if (isRefresh) return json(200, await tokensFor(session));
    const refreshToken = randomUUID();
    refreshable.set(refreshToken, session);
    return json(200, { ...(await tokensFor(session)), refresh_token: refreshToken });
  }
  function revoke(request: LoopbackRequest): LoopbackAnswer {
    const given = fieldsOf(request);
    const token = given.get('token') ?? '';
    if (given.get('client_id') !== clientId || token === '') return json(400, { error: 'invalid_request' });
    if (refreshable.delete(token)) revoked.push(token);
    return { status: 200, headers: readable };
  }
  return {
    exchange,
    revoke,
    exchanges,
    revoked,
    setLifetime: (seconds: number): void => void (lifetimeSeconds = seconds),
    endSessions: (): void => refreshable.clear(),
  };
}

/** Amazon Cognito Developer Guide, "User pool endpoints and managed login reference". */
export async function openIssuer(options: IssuerOptions): Promise<Issuer> {
  const codes = new Map<string, Asked>();
  const pages = createPages(options, codes);
  const endpoints = createEndpoints(options, codes);
  const login = await openLoopback((request) => {
    const { pathname } = request.url;
    if (pathname === '/oauth2/token') return endpoints.exchange(request);
    if (pathname === '/oauth2/revoke') return Promise.resolve(endpoints.revoke(request));
    if (pathname === '/oauth2/authorize') return Promise.resolve(pages.authorize(request));
    return Promise.resolve(pathname === '/logout' ? pages.logout(request) : page(404, 'Not found'));
  });
  const pool = await openLoopback(({ url: { pathname, origin } }) => {
    const isDiscovery = pathname === '/pool/.well-known/openid-configuration';
    if (isDiscovery) return Promise.resolve(json(200, discoveryOf(`${origin}/pool`, login.origin)));
    const isKeys = pathname === '/pool/.well-known/jwks.json';
    return Promise.resolve(isKeys ? json(200, options.tokens.keys) : json(404, {}));
  });
  return {
    issuerUrl: `${pool.origin}/pool`,
    signInOrigin: login.origin,
    ...endpoints,
    close: async () => void (await Promise.all([login.close(), pool.close()])),
  };
}

const discoveryOf = (issuer: string, signInOrigin: string): object => ({
  issuer,
  authorization_endpoint: `${signInOrigin}/oauth2/authorize`,
  token_endpoint: `${signInOrigin}/oauth2/token`,
  revocation_endpoint: `${signInOrigin}/oauth2/revoke`,
  userinfo_endpoint: `${signInOrigin}/oauth2/userInfo`,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  response_types_supported: ['code', 'token'],
  scopes_supported: ['openid', 'email', 'phone', 'profile'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
});
