// Can every screen be used by everybody: with a screen reader, a keyboard, on a phone, in the dark, in both languages?
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { makeFakeCamera } from './support/fake-camera.ts';
import { goToRecorder } from './support/practice.ts';
import { installReadingRecogniser } from './support/reading-recogniser.ts';
import { analysed, sendSample } from './support/sent-sample.ts';
import { startApp, type StartedApp } from './support/started-app.ts';
import { openBrowser, visit } from './support/visits.ts';
import type { Language } from './support/words.ts';

const root = new URL('../../', import.meta.url).pathname;

/** How the screens are looked at; the pictures of the first are the ones of the documents. */
const looks: readonly (BrowserContextOptions & { readonly name: string; readonly language: Language })[] = [
  { name: 'light', language: 'en', locale: 'en-US', colorScheme: 'light' },
  { name: 'dark, in Portuguese', language: 'pt', locale: 'pt-BR', colorScheme: 'dark' },
  {
    name: 'on a phone',
    language: 'en',
    locale: 'en-US',
    viewport: { width: 360, height: 760 },
    isMobile: true,
    hasTouch: true,
  },
];

/** Faults that keep somebody out; lesser ones are advice. */
async function seriousFaults(page: Page): Promise<string[]> {
  const axe = await readFile(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
  // Through the debugging protocol, so that the page's policy stays as strict as it is.
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

const widerThanScreen = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);

describe('the screens of the app', function () {
  this.timeout(180_000);
  let folder: string;
  let app: StartedApp;
  let browser: Browser;
  let left: string;
  let right: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-screens-'));
    const camera = makeFakeCamera(folder);
    app = await startApp(join(folder, 'data'), await installReadingRecogniser(folder, 60));
    browser = await openBrowser(camera);
    const question = 'Tell me about a time you improved something that slowed your team down.';
    left = await sendSample(app, question);
    right = await sendSample(app, question);
    await Promise.all([analysed(app, left), analysed(app, right)]);
  });
  after(async () => {
    await browser.close();
    await app.end();
    await rm(folder, { recursive: true, force: true });
  });

  const screens: readonly (readonly [name: string, path: () => string])[] = [
    ['practise', () => '/'],
    ['attempts', () => '/attempts'],
    ['report', () => `/records/${left}`],
    ['compare', () => `/compare/${left}/${right}`],
    ['run', () => `/records/${left}/run`],
    ['runs', () => '/runs'],
    ['questions', () => '/questions'],
    ['settings', () => '/settings'],
    ['privacy', () => '/privacy'],
    ['not-found', () => '/no-such-page'],
  ];

  it('have the description of their API beside them', async () => {
    const answer = await fetch(`${app.url}/openapi.json`);
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'application/json']);
    expect(await answer.json())
      .to.have.property('openapi')
      .that.matches(/^3\.1/);
  });

  it('are looked at by a check that does find a button without a name', async () => {
    const { page } = await visit(browser, app);
    await page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
    expect(await seriousFaults(page))
      .to.have.length(1)
      .and.to.have.nested.property('[0]')
      .which.matches(/^button-name/);
    await page.context().close();
  });

  for (const look of looks)
    describe(look.name, () => {
      let page: Page;
      let trouble: string[];
      before(async () => {
        ({ page, trouble } = await visit(browser, app, look));
      });
      after(() => page.context().close());

      const judge = async (name: string): Promise<void> => {
        if (process.env['GREENROOM_WRITE_SCREENSHOTS'] && look === looks[0])
          await page.screenshot({ path: join(root, `docs/images/app-${name}.png`) });
        expect(await page.getByRole('navigation').count(), 'is signed in').to.be.greaterThan(0);
        expect(await seriousFaults(page)).to.deep.equal([]);
        expect(await widerThanScreen(page), 'is wider than the screen').to.equal(false);
        expect(trouble).to.deep.equal([]);
      };

      for (const [name, path] of screens)
        it(`${name} has no serious fault, fits, and asks nobody else for anything`, async () => {
          await page.goto(app.url + path());
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.waitForLoadState('networkidle');
          await judge(name);
        });

      it('the recorder has no serious fault', async () => {
        await page.goto(app.url);
        await goToRecorder(page, look.language);
        await page.locator('video').first().waitFor();
        await page.waitForTimeout(700);
        await judge('record');
      });
    });
});
