// Which words of FFmpeg mean loss? Held against words that FFmpeg really says.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { diskWasFull, frameWasTooLarge, lossLines, memoryWasFull, wasCut } from '../../media/stderr.ts';
import { clip, cutOff, variant } from './support/clips.ts';

const run = promisify(execFile);

/** What decoding a file to nothing says at the level `error`. */
async function complaintsOf(path: string): Promise<string> {
  const { stderr } = await run('ffmpeg', ['-nostdin', '-v', 'error', '-i', path, '-f', 'null', '-']);
  return stderr;
}

describe('the words of FFmpeg', () => {
  for (const name of ['chromium.mkv', 'vp8.webm', 'h264.mp4', 'hevc.mp4'] as const) {
    it(`hold no loss for ${name}`, async () => {
      expect(lossLines(await complaintsOf(await clip(name)))).to.deep.equal([]);
    });
  }

  it('hold no loss when times stand still, as in Chromium’s H.264 in Matroska', async () => {
    const source = await variant('chromium.mkv', 'standing.mkv', ['-bsf:v', 'setts=ts=floor(TS/100)*100']);
    const words = await complaintsOf(source);
    expect(words).to.match(/non monotonically increasing dts/);
    expect(lossLines(words)).to.deep.equal([]);
  });

  for (const name of ['vp8.webm', 'chromium.mkv'] as const) {
    it(`tell that ${name} was cut`, async () => {
      const words = await complaintsOf(await cutOff(name, 0.7));
      expect(wasCut(words)).to.equal(true);
      expect(lossLines(words)).to.include('File ended prematurely');
    });
  }

  for (const [name, filter] of [
    ['vp8.webm', 'noise=amount=20'],
    ['h264.mp4', 'noise=amount=500'],
    ['hevc.mp4', 'noise=amount=100'],
    ['vp9.webm', 'noise=amount=100'],
  ] as const) {
    it(`tell that bytes of ${name} were overwritten`, async () => {
      const words = await complaintsOf(await variant(name, `noisy-${name}`, ['-bsf:v', filter]));
      expect(lossLines(words)).to.not.deep.equal([]);
    });
  }

  it('are given without addresses, each once, at most ten', async () => {
    const source = await variant('vp8.webm', 'very-noisy.webm', ['-bsf', 'noise=amount=3']);
    const lines = lossLines(await complaintsOf(source));
    expect(lines).to.have.lengthOf.within(1, 10);
    expect(new Set(lines)).to.have.lengthOf(lines.length);
    for (const line of lines) expect(line).to.not.match(/@ 0x|^\[/);
    const many = Array.from({ length: 30 }, (_, index) => `[vp8 @ 0x55d] Invalid frame ${String(index)}`);
    expect(lossLines(many.join('\n'))).to.have.lengthOf(10);
  });

  it('lose every prefix of a newer version', () => {
    expect(
      lossLines('[vist#0:0/h264 @ 0x5581] [dec:h264 @ 0x5582] Error submitting packet to decoder'),
    ).to.deep.equal(['Error submitting packet to decoder']);
  });

  it('tell the machine’s faults from the file’s', async () => {
    const { stderr } = await run('sh', [
      '-c',
      `ffmpeg -v error -nostdin -y -i "$0" -f matroska /dev/full; true`,
      await clip('h264.mp4'),
    ]);
    expect(diskWasFull(stderr)).to.equal(true);
    expect(memoryWasFull('[x @ 0x1] Cannot allocate memory')).to.equal(true);
    expect(frameWasTooLarge('[vp8 @ 0x1] Picture size 16000x16000 is invalid')).to.equal(true);
    for (const test of [diskWasFull, memoryWasFull, frameWasTooLarge, wasCut])
      expect(test('[h264 @ 0x1] Invalid NAL unit size (1 > 0).')).to.equal(false);
  });
});
