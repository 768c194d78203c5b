// Does the report page say what the report says, and nothing that the report could smuggle in?
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { renderReportPage } from '../../cli/report-page.ts';
import { formulaNames, formulas } from '../../domain/formulas.ts';
import { reportSchema } from '../../domain/report.ts';
import { fixtureReport, labelledReport, soundOnlyReport } from '../fixtures/report.ts';

const freeTexts = new Set(
  'text message question statement summary reason provider recordId source name parents'.split(' '),
);

/** Replaces every free text of the report by the hostile one. */
function poison(value: unknown, text: string): unknown {
  if (Array.isArray(value)) return value.map((one) => poison(one, text));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [
    key,
    typeof one === 'string' && freeTexts.has(key) ? text : poison(one, text),
  ]);
  return Object.fromEntries(entries);
}

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const between = (page: string, start: string, end: string): string =>
  page.slice(page.indexOf(start) + start.length, page.indexOf(end, page.indexOf(start)));

describe('report page', () => {
  let page = '';
  let folder = '';
  before(async () => {
    page = await renderReportPage(fixtureReport, {});
    folder = await mkdtemp(join(tmpdir(), 'greenroom-page-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('shows every figure with definition and source', () => {
    for (const name of formulaNames) {
      const card = between(page, `id="figure-${name}"`, '</article>');
      expect(card, name).to.include(formulas[name].title);
      expect(card, name).to.include(formulas[name].source.replaceAll('&', '&amp;').replaceAll("'", '&#39;'));
    }
  });

  it('shows a dash, the reason and no number for a figure that is not known (A64)', () => {
    const card = between(page, 'id="figure-objects"', '</article>');
    expect(card).to.include('>—</span>').and.include('no object detector is configured');
    expect(card).to.not.include('class="range"');
    expect(card).to.not.include('class="unit"');
  });

  it('names the things in the picture, each with a button for every time that it was seen (A67)', async () => {
    const card = between(await renderReportPage(labelledReport, {}), 'id="figure-objects"', '</article>');
    expect(card).to.include('<span class="number">2</span> <span class="unit">kinds</span>');
    const [plant = '', cup = ''] = card.split('<li><b lang="en">').slice(1);
    expect(plant).to.include('Plant</b>').and.include('99.4 %').and.include('data-at="0"');
    expect([...cup.matchAll(/data-at="(\d+)"/g)].map(([, at]) => at)).to.deep.equal(['5', '20']);
    expect(card).to.include('model amazon-rekognition-labels-3.0');
  });

  it('shows why there is no picture, transcript and assessment', async () => {
    const partial = await renderReportPage(soundOnlyReport, {});
    expect(partial).to.include('Partly analysed');
    expect(partial).to.include('The recording has no picture, so only its sound was analysed.');
    expect(partial).to.include('No speech recogniser is configured and no transcript file was given.');
    expect(partial).to.include('An assessment needs a transcript.');
    expect(partial).to.include('There is no video to play.');
  });

  it('shows summary, words to avoid, three strong and three weak points, and who made them (A85)', () => {
    const section = between(page, 'class="card assessment"', '</section>');
    expect(section).to.include('Made by local rules, not by a person or a model.');
    expect(section).to.include('The answer has a clear situation, task and result.');
    expect(between(section, 'points-strong', '</ol>').match(/<p dir="auto">/g)).to.have.lengthOf(3);
    expect(between(section, 'points-weak', '</ol>').match(/<p dir="auto">/g)).to.have.lengthOf(3);
    expect(between(section, 'class="avoid"', '</section>')).to.include('>you know</q>');
  });

  it('makes every piece of evidence a button that leads to its moment', () => {
    const card = between(page, 'id="figure-fillersPer100Words"', '</article>');
    const figure = fixtureReport.figures.fillersPer100Words;
    if (figure.value === null) expect.fail('the fixture has fillers');
    for (const one of figure.evidence) {
      expect(card).to.include(`<button type="button" class="moment" data-at="${one.startSeconds}">`);
    }
  });

  it('marks fillers, hedges and repeats in the transcript', () => {
    const marked = [...page.matchAll(/<mark class="word said-(\w+)"[^>]*>([^<]+)</g)].map(
      (match) => `${match[1]} ${match[2]}`,
    );
    expect(marked).to.include.members(['filler Um,', 'filler You', 'hedge probably', 'repeat the']);
    expect(marked).to.not.include('filler like');
  });

  it('asks no server for anything', () => {
    const linked = [...page.matchAll(/(?:src|href|poster|action|srcset)="([^"]*)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(linked.length).to.be.greaterThan(5);
    for (const target of linked) expect(target).to.match(/^(#|data:)/);
    const style = between(page, '<style>', '</style>');
    expect(style).to.not.match(/url\(|@import|https?:/);
    expect(page).to.not.match(/https?:\/\/(?!www\.w3\.org)/);
  });

  it('allows exactly its own script and style', () => {
    const policy = between(page, 'http-equiv="Content-Security-Policy" content="', '">');
    const script = between(page, '<script type="module">', '</script>');
    expect(policy).to.include(`script-src ${sha256(script)};`);
    expect(policy).to.include(`style-src ${sha256(between(page, '<style>', '</style>'))};`);
    expect(policy).to.match(/^default-src 'none';/);
    expect(policy).to.not.match(/unsafe|\*|https?:/);
    expect(script.length).to.be.greaterThan(1000);
    expect(page).to.not.match(/ (?:style|on\w+)="/);
  });

  for (const text of [
    `</script><img src=x onerror=alert(1)>`,
    `"><svg onload=alert(1)>`,
    `' onmouseover='alert(1)`,
    `<!--<script>`,
    `]]></style><style>*{display:none}`,
    `&lt;b&gt; \${alert(1)} $& $\``,
  ]) {
    it(`shows ${text} only as text`, async () => {
      const poisoned = reportSchema.parse(poison(labelledReport, text));
      if (poisoned.assessment) poisoned.assessment.provenance = `model:${text}`;
      const shown = await renderReportPage(poisoned, {});
      const body = shown.slice(shown.indexOf('<body>'));
      expect(body).to.not.include(text);
      expect(body.match(/<script/g)).to.have.lengthOf(2);
      expect(body).to.not.match(/<(?:img|style|!--)/);
      expect(body.replaceAll(/"[^"]*"/g, '""')).to.not.match(/<[^>]*\s(?:on\w+|style)=/);
      const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      expect(body.replaceAll('&quot;', '"').replaceAll('&#39;', "'")).to.include(escaped);
    });
  }

  it('puts the video inside up to 16 MiB and says which file to send along beyond that', async () => {
    const video = join(folder, 'playback.mp4');
    await writeFile(video, 'tiny');
    expect(await renderReportPage(fixtureReport, { video })).to.include(
      `src="data:video/mp4;base64,${Buffer.from('tiny').toString('base64')}"`,
    );
    await truncate(video, 16 * 1024 ** 2 + 1);
    const beside = await renderReportPage(fixtureReport, { video });
    expect(beside).to.include('src="./playback.mp4"').and.not.include('data:video');
    expect(beside).to.include('it plays from playback.mp4 in the same folder');
  });

  it('rejects when a file that is named cannot be read', async () => {
    const outcome = await renderReportPage(fixtureReport, { poster: join(folder, 'none.jpg') }).catch(
      (error: unknown) => error,
    );
    expect(outcome).to.have.property('code', 'ENOENT');
  });

  it('has a script that the compiler accepts', function () {
    this.timeout(30_000);
    const tsc = new URL('../../node_modules/typescript/bin/tsc', import.meta.url).pathname;
    const project = new URL('../../report/page/browser', import.meta.url).pathname;
    const { stdout, status } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', project], {
      encoding: 'utf8',
    });
    expect(stdout).to.equal('');
    expect(status).to.equal(0);
  });
});
