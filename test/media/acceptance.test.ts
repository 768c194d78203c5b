// Is a file refused that is cut, of the wrong length, corrupt or empty?
import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { acceptOutput, durationTolerance } from '../../media/acceptance.ts';
import { durationOf } from './support/look.ts';
import { altered, clip, cutOff, scratchPath, tools, trimmed, variant } from './support/clips.ts';

const { signal } = new AbortController();
const accept = (path: string, expectedSeconds: number | null = null) =>
  acceptOutput(path, { expectedSeconds, tools, signal });

async function refusal(path: string, expectedSeconds: number | null = null): Promise<string> {
  const error = await accept(path, expectedSeconds).then(
    () => new Error('accepted'),
    (caught: unknown) => caught,
  );
  expect(error).to.have.property('name', 'InternalError');
  return error instanceof Error ? error.message : '';
}

describe('acceptOutput', () => {
  it('counts the frames of a good file and gives its length', async () => {
    const { frameCount, durationSeconds } = await accept(await clip('h264.mp4'), 2);
    expect(frameCount).to.equal(60);
    expect(durationSeconds).to.be.closeTo(2, 0.03);
  });

  it('counts no frames in sound alone', async () => {
    expect(await accept(await clip('sound.m4a'), 2)).to.include({ frameCount: 0 });
  });

  it('accepts a variable frame rate, a single picture, an edit list and times that stand still', async () => {
    expect(await accept(await clip('hole.mp4'), 3)).to.include({ frameCount: 46 });
    const few = await clip('few.mp4');
    expect((await accept(few)).durationSeconds).to.be.closeTo(await durationOf(few), 0.12);
    const single = await variant('h264.mp4', 'single.mp4', ['-an', '-frames:v', '1']);
    expect(await accept(single)).to.include({ frameCount: 1 });
    expect(await accept(await trimmed(), 0.8)).to.include({ frameCount: 24 });
    const standing = await variant('h264.mp4', 'standing.mp4', [
      '-an',
      '-bsf:v',
      'setts=pts=floor(PTS/1024)*1024:dts=DTS',
    ]);
    expect(await accept(standing)).to.include({ frameCount: 60 });
  });

  it('refuses an empty file', async () => {
    const path = scratchPath('empty.mp4');
    await writeFile(path, '');
    expect(await refusal(path)).to.equal('FFmpeg wrote an empty file');
  });

  for (const fraction of [0.99, 0.9, 0.5]) {
    it(`refuses a file of which ${fraction} is left`, async () => {
      for (const name of ['h264.mp4', 'hole.mp4'] as const)
        expect(await refusal(await cutOff(name, fraction)), name).to.match(/does not decode|cannot be read/);
    });
  }

  it('refuses a file with overwritten bytes', async () => {
    const path = await altered('hole.mp4', 'overwritten.mp4', (bytes) =>
      bytes.fill(0xff, bytes.length - 3000, bytes.length - 2000),
    );
    expect(await refusal(path)).to.match(/does not decode/);
  });

  for (const seconds of [1.5, 2.5, 60]) {
    it(`refuses 2 s instead of ${seconds} s`, async () => {
      expect(await refusal(await clip('h264.mp4'), seconds)).to.match(/lasts 2\.\d+ s instead of/);
    });
  }

  it('refuses what is no MP4', async () => {
    expect(await refusal(await clip('vp8.webm'))).to.match(/does not decode|cannot be read/);
  });

  it('tolerates 0.2 s, and a hundredth of what is long', () => {
    expect([1, 20, 600].map(durationTolerance)).to.deep.equal([0.2, 0.2, 6]);
  });
});
