// Does a candidate get from a question to a report, whatever happens on the way (A1, A59, A84, A85)?
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { makeFakeCamera } from './support/fake-camera.ts';
import { goToRecorder, record, recordIdOf, reportOpens, send } from './support/practice.ts';
import { installReadingRecogniser } from './support/reading-recogniser.ts';
import { startApp, type StartedApp } from './support/started-app.ts';
import { openBrowser, visit } from './support/visits.ts';
import { say, type Language } from './support/words.ts';

const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 760 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};
const candidates: readonly [string, Language, BrowserContextOptions][] = [
  ['in English at a desk', 'en', { locale: 'en-GB' }],
  ['in Portuguese on a phone', 'pt', { ...phone, locale: 'pt-BR' }],
];

describe('a candidate in the browser', function () {
  this.timeout(180_000);
  let folder: string;
  let app: StartedApp;
  let browser: Browser;
  let recogniser: NodeJS.ProcessEnv;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-journey-'));
    const camera = makeFakeCamera(folder);
    recogniser = await installReadingRecogniser(folder);
    app = await startApp(join(folder, 'data'), recogniser);
    browser = await openBrowser(camera);
  });
  after(async () => {
    await browser.close();
    await app.end();
    await rm(folder, { recursive: true, force: true });
  });

  for (const [who, language, options] of candidates)
    it(`records, watches the progress, reads the report, jumps to a filler and deletes, ${who}`, async () => {
      const { page, trouble } = await visit(browser, app, options);
      await goToRecorder(page, language);
      await record(page, language, 11);
      await send(page, language);
      await page.getByRole('progressbar').first().waitFor();
      await reportOpens(page, language);

      const filler = page.locator('.transcript mark.said-filler').nth(1);
      const at = Number(await filler.getAttribute('data-at'));
      await filler.click();
      await page.waitForFunction(
        (seconds) => Math.abs((document.querySelector('video')?.currentTime ?? 0) - seconds) < 1.5,
        at,
      );
      expect(at).to.be.within(4, 7);

      await page.getByRole('button', { name: say(language, 'common:delete'), exact: true }).click();
      const question = page.getByRole('alertdialog').or(page.getByRole('dialog'));
      await question.getByRole('button', { name: say(language, 'common:delete'), exact: true }).click();
      await page.getByText(say(language, 'attempts:receipt.records_one', { count: 1 })).waitFor();
      expect(trouble).to.deep.equal([]);
      await page.context().close();
    });

  it('goes on after a reload while recording, while waiting for the upload, and while it is analysed', async () => {
    const { page, trouble } = await visit(browser, app);
    await goToRecorder(page, 'en');
    await page.getByRole('button', { name: say('en', 'practise:record.start') }).click();
    await page.waitForTimeout(5000);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();

    await page.getByText(say('en', 'practise:unsent.title_one')).waitFor();
    await page.getByRole('button', { name: say('en', 'practise:unsent.send') }).click();
    await page.getByRole('link', { name: say('en', 'uploads:open') }).click();
    await page.reload();
    await reportOpens(page, 'en');
    expect(
      await page.locator('video').evaluate((video) => (video as HTMLVideoElement).duration),
    ).to.be.greaterThan(3);
    expect(trouble).to.deep.equal([]);
    await page.context().close();
  });

  it('sends the recording when the network is back', async () => {
    const { page } = await visit(browser, app);
    await goToRecorder(page, 'en');
    await record(page, 'en', 3);
    await page.context().setOffline(true);
    await send(page, 'en');
    await page.getByText(say('en', 'uploads:state.interrupted')).first().waitFor();
    await page.context().setOffline(false);
    await reportOpens(page, 'en');
    await page.context().close();
  });

  it('survives a server that is killed in the middle of the analysis and started again', async () => {
    const { page } = await visit(browser, app);
    await goToRecorder(page, 'en');
    await record(page, 'en', 6);
    await send(page, 'en');
    await page.getByRole('button', { name: say('en', 'report:cancelAnalysis') }).waitFor();
    await app.kill();
    await page.getByText(say('en', 'report:connectionLost')).first().waitFor({ timeout: 30_000 });
    app = await startApp(join(folder, 'data'), recogniser, Number(new URL(app.url).port));
    await reportOpens(page, 'en');
    await page.context().close();
  });

  it('cancels an analysis, and nothing of it goes on', async () => {
    const { page } = await visit(browser, app);
    await goToRecorder(page, 'en');
    await record(page, 'en', 6);
    await send(page, 'en');
    await page.getByRole('button', { name: say('en', 'report:cancelAnalysis') }).click();
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: say('en', 'report:cancelAnalysis') })
      .click();
    await page.getByRole('heading', { name: say('en', 'report:failedTitle') }).waitFor();
    const answer = await fetch(`${app.url}/api/records/${recordIdOf(page)}/run`, {
      headers: { authorization: `Bearer ${app.token}` },
    });
    expect(await answer.json()).to.include({ status: 'ABORTED' });
    await page.context().close();
  });

  it('stops the recording by itself when its time is over, although no timer of the page rang', async () => {
    const { page } = await visit(browser, app);
    await page.clock.install();
    await goToRecorder(page, 'en');
    await page.getByRole('button', { name: say('en', 'practise:record.start') }).click();
    // The first second on the clock: now it records.
    await page
      .getByText(/^0:0[1-9]$/)
      .first()
      .waitFor();
    await page.clock.fastForward('29:30');
    await page.getByText(say('en', 'practise:record.nearLimit')).waitFor();
    await page.clock.fastForward('00:31');
    await page.getByText(say('en', 'practise:record.ended.limit')).waitFor();
    await page.context().close();
  });

  it('is told how to allow a camera that the browser refuses', async () => {
    const refusing = await openBrowser(null);
    const { page } = await visit(refusing, app);
    await page
      .getByRole('button', { name: say('en', 'practise:choose.continueWith_one', { count: 1 }) })
      .click();
    await page.getByRole('button', { name: say('en', 'practise:consent.agree') }).click();
    await page.getByText(say('en', 'practise:trouble.DENIED.title')).waitFor();
    await refusing.close();
  });
});
