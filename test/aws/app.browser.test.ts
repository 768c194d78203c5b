// Does the build that runs on a laptop also run deployed, where nothing but config.json is another (A1, A56)?
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { mediaBucket, recordsTable } from '../../systems/interview/names.ts';
import { makeFakeCamera } from '../web/support/fake-camera.ts';
import { goToRecorder, record, recordIdOf, reportOpens, send } from '../web/support/practice.ts';
import { openBrowser } from '../web/support/visits.ts';
import { say } from '../web/support/words.ts';
import { known } from './support/cloud.ts';
import { deploy, type Deployment } from './support/deployment.ts';
import { endpoint } from './support/server.ts';
import { dynamoDb, s3 } from './support/stores.ts';
import type { PoolUser } from './support/tokens-of-pool.ts';

interface Visit {
  readonly page: Page;
  /** Errors on the console, exceptions, violations of the policy, requests to anywhere else. */
  readonly trouble: string[];
}

async function openPage(browser: Browser, { site, issuer, bucket }: Deployment): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  const trouble: string[] = [];
  const pool = new URL(issuer.issuerUrl).origin;
  const origins = new Set([site.origin, pool, issuer.signInOrigin, bucket.origin]);
  page.on('pageerror', (error) => trouble.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(`console: ${message.text()} ${message.location().url}`);
  });
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && !origins.has(origin))
      trouble.push(`request: ${request.url()}`);
  });
  return { page, trouble };
}

const signInButton = (page: Page) => page.getByRole('main').getByRole('button', { name: 'Sign in' });

/** From the app's page to the issuer's and back. */
async function signIn(page: Page, { email, password }: PoolUser): Promise<void> {
  await signInButton(page).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
}

const open = (page: Page, place: 'Attempts' | 'Questions' | 'Runs' | 'Settings'): Promise<void> =>
  page.getByRole('navigation').getByRole('link', { name: place }).click();

const positionOf = (page: Page): Promise<number> =>
  page.locator('video').evaluate((video) => Number(Reflect.get(video, 'currentTime')));

async function playsFrom(page: Page, seconds: number): Promise<void> {
  while (Math.abs((await positionOf(page)) - seconds) > 1.5) await delay(100);
}

/** Asks to delete while the report is still on its way from the bucket, and agrees when it is there. */
async function deleteAttempt(page: Page): Promise<void> {
  const name = say('en', 'common:delete');
  const { promise: isAsked, resolve: letGo } = Promise.withResolvers<void>();
  await page.route(/\/report\.json/, (route) => isAsked.then(() => route.continue()));
  await page.reload();
  await page.getByRole('button', { name, exact: true }).click();
  const question = page.getByRole('alertdialog');
  await question.waitFor();
  letGo();
  await page.locator('video').waitFor({ state: 'attached' });
  await question.getByRole('button', { name, exact: true }).click();
  await page.getByText(say('en', 'attempts:receipt.records_one', { count: 1 })).waitFor();
}

/** What the tab keeps: the tokens, as the library writes them. */
const sessionOf = (page: Page): Promise<string> => page.evaluate('JSON.stringify(sessionStorage)');
const accessTokenOf = async (page: Page): Promise<string> =>
  /access_token\\":\\"([^\\]+)/.exec(await sessionOf(page))?.[1] ?? '';

describe('the deployed app in the browser', function () {
  this.timeout(120_000);
  let folder: string;
  let browser: Browser;
  let deployed: Deployment;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-deployed-'));
    browser = await openBrowser(makeFakeCamera(folder));
    deployed = await deploy(folder);
  });
  after(async () => {
    await browser?.close();
    await deployed?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const statusWith = async (token: string | null, path: string): Promise<number> => {
    const headers = token === null ? {} : { authorization: `Bearer ${token}` };
    return (await fetch(`${deployed.site.origin}/api${path}`, { headers })).status;
  };

  describe('from sign-in to sign-out', () => {
    let visit: Visit;
    let recordId = '';
    before(async () => {
      visit = await openPage(browser, deployed);
    });
    after(() => visit.page.context().close());
    afterEach(() => {
      expect(visit.trouble).to.deep.equal([]);
    });

    it('lets nobody in without signing in', async () => {
      const { page } = visit;
      await page.goto(deployed.site.origin);
      await signInButton(page).waitFor();
      expect(await statusWith(null, '/records')).to.equal(401);
      expect(await statusWith('no-token', '/records')).to.equal(401);
      expect(deployed.site.calls.map(({ status }) => status)).to.deep.equal([401, 401]);
    });

    it('signs in on the issuer’s page, and comes back with a code that is good once (A84)', async () => {
      const { page } = visit;
      const exchange = page.waitForRequest(`${deployed.issuer.signInOrigin}/oauth2/token`);
      await signIn(page, deployed.users.ada);
      expect(page.url()).to.equal(`${deployed.site.origin}/`);
      expect(deployed.issuer.exchanges).to.deep.equal([{ grantType: 'authorization_code', isGranted: true }]);
      expect(await statusWith(await accessTokenOf(page), '/records')).to.equal(200);
      const again = { method: 'POST', body: (await exchange).postData() };
      expect((await fetch(`${deployed.issuer.signInOrigin}/oauth2/token`, again)).status).to.equal(400);
    });

    it('records, uploads straight into the bucket, and shows the report as soon as it is there (A5, A9)', async () => {
      const { page } = visit;
      await goToRecorder(page, 'en');
      await record(page, 'en', 6);
      await send(page, 'en');
      expect(await deployed.analyseNextUpload()).to.equal('SUCCEEDED');
      await reportOpens(page, 'en');
      recordId = recordIdOf(page);
      const posts = deployed.bucket.requests.filter(({ method }) => method === 'POST');
      expect(posts).to.have.length(1).and.to.have.nested.property('[0].status', 204);
    });

    it('plays the video from a signed address, and jumps to a moment (A6)', async () => {
      const { page } = visit;
      const filler = page.locator('.transcript mark.said-filler').first();
      await filler.click();
      await playsFrom(page, Number(await filler.getAttribute('data-at')));
      const source = await page
        .locator('video')
        .evaluate((video) => String(Reflect.get(video, 'currentSrc')));
      expect(source).to.match(
        new RegExp(`^${deployed.bucket.origin}/.*/playback\\.mp4\\?.*X-Amz-Signature=`),
      );
      expect(await fetch(source.replace(/\?.*/, '')).then(({ status }) => status)).to.equal(403);
    });

    it('shows what Step Functions did (A49)', async () => {
      const { page } = visit;
      await open(page, 'Runs');
      await page.getByRole('table').getByRole('link').click();
      const graph = page.getByRole('group', { name: say('en', 'runs:graph') });
      await graph.getByRole('button', { name: /^ConvertVideo/ }).waitFor();
      const done = await graph.getByRole('button', { name: /succeeded/ }).count();
      expect(done).to.be.greaterThan(6);
    });

    it('signs out at the issuer too, where the right to renew is revoked, and keeps no token', async () => {
      const { page } = visit;
      await open(page, 'Settings');
      await page.getByRole('button', { name: say('en', 'settings:signOut') }).click();
      await signInButton(page).waitFor();
      expect(page.url()).to.equal(`${deployed.site.origin}/`);
      expect(deployed.issuer.revoked).to.have.length(1);
      expect(await sessionOf(page)).to.not.contain('token');
      expect(await page.evaluate("fetch('/api/records').then(({ status }) => status)")).to.equal(401);
      expect(visit.trouble.splice(0))
        .to.have.length(1)
        .and.to.have.nested.property('[0]')
        .that.includes('401');
    });

    it('shows the next user of the browser none of it, and asks for a consent of their own (A7)', async () => {
      const { page } = visit;
      await signIn(page, deployed.users.grace);
      await open(page, 'Attempts');
      await page.getByText(say('en', 'attempts:empty.title')).waitFor();
      const token = await accessTokenOf(page);
      for (const path of [`/records/${recordId}`, `/records/${recordId}/run`])
        expect(await statusWith(token, path), path).to.equal(404);
      await page.goto(deployed.site.origin);
      await page
        .getByRole('button', { name: say('en', 'practise:choose.continueWith_one', { count: 1 }) })
        .click();
      await page.getByRole('button', { name: say('en', 'practise:consent.agree') }).waitFor();
      await page.goto(`${deployed.site.origin}/settings`);
      await page.getByRole('button', { name: say('en', 'settings:signOut') }).click();
    });

    it('deletes everything of a recording, and gives a receipt', async () => {
      const { page } = visit;
      const Bucket = known(deployed.cloud.buckets, mediaBucket);
      const TableName = known(deployed.cloud.tables, recordsTable);
      const before = await s3().send(new ListObjectVersionsCommand({ Bucket }));
      expect(before.Versions?.length).to.be.greaterThan(8);
      await signIn(page, deployed.users.ada);
      await page.goto(`${deployed.site.origin}/records/${recordId}`);
      await deleteAttempt(page);
      const { Versions = [], DeleteMarkers = [] } = await s3().send(
        new ListObjectVersionsCommand({ Bucket }),
      );
      expect([...Versions, ...DeleteMarkers]).to.deep.equal([]);
      const { Items } = await dynamoDb().send(new ScanCommand({ TableName }));
      expect(Items).to.deep.equal([]);
    });
  });

  describe('when a token ends', () => {
    /** Seconds, fewer than the app leaves before it renews. */
    const lifetime = 3;
    let visit: Visit;
    beforeEach(async () => {
      deployed.issuer.setLifetime(lifetime);
      visit = await openPage(browser, deployed);
      await visit.page.goto(`${deployed.site.origin}/settings`);
      await signIn(visit.page, deployed.users.ada);
      await visit.page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    });
    afterEach(async () => {
      deployed.issuer.setLifetime(3600);
      await visit.page.context().close();
    });

    it('renews it, and the user sees nothing of that', async () => {
      const { page, trouble } = visit;
      const ended = await accessTokenOf(page);
      await delay((lifetime + 1) * 1000);
      expect(await statusWith(ended, '/records')).to.equal(401);
      const before = deployed.site.calls.length;
      const exchangesBefore = deployed.issuer.exchanges.length;
      deployed.issuer.setLifetime(3600);
      await open(page, 'Attempts');
      await page.getByText(say('en', 'attempts:empty.title')).waitFor();
      await open(page, 'Questions');
      await page.getByRole('heading', { name: 'Questions', exact: true }).waitFor();
      await page.waitForLoadState('networkidle');
      const statuses = deployed.site.calls.slice(before).map(({ status }) => status);
      expect(new Set(statuses)).to.deep.equal(new Set([200]));
      expect(deployed.issuer.exchanges.slice(exchangesBefore)).to.deep.equal([
        { grantType: 'refresh_token', isGranted: true },
      ]);
      expect(trouble).to.deep.equal([]);
    });

    it('leads to the sign-in page when it may not be renewed, and from there back to where the user was', async () => {
      const { page, trouble } = visit;
      await delay((lifetime + 1) * 1000);
      deployed.issuer.endSessions();
      await open(page, 'Attempts');
      await signInButton(page).waitFor();
      expect(trouble.splice(0)).to.satisfy((all: readonly string[]) =>
        all.every((text) => /status of 40[01].*(?:oauth2\/token|\/api\/)/.test(text)),
      );
      await signInButton(page).click();
      await page.getByText(say('en', 'attempts:empty.title')).waitFor();
      expect(new URL(page.url()).pathname).to.equal('/attempts');
      expect(trouble).to.deep.equal([]);
    });

    it('loses no recording that was made meanwhile, and sends it after the next sign-in', async () => {
      const { page } = visit;
      await page.goto(deployed.site.origin);
      await goToRecorder(page, 'en');
      await record(page, 'en', 4);
      deployed.issuer.endSessions();
      await send(page, 'en');
      await signInButton(page).waitFor();
      deployed.issuer.setLifetime(3600);
      const isStored = page.waitForResponse(
        (response) => response.request().method() === 'POST' && response.status() === 204,
      );
      await signInButton(page).click();
      expect((await isStored).url()).to.include(deployed.bucket.origin);
    });
  });

  describe('under the policy of the site', () => {
    it('reaches the bucket and the issuer, and nothing else on this machine', async () => {
      const { page, trouble } = await openPage(browser, deployed);
      await page.goto(deployed.site.origin);
      const { bucket, issuer } = deployed;
      const reach = (address: string): Promise<unknown> =>
        page.evaluate(`fetch('${address}', { mode: 'no-cors' }).then(() => 'reached', () => 'refused')`);
      expect(await reach(issuer.signInOrigin)).to.equal('reached');
      expect(await reach(bucket.origin)).to.equal('reached');
      trouble.length = 0;
      expect(await reach(endpoint())).to.equal('refused');
      expect(trouble.join()).to.match(/Content Security Policy/);
      await page.context().close();
    });

    it('lets pages of no other site use the bucket (A37)', async () => {
      const address = `${deployed.bucket.origin}/${known(deployed.cloud.buckets, mediaBucket)}`;
      const preflight = (origin: string) =>
        fetch(address, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
      expect((await preflight(deployed.site.origin)).status).to.equal(200);
      expect((await preflight('https://elsewhere.example')).status).to.equal(403);
      const refused = await fetch(address, { headers: { origin: 'https://elsewhere.example' } });
      expect(refused.headers.get('access-control-allow-origin')).to.equal(null);
    });
  });
});
