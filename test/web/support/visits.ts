// How does a test visit the app? With Debian's Chromium, and with an eye on everything that goes wrong in it.
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { chromiumOptions, launchChromium } from '../../fixtures/chromium.ts';
import type { FakeCamera } from './fake-camera.ts';

/** Without a camera the browser refuses it, as a user who pressed "Block" does. */
const deviceFlags = (camera: FakeCamera | null): readonly string[] =>
  camera === null
    ? ['--use-fake-device-for-media-stream', '--deny-permission-prompts']
    : [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-video-capture=${camera.videoPath}`,
        `--use-file-for-fake-audio-capture=${camera.audioPath}`,
      ];

/** A browser whose visits share nothing and leave nothing. */
export const openBrowser = async (camera: FakeCamera | null): Promise<Browser> =>
  launchChromium(deviceFlags(camera));

/** A browser with a profile on the disk, in `folder`: only there can the room for a site be made less. */
export const openProfile = async (folder: string, camera: FakeCamera | null): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, {
    ...chromiumOptions(deviceFlags(camera)),
    locale: 'en-US',
  });

export interface Visit {
  readonly page: Page;
  /** Errors on the console, exceptions, violations of the policy, requests to another origin; empty when all is well. */
  readonly trouble: string[];
}

type App = { readonly url: string; readonly signInUrl: string };

/** A page that has been let in, in a context of its own. */
export async function visit(browser: Browser, app: App, options: BrowserContextOptions = {}): Promise<Visit> {
  const viewport = { width: 1280, height: 860 };
  return visitIn(await browser.newContext({ locale: 'en-US', viewport, ...options }), app);
}

/** A page that has been let in. */
export async function visitIn(context: BrowserContext, { url, signInUrl }: App): Promise<Visit> {
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (!['data:', 'blob:'].includes(address.protocol) && address.origin !== url)
      trouble.push(`request: ${request.url()}`);
  });
  await page.goto(signInUrl);
  // Only whoever is signed in has a way to other pages.
  await page.getByRole('navigation').first().waitFor();
  return { page, trouble };
}
