// Do the still pictures show the moments that they claim, few enough and small enough?
import { expect } from 'chai';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Playback } from '../../../domain/report.ts';
import { sampleFrames, secondsPerFrame } from '../../../media/pictures/sample-frames.ts';
import { ffmpeg, h264, scratchFolder, tools } from '../support/clips.ts';

const { signal } = new AbortController();

const playbackOf = (durationSeconds: number, width: number, height: number): Playback => ({
  method: 'transcode',
  durationSeconds,
  frameCount: 1,
  width,
  height,
});

/** Ten frames a second; the luma tells the second: 20 + 10 a second. */
async function film(seconds: number, size: string): Promise<string> {
  const folder = scratchFolder();
  const source = `nullsrc=s=${size}:r=10:d=${seconds},format=yuv420p,geq=lum='20+10*floor(N/10)':cb=128:cr=128`;
  await ffmpeg('-f', 'lavfi', '-i', source, ...h264, join(folder, 'playback.mp4'));
  return folder;
}

describe('still pictures of a recording (A67)', () => {
  for (const [duration, interval] of [
    [0.4, 5],
    [300, 5],
    [301, 6],
    [3600, 60],
  ] as const) {
    it(`are taken every ${interval} s of ${duration} s, so that there are at most sixty`, () => {
      expect(secondsPerFrame(duration)).to.equal(interval);
      expect(Math.ceil(duration / secondsPerFrame(duration))).to.be.at.most(60);
    });
  }

  it('are JPEGs of the very moments, in order', async () => {
    const folder = await film(12, '64x48');
    const frames = await sampleFrames({
      playback: playbackOf(12, 64, 48),
      folder,
      tools,
      signal,
      timeoutSeconds: 30,
    });
    expect(frames.map(({ atSeconds }) => atSeconds)).to.deep.equal([0, 5, 10]);
    for (const { atSeconds, jpeg } of frames) {
      expect(await sharp(jpeg).metadata()).to.include({ format: 'jpeg', width: 64, height: 48 });
      const { channels } = await sharp(jpeg).stats();
      // Studio range to full range: 16–235 becomes 0–255.
      const expected = ((20 + 10 * atSeconds - 16) * 255) / 219;
      expect(channels[0]?.mean).to.be.closeTo(expected, 4);
    }
  });

  it('of a long recording come from the last key frame before their moment', async () => {
    const folder = scratchFolder();
    const source = 'nullsrc=s=64x48:r=1:d=610,format=yuv420p,geq=lum=16+N/3:cb=128:cr=128';
    await ffmpeg('-f', 'lavfi', '-i', source, ...h264, '-g', '4', join(folder, 'playback.mp4'));
    const options = { playback: playbackOf(610, 64, 48), folder, tools, signal, timeoutSeconds: 30 };
    const frames = await sampleFrames(options);
    expect(frames).to.have.lengthOf(56);
    expect(frames[55]?.atSeconds).to.equal(605);
    for (const { atSeconds, jpeg } of frames) {
      const { channels } = await sharp(jpeg).stats();
      const shownSeconds = (((channels[0]?.mean ?? 0) * 219) / 255) * 3;
      expect(shownSeconds).to.be.within(atSeconds - 10, atSeconds + 3);
    }
  });

  it('are one for a recording shorter than the interval', async () => {
    const folder = await film(1, '64x48');
    const options = { playback: playbackOf(1, 64, 48), folder, tools, signal, timeoutSeconds: 30 };
    expect(await sampleFrames(options)).to.have.lengthOf(1);
  });

  it('are at most 1280 pixels wide', async () => {
    const folder = await film(1, '1920x1080');
    const options = { playback: playbackOf(1, 1920, 1080), folder, tools, signal, timeoutSeconds: 30 };
    const [frame] = await sampleFrames(options);
    expect(await sharp(frame?.jpeg).metadata()).to.include({ width: 1280, height: 720 });
  });

  it('are none without a picture, and an InternalError when the playback file is gone', async () => {
    const folder = scratchFolder();
    const silent = { ...playbackOf(5, 1, 1), width: null, height: null };
    expect(await sampleFrames({ playback: silent, folder, tools, signal, timeoutSeconds: 30 })).to.deep.equal(
      [],
    );
    const options = { playback: playbackOf(5, 64, 48), folder, tools, signal, timeoutSeconds: 30 };
    const error: unknown = await sampleFrames(options).catch((reason: unknown) => reason);
    expect(error).to.have.property('name', 'InternalError');
  });
});
