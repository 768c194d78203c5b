// Can a candidate find, compare and delete attempts (A58, A59), whatever they are called?
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Answered } from '../../domain/api/operation.ts';
import type { Operations } from '../../domain/api/operations.ts';
import { titleOf } from '../../report/catalogue.ts';
import { formatNumber } from '../../report/format.ts';
import { english } from '../../report/language.ts';
import { installReadingRecogniser } from './support/reading-recogniser.ts';
import { analysed, ask, cutSample, sendSample } from './support/sent-sample.ts';
import { startApp, type StartedApp } from './support/started-app.ts';
import { openBrowser, visit } from './support/visits.ts';
import { say } from './support/words.ts';

const plain = 'What would you do first?';
/** Marks that would run or reshape the page if anything but text were made of them. */
const hostile = `<img src=x onerror="document.title='taken'">‮ {{count}} $t(common:delete) &lt; 👩‍👩‍👧‍👦`;
const hostileFile = `"><script>document.title='taken'</script>‮.webm`;

describe('the attempts of a candidate', function () {
  this.timeout(60_000);
  let folder: string;
  let app: StartedApp;
  let browser: Browser;
  let page: Page;
  let trouble: string[];
  let first: string;
  let second: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-attempts-'));
    app = await startApp(join(folder, 'data'), await installReadingRecogniser(folder, 4));
    const path = cutSample(folder, 4);
    first = await sendSample(app, plain, { path });
    second = await sendSample(app, hostile, { path, fileName: hostileFile });
    for (const recordId of [first, second]) await analysed(app, recordId);
    browser = await openBrowser(null);
    ({ page, trouble } = await visit(browser, app));
    page.setDefaultTimeout(8000);
  });
  after(async () => {
    await browser.close();
    await app.end();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => expect(trouble).to.deep.equal([]));

  const open = async (path: string): Promise<void> => {
    await page.goto(app.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  const attempts = (): Locator => page.locator('.attempts > li');
  const attempt = (question: string): Locator => attempts().filter({ hasText: question });
  const search = (): Locator => page.getByLabel(say('en', 'attempts:filter.text'));
  const choose = async (label: string, option: string): Promise<void> => {
    await page.getByRole('button', { name: say('en', label) }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  it('are found by words, question and state, and all of them come back', async () => {
    await open('/attempts');
    await attempts().nth(1).waitFor();
    await search().fill('FÍRST would');
    await page.getByText(say('en', 'attempts:shown_one', { count: 1 })).waitFor();
    expect(await attempts().allInnerTexts())
      .to.have.length(1)
      .and.match(new RegExp(plain.slice(0, 10)));
    await search().fill('');
    await choose('attempts:filter.question', hostile);
    await page.getByText(say('en', 'attempts:shown_one', { count: 1 })).waitFor();
    expect(await attempt(hostileFile).count()).to.equal(1);
    await choose('attempts:filter.status', say('en', 'attempts:filter.statuses.FAILED'));
    await page.getByRole('button', { name: say('en', 'attempts:filter.reset') }).click();
    await page.getByText(say('en', 'attempts:shown_other', { count: 2 })).waitFor();
  });

  it('show how a figure develops, as a picture and as a table with the same values', async () => {
    await open('/attempts');
    await page
      .locator('.trend-picture .recharts-line-dots circle, .trend-picture .recharts-dot')
      .nth(1)
      .waitFor();
    await choose('attempts:trend.figure', titleOf('speechRate', english));
    await page.getByText(say('en', 'attempts:trend.asTable')).click();
    const values = await page.locator('.trend-table tbody td:last-child').allInnerTexts();
    const records = await Promise.all(
      [first, second].map((id) => ask<Answered<Operations['readRecord']>>(app, 'GET', `/records/${id}`)),
    );
    const known = records.map(({ summary }) => summary?.figures.speechRate ?? 0);
    expect(values).to.deep.equal(known.map((value) => `${formatNumber(value, english)} words/min`));
  });

  it('stand beside each other, two of them, the older one first', async () => {
    await open('/attempts');
    for (const question of [hostile, plain]) await attempt(question).getByRole('checkbox').check();
    await page.getByRole('link', { name: say('en', 'attempts:compareThem') }).click();
    await page.waitForURL(`**/compare/${first}/${second}`);
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: new RegExp(titleOf('speechRate', english)) }) });
    await row.first().waitFor();
    const cells = await row.first().getByRole('cell').allInnerTexts();
    expect(cells.map((cell) => cell.split('\n')[0])).to.deep.equal([
      cells[0]?.split('\n')[0],
      cells[0]?.split('\n')[0],
      say('en', 'compare:same'),
    ]);
    await page.locator('video').nth(1).waitFor();
  });

  for (const [name, path] of [
    ['the report', () => `/records/${second}`],
    ['the list', () => '/attempts'],
    ['the runs', () => '/runs'],
    ['the comparison', () => `/compare/${second}/${second}`],
  ] as const)
    it(`have their names shown as text, whatever stands in them, in ${name}`, async () => {
      await open(path());
      await page.getByText(hostile).and(page.locator(':visible')).first().waitFor();
      expect(await page.title()).to.match(/ · Greenroom$/);
      expect(await page.locator('main :is(script, [onerror], img[src="x"])').count()).to.equal(0);
    });

  it('stay when the question before deleting is answered with no', async () => {
    await open('/attempts');
    const button = attempt(plain).getByRole('button', { name: /^Delete/ });
    await button.click();
    const question = page.getByRole('alertdialog');
    await question.getByText(plain).waitFor();
    await question.getByRole('button', { name: say('en', 'common:cancel') }).click();
    await question.waitFor({ state: 'detached' });
    expect(await button.evaluate((element) => element === document.activeElement)).to.equal(true);
    expect(await attempts().count()).to.equal(2);
  });

  it('are deleted with a receipt, and with everything that belongs to them', async () => {
    await open('/attempts');
    await attempt(plain)
      .getByRole('button', { name: /^Delete/ })
      .click();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: say('en', 'common:delete') })
      .click();
    const receipt = page.getByRole('dialog', { name: say('en', 'attempts:receipt.title') });
    await receipt.getByText(say('en', 'attempts:receipt.records_one', { count: 1 })).waitFor();
    expect(await receipt.getByText(/^\d+ files$/).innerText()).to.match(/^[1-9]/);
    await receipt.getByRole('button', { name: say('en', 'common:close') }).click();
    await page.getByText(say('en', 'attempts:shown_one', { count: 1 })).waitFor();
    const answer = await fetch(`${app.url}/api/records/${first}`, {
      headers: { authorization: `Bearer ${app.token}` },
    });
    expect(answer.status).to.equal(404);
  });
});
