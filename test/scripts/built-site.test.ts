// Is the app built when its sources changed, and only then?
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { freshFolder } from '../../scripts/built-site.ts';

describe('a folder that is built of sources', () => {
  let root: string;
  let builds: number;
  let fails: boolean;
  const folder = (): string => join(root, 'out');
  const refresh = (): Promise<void> =>
    freshFolder({
      root,
      sources: ['source/**/*', 'source.txt'],
      folder: folder(),
      build: async (making) => {
        builds += 1;
        writeFileSync(join(making, 'index.html'), readFileSync(join(root, 'source.txt')));
        if (fails) throw new Error('the build broke');
      },
    });
  const built = (): string => readFileSync(join(folder(), 'index.html'), 'utf8');

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'greenroom-built-'));
    [builds, fails] = [0, false];
    writeFileSync(join(root, 'source.txt'), 'first');
    await refresh();
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('is made where it is absent, and nothing is left beside it but a note', () => {
    expect([built(), builds]).to.deep.equal(['first', 1]);
    expect(readdirSync(root).toSorted()).to.deep.equal(['out', 'out.json', 'source.txt']);
  });

  it('is not made again while nothing changed, whatever the clock says', async () => {
    writeFileSync(join(root, 'source.txt'), 'first');
    await refresh();
    expect(builds).to.equal(1);
  });

  it('is made again when a source changed', async () => {
    writeFileSync(join(root, 'source.txt'), 'second');
    await refresh();
    expect([built(), builds]).to.deep.equal(['second', 2]);
  });

  for (const [title, touch] of [
    ['changed', () => writeFileSync(join(folder(), 'index.html'), 'by hand')],
    ['got a file', () => writeFileSync(join(folder(), 'more.html'), 'by hand')],
    ['lost one', () => rmSync(join(folder(), 'index.html'))],
  ] as const) {
    it(`is made again when somebody touched it: it ${title}`, async () => {
      touch();
      await refresh();
      expect([built(), builds, readdirSync(folder())]).to.deep.equal(['first', 2, ['index.html']]);
    });
  }

  it('stays as it was when a build breaks, which is tried again', async () => {
    writeFileSync(join(root, 'source.txt'), 'second');
    fails = true;
    let failure: unknown;
    await refresh().catch((error: unknown) => {
      failure = error;
    });
    expect([String(failure), built()]).to.deep.equal(['Error: the build broke', 'first']);
    expect(readdirSync(root).toSorted()).to.deep.equal(['out', 'out.json', 'source.txt']);
    fails = false;
    await refresh();
    expect(built()).to.equal('second');
  });
});
