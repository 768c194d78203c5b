// Does FFmpeg read every option of a graph as it was meant?
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { filter, writeGraph } from '../../media/filtergraph.ts';
import { ffmpeg, scratchFolder } from './support/clips.ts';

/** Lets FFmpeg's metadata filter set each text as a value and print it; gives back what it read. */
async function throughFfmpeg(texts: readonly string[]): Promise<string[]> {
  const tags = texts.map((value, index) =>
    filter('metadata', { mode: 'add', key: `k${String(index)}`, value }),
  );
  const graph = writeGraph([
    {
      from: [],
      filters: [filter('color', { size: '16x16', rate: 1, duration: 1 }), ...tags],
      to: ['tagged'],
    },
    {
      from: ['tagged'],
      filters: [filter('metadata', { mode: 'print', file: 'pipe:1' })],
      to: ['out'],
    },
  ]);
  const printed = (
    await ffmpeg('-filter_complex', graph, '-map', '[out]', '-frames:v', '1', '-f', 'null', '/dev/null')
  ).toString();
  return texts.map((_, index) => {
    const start = printed.indexOf(`\nk${String(index)}=`) + `\nk${String(index)}=`.length;
    const next = printed.indexOf(`\nk${String(index + 1)}=`, start);
    return printed.slice(start, next < 0 ? printed.length - 1 : next);
  });
}

describe('writeGraph', function () {
  this.timeout(20_000);

  it('names inputs and outputs, and parts filters and chains', () => {
    const graph = writeGraph([
      { from: ['0:v'], filters: [filter('split', { outputs: 2 })], to: ['a', 'b'] },
      { from: ['a'], filters: [filter('scale', { w: 2, h: 4 }), filter('nullsink')], to: [] },
    ]);
    expect(graph).to.equal('[0:v]split=outputs=2[a][b];[a]scale=w=2:h=4,nullsink');
  });

  it('keeps every sign that means something to FFmpeg', async () => {
    const texts = [
      `a:b`,
      `it's`,
      `back\\slash`,
      `a,b`,
      `a;b`,
      `[x]`,
      `a=b`,
      `%{pts}`,
      `'`,
      `\\'`,
      `\\\\:`,
      `c:\\new`,
      `-i`,
      `"`,
      `$(touch x)`,
      'naïve …',
      `a b`,
      `#`,
      `@`,
      `|`,
      `\\,;[]':`,
    ];
    expect(await throughFfmpeg(texts)).to.deep.equal(texts);
  });

  it('keeps any text', async () => {
    const sign = fc.constantFrom(...Array.from(`:'\\,;[]=%abc #"-.ü`));
    const text = fc.string({ unit: sign, minLength: 1, maxLength: 20 }).map((value) => `<${value}>`);
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 30, maxLength: 30 }), async (texts) => {
        expect(await throughFfmpeg(texts)).to.deep.equal(texts);
      }),
      { numRuns: 5 },
    );
  });

  it('keeps the name of a file', async () => {
    const folder = scratchFolder();
    const name = `a:b's [c],d;e\\f.txt`;
    const graph = writeGraph([
      {
        from: [],
        filters: [
          filter('color', { size: '16x16', rate: 1, duration: 1 }),
          filter('signalstats'),
          filter('metadata', { mode: 'print', file: join(folder, name) }),
        ],
        to: ['out'],
      },
    ]);
    await ffmpeg('-filter_complex', graph, '-map', '[out]', '-f', 'null', '-');
    expect(await readdir(folder)).to.deep.equal([name]);
  });
});
