// Does the report page work in a real browser, opened from the file system?
import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { renderReportPage } from '../../cli/report-page.ts';
import type { Report } from '../../domain/report.ts';
import { largestEmbeddedBytes } from '../../report/page/player.ts';
import { launchChromium } from '../fixtures/chromium.ts';
import { fixtureReport, fixtureSeconds, soundOnlyReport } from '../fixtures/report.ts';

interface Visit {
  readonly page: Page;
  /** Everything that went wrong: console errors, exceptions, policy violations, requests to anywhere. */
  readonly trouble: string[];
}

const secondsOf = (page: Page): Promise<number> =>
  page.locator('#video').evaluate((video) => Number(Reflect.get(video, 'currentTime')));
/** Playwright’s own waiting evaluates strings inside the page, which the page’s policy forbids. */
async function until(page: Page, condition: string): Promise<void> {
  const end = Date.now() + 10_000;
  while ((await page.evaluate(condition)) !== true) {
    if (Date.now() > end) throw new Error(`Never came true: ${condition}`);
    await delay(30);
  }
}
const ready = (page: Page): Promise<void> => until(page, `document.querySelector('#video').readyState >= 1`);

describe('report page in Chromium', function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder = '';
  let media = {};

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-browser-'));
    const file = (name: string): string => join(folder, name);
    const ffmpeg = (line: string, output: string): Buffer =>
      execFileSync('ffmpeg', [...`-v error -y ${line}`.split(' '), file(output)]);
    const sources = `-f lavfi -i testsrc=s=320x180:r=5:d=${fixtureSeconds} -f lavfi -i sine=r=48000:d=${fixtureSeconds}`;
    const codecs = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -movflags +faststart';
    ffmpeg(`${sources} ${codecs}`, 'playback.mp4');
    ffmpeg(`-i ${file('playback.mp4')} -vf fps=1/2,scale=160:90,tile=10x2 -frames:v 1`, 'storyboard.jpg');
    ffmpeg(`-i ${file('playback.mp4')} -frames:v 1`, 'poster.jpg');
    await writeFile(
      file('captions.vtt'),
      'WEBVTT\n\n00:05.200 --> 00:07.900\nYou know, nobody trusted the tests.\n',
    );
    media = {
      video: file('playback.mp4'),
      poster: file('poster.jpg'),
      storyboard: file('storyboard.jpg'),
      captions: file('captions.vtt'),
    };
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function visitFile(path: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Visit> {
    const page = await browser.newPage(options);
    const trouble: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') trouble.push(message.text());
    });
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) trouble.push(request.url());
    });
    await page.goto(pathToFileURL(path).href);
    return { page, trouble };
  }

  async function visit(report: Report, options: Parameters<Browser['newPage']>[0] = {}): Promise<Visit> {
    const path = join(folder, 'report.html');
    await writeFile(path, await renderReportPage(report, report.playback ? media : {}));
    return visitFile(path, options);
  }

  it('loads and plays the video inside it without any request or complaint', async () => {
    const { page, trouble } = await visit(fixtureReport);
    await ready(page);
    expect(await page.evaluate(`document.querySelector('#video').duration`)).to.be.closeTo(
      fixtureSeconds,
      0.3,
    );
    await page.evaluate(`document.querySelector('#video').play()`);
    await until(page, `document.querySelector('#video').currentTime > 0.5`);
    expect(trouble).to.deep.equal([]);
    await page.close();
  });

  it('goes to a moment when its evidence is clicked, and playhead and transcript follow', async () => {
    const { page, trouble } = await visit(fixtureReport);
    await ready(page);
    await page.locator('#figure-longPauses .moment').click();
    await until(page, `document.querySelector('#video').currentTime >= 12.1`);
    await page.evaluate(`document.querySelector('#video').pause()`);
    expect(await secondsOf(page)).to.be.within(12.1, 14);
    expect(await page.locator('#handle').getAttribute('aria-valuenow')).to.match(/^1[23]$/);
    expect(await page.locator('.word.is-spoken').textContent()).to.equal('month.');
    expect(trouble).to.deep.equal([]);
    await page.close();
  });

  it('goes to a word, to a mark by keyboard and to a free spot of the time line', async () => {
    const { page, trouble } = await visit(fixtureReport);
    await ready(page);
    const arrive = (from: number, to: number): Promise<void> =>
      until(
        page,
        `(() => { const t = document.querySelector('#video').currentTime; return t >= ${from} && t < ${to}; })()`,
      );
    await page.locator('.word', { hasText: 'parallel.' }).click();
    await arrive(29, 31);
    await page.locator('.lane-hedges .mark').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await arrive(35.1, 37);
    await page.evaluate(`document.querySelector('#video').pause()`);
    await page.locator('.lane-frozen .track').click();
    await arrive(fixtureSeconds / 2 - 0.5, fixtureSeconds / 2 + 0.5);
    await page.locator('#handle').press('End');
    await arrive(fixtureSeconds - 0.5, fixtureSeconds + 1);
    expect(trouble).to.deep.equal([]);
    await page.close();
  });

  it('shows the picture and the mark under the pointer', async () => {
    const { page, trouble } = await visit(fixtureReport);
    await page.locator('.lane-silences .mark-longPause').hover();
    expect(await page.locator('#preview-text').textContent()).to.equal('Long pause 0:12 · 2.4 s');
    // The middle of the pause, 13.3 s, is on the seventh tile of two seconds each.
    expect(await page.locator('#preview .tile').getAttribute('viewBox')).to.equal('960 0 160 90');
    expect(trouble).to.deep.equal([]);
    await page.close();
  });

  it('has captions that the browser accepts', async () => {
    const { page, trouble } = await visit(fixtureReport);
    await page.evaluate(`document.querySelector('#video').textTracks[0].mode = 'showing'`);
    await until(page, `document.querySelector('#video').textTracks[0].cues?.length === 1`);
    expect(trouble).to.deep.equal([]);
    await page.close();
  });

  it('plays a video of more than 16 MiB from the file beside it', async () => {
    const padding = Buffer.alloc(largestEmbeddedBytes);
    padding.writeUInt32BE(padding.length, 0);
    padding.write('free', 4);
    const video = join(folder, 'large video.mp4');
    await writeFile(video, Buffer.concat([await readFile(join(folder, 'playback.mp4')), padding]));
    const path = join(folder, 'beside.html');
    await writeFile(path, await renderReportPage(fixtureReport, { ...media, video }));
    const { page, trouble } = await visitFile(path);
    await ready(page);
    expect(await page.locator('#video').getAttribute('src')).to.equal('./large%20video.mp4');
    expect(trouble).to.deep.equal([]);
    await page.close();
  });

  it('keeps the file beside it in reserve for a copy that cannot be played', async () => {
    const broken = join(folder, 'broken.mp4');
    const path = join(folder, 'reserve.html');
    await writeFile(broken, 'this is no video');
    await writeFile(path, await renderReportPage(fixtureReport, { video: broken }));
    await copyFile(join(folder, 'playback.mp4'), broken);
    const { page } = await visitFile(path);
    await ready(page);
    expect(await page.locator('#video').getAttribute('src')).to.equal('./broken.mp4');
    await page.close();
  });

  it('runs nothing that a report smuggles in', async () => {
    const text = `</script><img src=x onerror="window.hacked=1"><svg onload="window.hacked=1">`;
    const { transcript, assessment } = fixtureReport;
    const report: Report = {
      ...fixtureReport,
      question: text,
      problems: [{ code: 'BUG', message: text }],
      transcript: transcript && { ...transcript, words: [{ text, startSeconds: 1, endSeconds: 2 }] },
      assessment: assessment && { ...assessment, summary: text },
    };
    const { page, trouble } = await visit(report);
    expect(await page.evaluate('window.hacked')).to.equal(undefined);
    expect(await page.locator('h1').textContent()).to.equal(text);
    expect(trouble).to.deep.equal([]);
    await page.close();
  });

  for (const [name, report] of Object.entries({
    'a whole report': fixtureReport,
    'sound alone': soundOnlyReport,
  })) {
    it(`fits a phone of 360 pixels with ${name}`, async () => {
      const { page, trouble } = await visit(report, { viewport: { width: 360, height: 740 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(360);
      expect(trouble).to.deep.equal([]);
      await page.close();
    });
  }
});
