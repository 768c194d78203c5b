// Does what we convert play and seek in a real browser?
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../fixtures/chromium.ts';
import { greenroom, makeFolder, readReport, run, withoutVision } from './support/command-line.ts';
import { remuxableClip, speakingClip } from './support/recordings.ts';

interface Ranges {
  readonly server: Server;
  /** The ranges that were asked for. */
  readonly asked: string[];
}

/** Serves `/` as an empty page and every other path from the folder, in ranges as a web server does. */
async function serve(folder: string): Promise<Ranges> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      if (request.url === '/') return response.setHeader('content-type', 'text/html').end('<!doctype html>');
      const path = join(folder, request.url ?? '');
      if (!path.endsWith('.mp4') || !existsSync(path)) return response.writeHead(404).end();
      const { size } = await stat(path);
      const { range = '' } = request.headers;
      asked.push(range);
      const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
      const [start, end] = [Number(from), to === '' ? size - 1 : Number(to)];
      response.writeHead(range ? 206 : 200, {
        'content-type': 'video/mp4',
        'accept-ranges': 'bytes',
        'content-length': end - start + 1,
        ...(range ? { 'content-range': `bytes ${String(start)}-${String(end)}/${String(size)}` } : {}),
      });
      return createReadStream(path, { start, end })
        .on('error', () => response.destroy())
        .pipe(response);
    })();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, asked };
}

/** Waits until an expression about the video `v` is true in the page. */
async function until(page: Page, expression: string): Promise<void> {
  const end = Date.now() + 15_000;
  const script = `(() => { const v = document.querySelector('video'); if (v.error) throw new Error(v.error.message); return ${expression}; })()`;
  while ((await page.evaluate(script)) !== true) {
    if (Date.now() > end) throw new Error(`never came true: ${expression}`);
    await delay(30);
  }
}

/** How different the pixels of the frame on show are: 0 for one plain colour. */
const contrastOf = (page: Page): Promise<number> =>
  page.evaluate(`(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
    const context = canvas.getContext('2d');
    context.drawImage(document.querySelector('video'), 0, 0, 64, 36);
    const { data } = context.getImageData(0, 0, 64, 36);
    const greens = data.filter((_, index) => index % 4 === 1);
    return Math.max(...greens) - Math.min(...greens);
  })()`);

describe('playback.mp4 in Chromium', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let browser: Browser;
  let ranges: Ranges;
  before(async () => {
    folder = await makeFolder('playback');
    ranges = await serve(folder.path);
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    ranges?.server.closeAllConnections();
    ranges?.server.close();
    await folder?.remove();
  });

  const recordings = { transcode: speakingClip, remux: remuxableClip } as const;
  for (const method of ['transcode', 'remux'] as const)
    it(`loads, plays a second and seeks to its middle after a ${method}`, async () => {
      const file = await recordings[method](folder.path);
      const said = await run(greenroom, ['analyze', file, '--out', join(folder.path, method)], {
        env: withoutVision,
      });
      expect(said.code, said.stderr).to.equal(0);
      const { playback } = await readReport(join(folder.path, method));
      expect(playback?.method).to.equal(method);
      const seconds = playback?.durationSeconds ?? 0;
      const page = await browser.newPage();
      const { port } = ranges.server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${String(port)}/`);
      await page.evaluate(
        `document.body.append(Object.assign(document.createElement('video'), { src: '/${method}/playback.mp4' }))`,
      );
      await until(page, 'v.readyState >= 1');
      const { duration, width } = await page.evaluate<{ duration: number; width: number }>(
        `(({ duration, videoWidth: width }) => ({ duration, width }))(document.querySelector('video'))`,
      );
      expect(duration).to.be.closeTo(seconds, 0.2);
      expect(width).to.equal(playback?.width);
      await page.evaluate(`document.querySelector('video').play()`);
      await until(page, 'v.currentTime >= 1 && v.getVideoPlaybackQuality().totalVideoFrames >= 10');
      await page.evaluate(
        `(() => { const v = document.querySelector('video'); v.pause(); v.currentTime = ${String(seconds / 2)}; })()`,
      );
      await until(
        page,
        `!v.seeking && v.readyState >= 2 && Math.abs(v.currentTime - ${String(seconds / 2)}) < 0.2`,
      );
      expect(await contrastOf(page)).to.be.greaterThan(40);
      expect(await page.evaluate(`document.querySelector('video').webkitAudioDecodedByteCount > 0`)).to.equal(
        true,
      );
      expect(ranges.asked[0]).to.match(/^bytes=0-/);
      await page.close();
    });
});
