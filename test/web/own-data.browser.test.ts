// Does the app do with the candidate's own data what the candidate says: questions, retention, deletion, the link?
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { Answered } from '../../domain/api/operation.ts';
import type { Operations } from '../../domain/api/operations.ts';
import { ask, cutSample, sendSample } from './support/sent-sample.ts';
import { startApp, type StartedApp } from './support/started-app.ts';
import { openBrowser, visit } from './support/visits.ts';
import { say } from './support/words.ts';

const title = '<i>Board</i> {{title}} ‮ interview';
const questions = ['What is <b>$t(common:delete)</b> worth to you?', 'مرحبا: why?'];
const dayMs = 86_400_000;

describe('what belongs to a candidate', function () {
  this.timeout(60_000);
  let folder: string;
  let app: StartedApp;
  let browser: Browser;
  let page: Page;
  let trouble: string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-own-'));
    app = await startApp(join(folder, 'data'));
    browser = await openBrowser(null);
    ({ page, trouble } = await visit(browser, app));
    page.setDefaultTimeout(8000);
  });
  after(async () => {
    await browser.close();
    await app.end();
    await rm(folder, { recursive: true, force: true });
  });

  const press = (name: string, within: Pick<Page, 'getByRole'> = page): Promise<void> =>
    within.getByRole('button', { name, exact: true }).click();
  const go = (key: string): Promise<void> =>
    page
      .getByRole('navigation')
      .getByRole('link', { name: say('en', `common:nav.${key}`) })
      .click();

  it('is a set of questions that they write; what is missing is said', async () => {
    await go('questions');
    await press(say('en', 'questions:add'));
    await press(say('en', 'common:save'));
    await page.getByText(say('en', 'questions:faults.NO_TITLE')).waitFor();
    await page.getByText(say('en', 'questions:faults.NO_QUESTIONS')).waitFor();
    await page.getByLabel(say('en', 'questions:fields.title')).fill(title);
    await page
      .getByRole('textbox', { name: say('en', 'questions:fields.questions') })
      .fill(['', ...questions, questions[0]].join('\n'));
    await press(say('en', 'common:save'));
    await page.getByText(say('en', 'questions:saved')).waitFor();
    await press(`${title} ${say('en', 'questions:count_other', { count: 2 })} · English`);
    expect(await page.locator('.set-questions li:visible').allInnerTexts()).to.deep.equal(questions);
  });

  it('is asked in practice, as it was written', async () => {
    await go('practise');
    await page.getByRole('button', { name: say('en', 'practise:choose.setLabel') }).click();
    await page.getByRole('option', { name: say('en', 'practise:choose.ownSet', { title }) }).click();
    await press(say('en', 'practise:choose.all'));
    await press(say('en', 'practise:choose.continueWith_other', { count: 2 }));
    await page.getByRole('dialog', { name: say('en', 'practise:consent.title') }).waitFor();
    await press(say('en', 'practise:consent.notNow'));
    expect(await page.locator('.pick').allInnerTexts()).to.deep.equal(questions);
  });

  it('is deleted when they say so twice', async () => {
    await go('questions');
    await press(say('en', 'questions:deleteOne', { title }));
    const question = page.getByRole('alertdialog', { name: say('en', 'questions:deleteTitle', { title }) });
    await press(say('en', 'common:delete'), question);
    await page.getByText(say('en', 'questions:deleted')).waitFor();
    await page.getByText(say('en', 'questions:emptyTitle')).waitFor();
    expect(await page.getByText(title).count()).to.equal(0);
  });

  it('is kept as long as they chose, from the next recording on', async () => {
    await go('settings');
    await page.getByRole('button', { name: say('en', 'settings:retention.label') }).click();
    await page
      .getByRole('option', { name: say('en', 'settings:retention.days_other', { count: 7 }) })
      .click();
    await page.getByText(say('en', 'settings:retention.saved')).waitFor();
    const recordId = await sendSample(app, 'Kept for a week?', { path: cutSample(folder, 2) });
    const record = await ask<Answered<Operations['readRecord']>>(app, 'GET', `/records/${recordId}`);
    const days = (Date.parse(record.keepUntil ?? '') - Date.parse(record.createdAt)) / dayMs;
    expect(days).to.be.closeTo(7, 0.01);
    await go('attempts');
    const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(
      new Date(record.keepUntil ?? ''),
    );
    await page.getByText(say('en', 'attempts:keptUntil', { date })).waitFor();
  });

  it('goes altogether, with a receipt, once the word is written', async () => {
    await go('settings');
    await press(say('en', 'settings:everything.button'));
    const question = page.getByRole('alertdialog');
    const button = question.getByRole('button', { name: say('en', 'settings:everything.button') });
    await question.getByRole('textbox').fill('DELET');
    expect(await button.isDisabled()).to.equal(true);
    await question.getByRole('textbox').fill(say('en', 'settings:everything.word'));
    await button.click();
    await question.getByRole('heading', { name: say('en', 'settings:everything.doneTitle') }).waitFor();
    expect(await question.locator('dl').innerText()).to.match(/Attempts\s+1\b/);
    await press(say('en', 'common:close'), question);
    await page.getByRole('button', { name: say('en', 'settings:retention.forever') }).waitFor();
    await go('attempts');
    await page.getByText(say('en', 'attempts:empty.title')).waitFor();
    const left = await ask<Answered<Operations['listRecords']>>(app, 'GET', '/records');
    expect(left.records).to.deep.equal([]);
    expect(trouble).to.deep.equal([]);
  });

  it('is behind the new link once the old one was taken back', async () => {
    await app.end();
    await rm(join(folder, 'data', 'session-token'));
    app = await startApp(join(folder, 'data'), {}, Number(new URL(app.url).port));
    await go('questions');
    await page.getByRole('heading', { name: say('en', 'common:signIn.localTitle') }).waitFor();
    expect(await page.getByRole('navigation').count()).to.equal(0);
    await page.goto(app.signInUrl);
    await page.getByRole('heading', { name: say('en', 'practise:title') }).waitFor();
    expect(page.url()).to.not.contain('token');
  });
});
