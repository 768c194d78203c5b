// Does the build that runs on a laptop also run deployed, where nothing but config.json is another (A85)?
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
import './support/server.ts';
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
  const origins = [site.origin, new URL(issuer.issuerUrl).origin, issuer.signInOrigin, bucket.origin];
  page.on('pageerror', (error) => trouble.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(`console: ${message.text()} ${message.location().url}`);
  });
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && !origins.includes(origin))
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

const open = (page: Page, place: 'Attempts' | 'Runs' | 'Settings'): Promise<void> =>
  page.getByRole('navigation').getByRole('link', { name: place }).click();

const positionOf = (page: Page): Promise<number> =>
  page.locator('video').evaluate((video) => Number(Reflect.get(video, 'currentTime')));

async function playsFrom(page: Page, seconds: number): Promise<void> {
  while (Math.abs((await positionOf(page)) - seconds) > 1.5) await delay(100);
}

async function deleteAttempt(page: Page): Promise<void> {
  const name = say('en', 'common:delete');
  await page.getByRole('button', { name, exact: true }).click();
  const question = page.getByRole('alertdialog').or(page.getByRole('dialog'));
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

    it('lets nobody in without signing in', async () => {
      const { page } = visit;
      await page.goto(deployed.site.origin);
      await signInButton(page).waitFor();
      expect(await statusWith(null, '/records')).to.equal(401);
      expect(await statusWith('no-token', '/records')).to.equal(401);
      expect(deployed.site.calls.map(({ status }) => status)).to.deep.equal([401, 401]);
    });

    it('signs in on the issuer’s page, and comes back with a code that is good once', async () => {
      const { page } = visit;
      await signIn(page, deployed.users.ada);
      expect(page.url()).to.equal(`${deployed.site.origin}/`);
      expect(deployed.issuer.exchanges).to.deep.equal([{ grantType: 'authorization_code', isGranted: true }]);
      expect(await statusWith(await accessTokenOf(page), '/records')).to.equal(200);
    });

    it('records, uploads straight into the bucket, and shows the report as soon as it is there (A1, A2)', async () => {
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

    it('plays the video from a signed address, and jumps to a moment (A84)', async () => {
      const { page } = visit;
      const filler = page.locator('.transcript mark.said-filler').first();
      await filler.click();
      await playsFrom(page, Number(await filler.getAttribute('data-at')));
      const source = await page.locator('video').evaluate((video) => String(Reflect.get(video, 'currentSrc')));
      expect(source).to.match(new RegExp(`^${deployed.bucket.origin}/.*/playback\\.mp4\\?.*X-Amz-Signature=`));
      expect(await fetch(source.replace(/\?.*/, '')).then(({ status }) => status)).to.equal(403);
    });

    it('shows what Step Functions did', async () => {
      const { page } = visit;
      await open(page, 'Runs');
      await page.getByRole('table').getByRole('link').click();
      const graph = page.getByRole('group', { name: say('en', 'runs:graph') });
      await graph.getByRole('button', { name: /^ConvertVideo/ }).waitFor();
      const done = await graph.getByRole('button', { name: /succeeded/ }).count();
      expect(done).to.be.greaterThan(6);
    });

    it('deletes everything of a recording, and gives a receipt (A59)', async () => {
      const { page } = visit;
      const Bucket = known(deployed.cloud.buckets, mediaBucket);
      const TableName = known(deployed.cloud.tables, recordsTable);
      const before = await s3().send(new ListObjectVersionsCommand({ Bucket }));
      expect(before.Versions?.length).to.be.greaterThan(8);
      await page.goto(`${deployed.site.origin}/records/${recordId}`);
      await deleteAttempt(page);
      const { Versions = [], DeleteMarkers = [] } = await s3().send(new ListObjectVersionsCommand({ Bucket }));
      expect([...Versions, ...DeleteMarkers]).to.deep.equal([]);
      const { Items } = await dynamoDb().send(new ScanCommand({ TableName }));
      expect(Items).to.deep.equal([]);
    });
  });
});
