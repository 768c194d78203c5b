// Does the page of a report lead to every moment, survive the end of its addresses, and recompute in the browser?
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { longReport } from '../../fixtures/long-report.ts';
import { fixtureReport, fixtureSeconds } from '../../fixtures/report.ts';
import { makeMedia, readAxe, startReportSite } from '../support/report-site.ts';
import { openBrowser, visit, type Visit } from '../support/visits.ts';

const hostile = '<img src=x onerror="window.hacked=1">';
const report = { ...fixtureReport, question: hostile };

/** Playwright’s own waiting evaluates strings inside the page, which the page’s policy forbids. */
async function until(page: Page, condition: string): Promise<void> {
  const end = Date.now() + 15_000;
  while ((await page.evaluate(condition)) !== true) {
    if (Date.now() > end) throw new Error(`Never came true: ${condition}`);
    await delay(30);
  }
}
const arrive = (page: Page, from: number, to: number) =>
  until(
    page,
    `(() => { const t = document.querySelector('video').currentTime; return t >= ${from} && t < ${to}; })()`,
  );

describe('page of a report in Chromium', function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder = '';
  let site: Awaited<ReturnType<typeof startReportSite>>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-report-'));
    makeMedia(folder, fixtureSeconds);
    site = await startReportSite(folder, report);
    browser = await openBrowser(null);
  });
  after(async () => {
    await browser?.close();
    site?.end();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(options: Parameters<typeof visit>[2] = {}, at = site): Promise<Visit> {
    const visited = await visit(browser, at, { bypassCSP: false, ...options });
    await visited.page.goto(`${at.url}/records/${report.recordId}`);
    await visited.page.locator('#figure-readingGrade').waitFor();
    return visited;
  }

  it('leads from a figure, a mark and a word to the moment, and shows its texts only as text', async () => {
    const { page, trouble } = await open();
    await page.locator('#figure-longPauses .value-button').click();
    await arrive(page, 12, 16);
    expect(await page.locator('.lane-chosen .mark').count()).to.equal(1);
    await page.locator('.lane-hedges .mark').first().press('ArrowRight');
    await page.keyboard.press('Enter');
    await arrive(page, 35, 38.5);
    await page.locator('.word', { hasText: 'parallel.' }).click();
    await arrive(page, 29, 33);
    expect(await page.locator('h1').textContent()).to.equal(hostile);
    expect(await page.evaluate('window.hacked')).to.equal(undefined);
    expect(trouble).to.deep.equal([]);
    await page.close();
  });

  it('goes on where it was when the addresses have ended', async () => {
    const { page } = await open();
    await page.locator('.player .seek-bar').press('End');
    await page.locator('.player .seek-bar').press('PageDown');
    await arrive(page, fixtureSeconds - 11, fixtureSeconds - 9);
    site.endAddresses();
    // The browser may still hold the bytes of the address; those of another one it must ask for.
    await page.evaluate(`document.querySelector('video').src += '&again'`);
    await until(page, `document.querySelector('video').src.endsWith('signed=1')`);
    await arrive(page, fixtureSeconds - 11, fixtureSeconds - 9);
    await page.close();
  });

  it('computes the figures of the picture anew, says so, and goes back', async () => {
    const { page, trouble } = await open();
    await page.locator('.thresholds summary').click();
    const slider = page.locator('.threshold input').first();
    for (let step = 0; step < 15; step += 1) await slider.press('ArrowLeft');
    await page.locator('#figure-attention.is-changed').waitFor();
    await page.getByRole('button', { name: 'As in the report' }).click();
    await until(page, `document.querySelectorAll('#figure-attention.is-changed').length === 0`);
    expect(trouble).to.deep.equal([]);
    await page.close();
  });

  for (const options of [
    {},
    { viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const, locale: 'pt-BR' },
  ]) {
    it(`has no serious fault of accessibility at ${String(options.viewport?.width ?? 1280)} pixels`, async () => {
      const { page } = await open(options);
      await page.evaluate(await readAxe());
      const found = await page.evaluate(
        `axe.run().then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id))`,
      );
      expect(found).to.deep.equal([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(
        options.viewport?.width ?? 1280,
      );
      await page.close();
    });
  }

  it('shows half an hour with 4,500 words within a second of work', async () => {
    const long = await startReportSite(folder, { ...longReport, recordId: report.recordId });
    const { page } = await open({}, long);
    const client = await page.context().newCDPSession(page);
    await client.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(`${long.url}/records/${report.recordId}`);
    await page.locator('#figure-readingGrade').waitFor();
    await until(page, `document.querySelectorAll('.word').length === 4500`);
    const { metrics } = await client.send('Performance.getMetrics');
    expect(metrics.find(({ name }) => name === 'TaskDuration')?.value).to.be.lessThan(1);
    await page.close();
    long.end();
  });
});
