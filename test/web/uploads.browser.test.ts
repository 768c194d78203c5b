// Does a recording reach the server once and whole, although the tab, the network or the disk plays tricks (A84)?
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Answered } from '../../domain/api/operation.ts';
import type { Operations } from '../../domain/api/operations.ts';
import { makeFakeCamera, type FakeCamera } from './support/fake-camera.ts';
import { keepRecording } from './support/kept-recording.ts';
import { goToRecorder } from './support/practice.ts';
import { ask, samplePath } from './support/sent-sample.ts';
import { startApp, type StartedApp } from './support/started-app.ts';
import { openBrowser, openProfile, visit, visitIn } from './support/visits.ts';
import { say } from './support/words.ts';

type Records = Answered<Operations['listRecords']>;

/** Bytes per second at which the sample, 2.4 MB, takes its time. */
const slowly = 600_000;

describe('the upload of a recording', function () {
  this.timeout(60_000);
  let folder: string;
  let app: StartedApp;
  let camera: FakeCamera;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let created: number;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-uploads-'));
    app = await startApp(join(folder, 'data'));
    camera = makeFakeCamera(folder);
    browser = await openBrowser(null);
  });
  beforeEach(async () => {
    ({ page } = await visit(browser, app));
    page.setDefaultTimeout(15_000);
    context = page.context();
    created = 0;
    context.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/records')) created += 1;
    });
  });
  afterEach(async () => {
    await context.close();
    await ask(app, 'DELETE', '/me');
  });
  after(async () => {
    await browser.close();
    await app.end();
    await rm(folder, { recursive: true, force: true });
  });

  const throttle = async (bytesPerSecond: number, of = page): Promise<void> => {
    const session = await context.newCDPSession(of);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytesPerSecond,
    });
  };
  /** Sends a kept recording slowly; resolves when a part of it is on its way. */
  const beginToSend = async (question: string): Promise<void> => {
    await keepRecording(page, { question, path: samplePath });
    await page.reload();
    await throttle(slowly);
    await page.getByRole('button', { name: say('en', 'practise:unsent.send') }).click();
    await page.getByText(/^[1-9]\d* kB of /).waitFor();
  };
  const records = async (): Promise<Records['records']> =>
    (await ask<Records>(app, 'GET', '/records')).records;

  it('goes on by itself after a reload in the middle, into the same record, byte for byte', async () => {
    await beginToSend('Sent in two goes?');
    const [begun] = await records();
    expect(begun).to.include({ status: 'UPLOADING' });
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await throttle(-1);
    await page.getByText(say('en', 'uploads:state.sent')).waitFor();
    const [arrived, ...others] = await records();
    expect(others).to.deep.equal([]);
    expect(arrived).to.include({ recordId: begun?.recordId, status: 'PROCESSING' });
    expect(created).to.equal(1);
    expect(await page.getByText(say('en', 'practise:unsent.title_one')).count()).to.equal(0);
  });

  it('is left to the tab that began it; another one says so and sends nothing', async () => {
    await beginToSend('Sent once?');
    const other = await context.newPage();
    let sentByOther = 0;
    other.on('request', (request) => (sentByOther += Number(request.method() === 'POST')));
    await other.goto(app.url);
    await other.getByText(say('en', 'uploads:state.elsewhere')).waitFor();
    await throttle(-1);
    await page.getByText(say('en', 'uploads:state.sent')).waitFor();
    await other.getByText(say('en', 'uploads:state.elsewhere')).waitFor({ state: 'detached' });
    expect([sentByOther, created]).to.deep.equal([0, 1]);
    expect(await records()).to.have.length(1);
  });

  it('is finished by the other tab when the one that began it is closed', async () => {
    await beginToSend('Taken over?');
    const other = await context.newPage();
    await other.goto(app.url);
    await other.getByText(say('en', 'uploads:state.elsewhere')).waitFor();
    await page.close();
    await other.getByText(say('en', 'uploads:state.sent')).waitFor();
    expect((await records()).map(({ status }) => status)).to.deep.equal(['PROCESSING']);
  });

  it('of what was recorded until the browser had no room left is still possible, and the user is told', async () => {
    const profile = await openProfile(join(folder, 'profile'), camera);
    const { page: small } = await visitIn(profile, app);
    small.setDefaultTimeout(15_000);
    // Before the first write: Chromium remembers for half a minute how much room there was.
    const session = await profile.newCDPSession(small);
    await session.send('Storage.overrideQuotaForOrigin', { origin: app.url, quotaSize: 1_000_000 });
    await goToRecorder(small, 'en');
    await small.getByRole('button', { name: say('en', 'practise:record.start') }).click();
    await small.getByText(say('en', 'practise:record.ended.storage-full')).waitFor();
    await small.waitForFunction(() => (document.querySelector('video')?.duration ?? 0) > 1);
    await small.getByRole('button', { name: say('en', 'practise:review.send'), exact: true }).click();
    await small.waitForURL('**/records/*');
    expect((await records()).map(({ status }) => status)).to.deep.equal(['PROCESSING']);
    await profile.close();
  });
});
