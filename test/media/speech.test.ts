// Are syllables found in sound as often as they were spoken?
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { InternalError } from '../../domain/errors.ts';
import { countSyllables } from '../../domain/text-metrics/syllables.ts';
import { findSyllables } from '../../media/speech.ts';

const run = promisify(execFile);
const rate = 16_000;

interface Wav {
  readonly samples: Int16Array;
  readonly claimedBytes?: number;
  readonly channels?: number;
  readonly extraChunk?: boolean;
}

function wav({ samples, claimedBytes, channels = 1, extraChunk = false }: Wav): Buffer {
  const body = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const head = Buffer.alloc(36);
  head.write('RIFF', 0);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt16LE(16, 34);
  const list = extraChunk ? Buffer.from('LIST\u0003\0\0\0abc\0', 'latin1') : Buffer.alloc(0);
  const data = Buffer.from('data\0\0\0\0', 'latin1');
  data.writeUInt32LE(claimedBytes ?? body.length, 4);
  return Buffer.concat([head, list, data, body]);
}

const asset = (name: string): string => fileURLToPath(new URL(`../../samples/${name}`, import.meta.url));

/** Bursts of a 500 Hz tone, 120 ms each, one every 250 ms. */
const bursts = (count: number): Int16Array =>
  Int16Array.from({ length: count * 4000 }, (_, index) => {
    const within = index % 4000;
    const swell = within < 1920 ? Math.sin((Math.PI * within) / 1920) : 0;
    return Math.round(8000 * swell * Math.sin((2 * Math.PI * 500 * index) / rate));
  });

describe('syllables in sound', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-speech-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function found(file: Buffer): Promise<number[]> {
    const path = join(folder, 'speech.wav');
    await writeFile(path, file);
    return findSyllables(path);
  }

  it('are one per burst, at its middle', async () => {
    const moments = await found(wav({ samples: bursts(8) }));
    expect(moments).to.have.length(8);
    for (const [index, at] of moments.entries()) expect(at).to.be.closeTo(index * 0.25 + 0.06, 0.02);
  });

  it('are none in silence and in hiss below speech', async () => {
    expect(await found(wav({ samples: new Int16Array(rate) }))).to.deep.equal([]);
    const hiss = Int16Array.from({ length: rate }, (_, index) => (index * 7919) % 5);
    expect(await found(wav({ samples: hiss }))).to.deep.equal([]);
    expect(await found(wav({ samples: new Int16Array(0) }))).to.deep.equal([]);
  });

  for (const [what, claimedBytes] of [
    ['nothing, as an unfinished file does', 0],
    ['4 GiB, as a stream does', 0xffffffff],
    ['more than there is', 1_000_000],
  ] as const)
    it(`are found when the header claims ${what}`, async () => {
      expect(await found(wav({ samples: bursts(4), claimedBytes, extraChunk: true }))).to.have.length(4);
    });

  for (const [what, file] of [
    ['text', Buffer.from('hello')],
    ['a file without sound', Buffer.from('RIFF\0\0\0\0WAVE', 'latin1')],
    ['stereo', wav({ samples: bursts(1), channels: 2 })],
  ] as const)
    it(`are refused in ${what}`, async () => {
      const error = await found(file).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(InternalError);
    });

  it('stop at once when the signal says so', async () => {
    const path = join(folder, 'speech.wav');
    await writeFile(path, wav({ samples: bursts(4) }));
    const error = await findSyllables(path, AbortSignal.abort(new Error('enough'))).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.have.property('message', 'enough');
  });

  it('of the sample are within 12 % of its text, none in its long pause', async function () {
    this.timeout(30_000);
    const path = join(folder, 'sample.wav');
    await run('ffmpeg', [
      '-nostdin',
      '-v',
      'error',
      '-i',
      asset('interview.webm'),
      '-vn',
      '-ar',
      '16000',
      '-ac',
      '1',
      '-c:a',
      'pcm_s16le',
      path,
    ]);
    const { speech } = JSON.parse(readFileSync(asset('interview.truth.json'), 'utf8'));
    const spoken = speech.words.reduce(
      (sum: number, word: { text: string }) => sum + countSyllables(word.text, 'en'),
      0,
    );
    const moments = await findSyllables(path);
    expect(moments.length / spoken).to.be.within(0.88, 1.12);
    const [pause] = speech.longPauses;
    expect(
      moments.filter((at) => at > pause.startSeconds + 0.1 && at < pause.endSeconds - 0.1),
    ).to.deep.equal([]);
  });
});
