// Does a user of a deployed site get in and out with OpenID Connect, under the site's own policy?
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { contentSecurityPolicy } from '../../domain/site-headers.ts';
import { buildWeb } from '../../scripts/build-web.ts';
import { createIssuer, issuerUrl, type Issuer } from './support/issuer.ts';
import { openBrowser } from './support/visits.ts';

const types: { readonly [extension: string]: string } = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The built app as CloudFront serves it, and an API that knows one token. */
function serve(folder: string, issuer: Issuer): Server {
  const policy = contentSecurityPolicy({ connect: [issuerUrl], media: [], form: [] });
  const config = {
    identity: { kind: 'openid', issuer: issuerUrl, clientId: 'app', signOutUrl: `${issuerUrl}/logout` },
  };
  return createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (path === '/config.json') return json(200, config);
    if (path.startsWith('/api/')) {
      const isKnown = request.headers.authorization === `Bearer ${issuer.accessToken()}`;
      return isKnown ? json(200, { retentionDays: 30, longestRetentionDays: null }) : json(401, {});
    }
    const name = extname(path) === '' ? '/index.html' : path;
    readFile(join(folder, name)).then(
      (content) =>
        response
          .writeHead(200, { 'content-type': types[extname(name)], 'content-security-policy': policy })
          .end(content),
      () => response.writeHead(404).end(),
    );
  });
}

describe('sign-in with OpenID Connect in Chromium', function () {
  this.timeout(60_000);
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let issuer: Issuer;
  let server: Server;
  let folder = '';
  let site = '';
  const trouble: string[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-sign-in-'));
    await buildWeb(folder);
    browser = await openBrowser(null);
  });
  beforeEach(async () => {
    issuer = createIssuer();
    server = serve(folder, issuer);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    site = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    context = await browser.newContext({ locale: 'en-US' });
    page = await context.newPage();
    await issuer.answerFor(context);
    trouble.length = 0;
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) trouble.push(message.text());
    });
  });
  afterEach(async () => {
    await context.close();
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
    expect(trouble).to.deep.equal([]);
  });
  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const signIn = async (): Promise<void> => {
    await page.goto(`${site}/settings`);
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  };

  const settingsAreShown = (): Promise<void> =>
    page.getByRole('button', { name: /^After 30 days/ }).waitFor();

  it('comes back to the page that was asked for, signed in by a code with PKCE (A85)', async () => {
    await signIn();
    expect(new URL(page.url()).pathname).to.equal('/settings');
    await settingsAreShown();
    const [asked] = issuer.authorizations;
    expect(asked).to.include({ response_type: 'code', scope: 'openid', code_challenge_method: 'S256' });
    expect(issuer.exchanges[0]).to.include({ grant_type: 'authorization_code', isVerified: 'yes' });
  });

  it('leaves neither code nor token in the address or in lasting storage', async () => {
    await signIn();
    expect(page.url()).to.not.match(/code=|token|state=/);
    const lasting = await page.evaluate(() => JSON.stringify(localStorage));
    expect(lasting).to.not.contain(issuer.accessToken());
  });

  it('renews a token that is about to end, without asking the user', async () => {
    issuer.setLifetime(30);
    await signIn();
    await settingsAreShown();
    expect(issuer.exchanges.map(({ grant_type: type }) => type)).to.include('refresh_token');
  });

  it('is signed in after a reload, and not in another session of the browser', async () => {
    await signIn();
    await page.reload();
    await settingsAreShown();
    const other = await context.newPage();
    await other.goto(`${site}/settings`);
    await other.getByRole('main').getByRole('button', { name: 'Sign in' }).waitFor();
  });

  it('asks to sign in again when the server refuses the token', async () => {
    await signIn();
    await settingsAreShown();
    issuer.revoke();
    await page.reload();
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).waitFor();
  });

  it('signs out at the issuer too, with the parameters that Cognito wants', async () => {
    await signIn();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${site}/`);
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).waitFor();
    expect(issuer.signOuts).to.deep.equal([{ client_id: 'app', logout_uri: `${site}/` }]);
  });

  it('says when signing in did not work, with a way to try again', async () => {
    await page.goto(`${site}/signed-in?error=access_denied&state=unknown`);
    await page.getByRole('alert').getByText('Signing in did not work').waitFor();
  });

  it('shows the privacy notice to anyone', async () => {
    await page.goto(`${site}/privacy`);
    await page.getByRole('heading', { name: 'Your consent' }).waitFor();
    await page.getByText('Amazon Web Services').waitFor();
  });
});
