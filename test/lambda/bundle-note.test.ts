// Are the stages bundled again when anything changed that they are made of, and only then?
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { bundleStages } from '../../images/bundle/bundle-stages.ts';
import type { StageBundle } from '../../images/bundle/stage-bundle.ts';
import { interview } from '../../systems/interview/system.ts';

const root = resolve(import.meta.dirname, '../..');
const folders = ['domain', 'handlers', 'images', 'lambda', 'media', 'scripts', 'services', 'systems'];
const files = ['package.json', 'package-lock.json', 'tsconfig.json'];
const only = (...names: readonly string[]) => ({
  ...interview,
  stages: interview.stages.filter(({ name }) => names.includes(name)),
});
const small = only('read-health', 'convert-video');
const plain = only('read-health');

/** Longer than a clock of changes ticks: whatever changed before is seen as older. */
const settle = () => sleep(60);

describe('bundling again', function () {
  this.timeout(120_000);
  let tree = '';
  let bundle: typeof bundleStages;
  const at = (...names: string[]): string => join(tree, ...names);
  const out = (...names: string[]): string => at('dist/stages/x86_64', ...names);
  before(async () => {
    tree = mkdtempSync(join(tmpdir(), 'greenroom-note-'));
    for (const name of [...folders, ...files]) cpSync(join(root, name), at(name), { recursive: true });
    cpSync(join(root, 'dist/vision'), at('dist/vision'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), at('node_modules'));
    const module = pathToFileURL(at('images/bundle/bundle-stages.ts')).href;
    ({ bundleStages: bundle } = (await import(module)) as { bundleStages: typeof bundleStages });
    await settle();
    await bundle([small]);
  });
  after(() => {
    rmSync(tree, { recursive: true, force: true });
  });

  const noteTime = (): bigint => statSync(at('dist/stages/x86_64.json'), { bigint: true }).ctimeNs;

  /** Whether a call made the bundles, seen from the note that it leaves, and what it told. */
  async function again(systems = [small]): Promise<{ isMade: boolean; told: readonly StageBundle[] }> {
    await settle();
    const before = noteTime();
    const told = await bundle(systems);
    return { isMade: noteTime() !== before, told };
  }
  const code = (stage: string): string => readFileSync(out(stage, 'index.mjs'), 'utf8');

  it('makes nothing when nothing changed, and tells the same', async () => {
    const { isMade, told } = await again();
    rmSync(at('dist/stages/x86_64.json'));
    const made = await bundle([small]);
    expect(isMade).to.equal(false);
    expect(told).to.deep.equal(made);
    expect(told).to.have.length(2);
  });

  it('sees a changed source of ours', async () => {
    appendFileSync(at('lambda/handler.ts'), "\nprocess.stdout.write('a new line');\n");
    expect(code('read-health')).to.not.include('a new line');
    expect((await again()).isMade).to.equal(true);
    expect(code('read-health')).to.include('a new line');
    expect((await again()).isMade).to.equal(false);
  });

  it('sees a result of the same size and date with another content', async () => {
    const file = out('read-health', 'index.mjs');
    const right = code('read-health');
    const wholeSecond = new Date(1_600_000_000_000);
    utimesSync(file, wholeSecond, wholeSecond);
    await bundle([small]);
    writeFileSync(file, right.replace('import', 'IMPORT'));
    utimesSync(file, wholeSecond, wholeSecond);
    expect((await again()).isMade).to.equal(true);
    expect(code('read-health')).to.equal(right);
  });

  it('takes away a file that belongs to no stage', async () => {
    mkdirSync(out('read-health', 'more'));
    writeFileSync(out('read-health', 'more', 'file'), '');
    expect((await again()).isMade).to.equal(true);
    expect(existsSync(out('read-health', 'more'))).to.equal(false);
  });

  it('makes the vision bundle, too, when its source changed', async () => {
    const manifest = out('convert-video', 'vision/manifest.json');
    const old = readFileSync(manifest, 'utf8');
    appendFileSync(at('media/vision/worker.ts'), '\n// Another line.\n');
    expect((await again()).isMade).to.equal(true);
    expect(readFileSync(manifest, 'utf8')).to.not.equal(old);
  });

  for (const file of [
    'package-lock.json',
    'tsconfig.json',
    'images/bundle/notices.ts',
    'dist/vision/models/iris.json',
  ])
    it(`sees that ${file} changed`, async () => {
      appendFileSync(at(file), '\n');
      expect((await again()).isMade).to.equal(true);
    });

  it('sees that other stages, or another entry, are wanted', async () => {
    expect((await again([plain])).told.map(({ image }) => image)).to.not.include('media');
    expect(existsSync(out('convert-video'))).to.equal(false);
    const [first, ...rest] = plain.stages;
    if (!first) throw new Error('there is no stage');
    const poorer = { ...plain, stages: [{ ...first, grants: [] }, ...rest] };
    const text = code(first.name);
    expect((await again([poorer])).isMade).to.equal(true);
    expect(code(first.name)).to.not.equal(text);
  });

  it('trusts no broken note', async () => {
    writeFileSync(at('dist/stages/x86_64.json'), '{"seal":');
    expect((await again()).isMade).to.equal(true);
    expect((await again()).isMade).to.equal(false);
  });

  it('writes no note about a source that changed at the same moment', async () => {
    rmSync(at('dist/stages/x86_64.json'));
    appendFileSync(at('lambda/handler.ts'), '\n');
    const made = bundle([small]);
    const writing = setInterval(() => appendFileSync(at('lambda/handler.ts'), '\n'), 5);
    await made.finally(() => clearInterval(writing));
    expect(existsSync(at('dist/stages/x86_64.json'))).to.equal(false);
  });
});
