// Does a report leave the app whole, and do its figures follow thresholds that are moved?
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Answered } from '../../domain/api/operation.ts';
import type { Operations } from '../../domain/api/operations.ts';
import { reportSchema, type Report } from '../../domain/report.ts';
import { english } from '../../report/language.ts';
import { installReadingRecogniser } from './support/reading-recogniser.ts';
import { analysed, ask, cutSample, sendSample } from './support/sent-sample.ts';
import { startApp, type StartedApp } from './support/started-app.ts';
import { openBrowser, visit } from './support/visits.ts';
import { say } from './support/words.ts';

const question = `Why <b>you</b>?</script><script>document.title='taken'</script>`;

describe('a report in the hands of a candidate', function () {
  this.timeout(60_000);
  let folder: string;
  let app: StartedApp;
  let browser: Browser;
  let page: Page;
  let trouble: string[];
  let report: Report;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-tools-'));
    app = await startApp(join(folder, 'data'), await installReadingRecogniser(folder, 4));
    const recordId = await sendSample(app, question, { path: cutSample(folder, 4) });
    await analysed(app, recordId);
    const path = `/records/${recordId}`;
    const { files } = await ask<Answered<Operations['createDownloads']>>(app, 'POST', `${path}/downloads`);
    const stored = await fetch(new URL(files.report ?? '', app.url));
    report = reportSchema.parse(await stored.json());
    browser = await openBrowser(null);
    ({ page, trouble } = await visit(browser, app));
    page.setDefaultTimeout(8000);
    await page.goto(app.url + path);
    await page.locator('.transcript .word').first().waitFor();
  });
  after(async () => {
    await browser.close();
    await app.end();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => expect(trouble).to.deep.equal([]));

  const save = async (kind: 'json' | 'html'): Promise<string> => {
    await page.getByRole('button', { name: say('en', 'report:export.button') }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: say('en', `report:export.${kind}`) }).click();
    const saved = await download;
    const path = join(folder, saved.suggestedFilename());
    await saved.saveAs(path);
    return path;
  };
  const slider = (name: string): Locator =>
    page.getByRole('slider', { name: say('en', `report:thresholds.names.${name}`) });
  const attention = (): Promise<string> => page.locator('#figure-attention .number').innerText();

  it('is saved as JSON, value for value as it was stored', async () => {
    const path = await save('json');
    expect(path).to.match(/greenroom-\d{4}-\d\d-\d\d-\w{6}\.json$/);
    expect(JSON.parse(await readFile(path, 'utf8'))).to.deep.equal(report);
  });

  it('is saved as one page that opens from a file, asks nobody for anything, and plays', async () => {
    const path = await save('html');
    const context = await browser.newContext({ offline: true });
    const opened = await context.newPage();
    const seen: string[] = [];
    opened.on('pageerror', ({ message }) => seen.push(message));
    opened.on('console', (message) => seen.push(message.text()));
    opened.on('request', (request) => seen.push(request.url()));
    await opened.goto(pathToFileURL(path).href);
    await opened.getByRole('heading', { level: 1 }).getByText(question).waitFor();
    await opened.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
    await opened.getByRole('heading', { name: english.transcript }).waitFor();
    expect(await opened.title()).to.not.equal('taken');
    const others = seen.filter((one) => !/^(?:data|blob):/.test(one) && one !== pathToFileURL(path).href);
    expect(others).to.deep.equal([]);
    await context.close();
  });

  it('is printed without what can only be pressed', async () => {
    const header = page.getByRole('banner').first();
    const tools = page.getByRole('button', { name: say('en', 'report:export.button') });
    expect([await header.isVisible(), await tools.isVisible()]).to.deep.equal([true, true]);
    await page.emulateMedia({ media: 'print' });
    for (const gone of [
      header,
      tools,
      page.locator('video'),
      page.locator('.thresholds'),
      page.locator('.tray'),
    ])
      expect(await gone.isVisible()).to.equal(false);
    expect(await page.locator('.transcript .word').last().isVisible()).to.equal(true);
    expect(await page.locator('#figure-attention .number').isVisible()).to.equal(true);
    await page.emulateMedia({ media: null });
  });

  it('shows another figure as soon as its threshold is moved, and says so', async () => {
    const before = await attention();
    await page.locator('.thresholds summary').click();
    await slider('maxYawDegrees').focus();
    await page.keyboard.press('Home');
    await slider('maxPitchDegrees').focus();
    await page.keyboard.press('Home');
    await page.locator('#figure-attention.is-changed').waitFor();
    expect(Number(await attention())).to.be.lessThan(Number(before));
    const change = await page
      .locator('.threshold-changes li')
      .filter({ hasText: before })
      .first()
      .innerText();
    expect(change).to.contain(await attention());
  });

  it('shows its own figures again when the thresholds are put back', async () => {
    const reset = page.getByRole('button', { name: say('en', 'report:thresholds.reset') });
    expect(await page.locator('.figure.is-changed').count()).to.be.greaterThan(0);
    await reset.click();
    await page.getByText(say('en', 'report:thresholds.unchanged')).waitFor();
    expect(await page.locator('.figure.is-changed').count()).to.equal(0);
    expect(Number(await attention())).to.be.closeTo((report.figures.attention.value ?? 0) * 100, 0.1);
    expect(await reset.isDisabled()).to.equal(true);
  });
});
