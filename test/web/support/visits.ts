// How does a test visit the app? With Debian's Chromium, and with an eye on everything that goes wrong in it.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../../fixtures/chromium.ts';
import type { FakeCamera } from './fake-camera.ts';

/** Without a camera the browser refuses it, as a user who pressed "Block" does. */
export async function openBrowser(camera: FakeCamera | null): Promise<Browser> {
  const devices =
    camera === null
      ? ['--use-fake-device-for-media-stream', '--deny-permission-prompts']
      : [
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          `--use-file-for-fake-video-capture=${camera.videoPath}`,
          `--use-file-for-fake-audio-capture=${camera.audioPath}`,
        ];
  return launchChromium(devices);
}

export interface Visit {
  readonly page: Page;
  /** Errors on the console, exceptions, violations of the policy, requests to another origin; empty when all is well. */
  readonly trouble: string[];
}

/** A page that has been let in. */
export async function visit(
  browser: Browser,
  { url, signInUrl }: { readonly url: string; readonly signInUrl: string },
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 860 },
    ...options,
  });
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
