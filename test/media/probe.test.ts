// Are the facts of a file right even where its header is silent or lies?
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { probe } from '../../media/probe.ts';
import {
  altered,
  clip,
  cutOff,
  ffmpeg,
  makeOnce,
  picture,
  resized,
  scratchPath,
  tools,
  trimmed,
  turned,
  variant,
} from './support/clips.ts';
import { durationOf } from './support/look.ts';

const { signal } = new AbortController();
const look = (path: string) => probe(path, tools, signal);
const coverArguments = '-map 0 -map 1 -c copy -disposition:v:0 attached_pic -f mp4'.split(' ');
const refusal = (path: string): Promise<unknown> => look(path).catch((error: unknown) => error);

describe('probe', () => {
  it('finds the length of a live WebM that has none in its header', async () => {
    const path = await clip('vp8.webm');
    expect(await durationOf(path)).to.be.NaN;
    const recording = await look(path);
    expect(recording.durationSeconds).to.be.closeTo(3, 0.05);
    expect(recording).to.deep.include({
      container: 'webm',
      truncated: false,
      usableBytes: null,
      warnings: [],
    });
    expect(recording.video).to.include({ codec: 'vp8', width: 160, height: 120, rotation: 0 });
    expect(recording.audio).to.include({ codec: 'opus', sampleRateHz: 48_000, channels: 1 });
  });

  it('names the very bytes', async () => {
    const path = await clip('h264.mp4');
    const bytes = await readFile(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await look(path)).to.include({ sha256, sizeBytes: bytes.length });
  });

  it('does not believe a header that claims ten hours', async () => {
    const path = await altered('h264.mp4', 'liar.mp4', (bytes) => {
      const mvhd = bytes.indexOf('mvhd');
      bytes.writeUInt32BE(36_000 * bytes.readUInt32BE(mvhd + 16), mvhd + 20);
      return bytes;
    });
    expect(await durationOf(path)).to.be.greaterThan(35_000);
    expect((await look(path)).durationSeconds).to.be.closeTo(2, 0.05);
  });

  for (const degrees of [90, 180, 270] as const) {
    it(`finds that players turn the picture by ${degrees} degrees`, async () => {
      const { video } = await look(await turned(degrees));
      expect(video).to.include({ rotation: degrees, width: 160, height: 120 });
    });
  }

  for (const name of ['vp8.webm', 'hole.mp4'] as const) {
    it(`finds the hole of 1.5 s in ${name}, whose frame rate is what is there`, async () => {
      const { video } = await look(await clip(name));
      expect(video?.longestGapSeconds).to.be.closeTo(1.5, 0.04);
      expect(video?.framesPerSecond).to.be.within(14, 20);
    });
  }

  it('finds no gap but the frame’s own where B-frames come out of order', async () => {
    expect((await look(await clip('h264.mp4'))).video?.longestGapSeconds).to.be.closeTo(1 / 30, 0.002);
  });

  it('finds the longest time between key frames, up to the end, and no interlaced lines', async () => {
    const { video } = await look(await clip('one-keyframe.mp4'));
    expect(video?.longestKeyframeGapSeconds).to.be.closeTo(12, 0.01);
    const often = await makeOnce('often.mp4', (path) =>
      ffmpeg(...picture(3, '64x64', 10), '-c:v', 'libx264', '-g', '10', '-sc_threshold', '0', path),
    );
    expect((await look(often)).video).to.include({ longestKeyframeGapSeconds: 1, interlaced: false });
  });

  for (const [name, codec] of [
    ['wavpack.mkv', 'wavpack'],
    ['prores.mov', 'prores'],
  ] as const) {
    it(`says that it is the codec ${codec} for which ${name} is refused`, async () => {
      const error = await refusal(await clip(name));
      expect(error).to.include({ name: 'RecordingRejected', code: 'NOT_MEDIA' });
      expect(String(error)).to.include(`the codec ${codec}, which Greenroom does not read`);
    });
  }

  it('takes a cover picture for no video', async () => {
    const sound = await clip('sound.m4a');
    const cover = await makeOnce('cover.png', (path) => ffmpeg(...picture(0.1), '-frames:v', '1', path));
    const path = await makeOnce('cover.m4a', (file) =>
      ffmpeg('-i', sound, '-i', cover, ...coverArguments, file),
    );
    const recording = await look(path);
    expect(recording.video).to.equal(null);
    expect(recording.audio?.codec).to.equal('aac');
  });

  it('takes the first of several sound tracks', async () => {
    expect((await look(await clip('two-tracks.mkv'))).audio?.index).to.equal(1);
  });

  it('counts only what an edit list shows', async () => {
    const { video, durationSeconds } = await look(await trimmed());
    expect(durationSeconds).to.be.closeTo(0.8, 0.05);
    expect(video?.startSeconds).to.be.closeTo(0, 0.05);
    expect(video?.frameCount).to.equal(24);
  });

  it('keeps a negative start, and counts the length from it', async () => {
    const path = await variant('sound.webm', 'early.mkv', [
      '-output_ts_offset',
      '-0.5',
      '-avoid_negative_ts',
      'disabled',
    ]);
    const { audio, durationSeconds } = await look(path);
    expect(audio?.startSeconds).to.be.below(0);
    expect(durationSeconds).to.be.closeTo((audio?.endSeconds ?? 0) - (audio?.startSeconds ?? 0), 0.002);
  });

  it('finds pixels that are not square', async () => {
    expect((await look(await clip('wide-pixels.mp4'))).video?.sampleAspectRatio).to.equal(1.3333);
    expect((await look(await clip('h264.mp4'))).video?.sampleAspectRatio).to.equal(1);
  });

  for (const name of ['vp8.webm', 'chromium.mkv', 'hole.mp4'] as const) {
    it(`says that ${name} was cut, and how much of it is left`, async () => {
      const recording = await look(await cutOff(name, 0.8));
      expect(recording.truncated).to.equal(true);
      expect(recording.durationSeconds).to.be.within(0.5, 2.95);
    });
  }

  it('refuses an MP4 whose index was cut off', async () => {
    expect(await refusal(await cutOff('h264.mp4', 0.9))).to.include({ code: 'TRUNCATED' });
  });

  it('refuses a header without anything behind it', async () => {
    const error = await refusal(await cutOff('vp8.webm', 0.003));
    expect(error).to.include({ name: 'RecordingRejected' });
  });

  it('uses the first of two recordings that were written into one file', async () => {
    const path = await altered('vp8.webm', 'twice.webm', (bytes) => Buffer.concat([bytes, bytes]));
    const { truncated, usableBytes, durationSeconds, sizeBytes } = await look(path);
    expect(durationSeconds).to.be.closeTo(3, 0.05);
    expect(truncated).to.equal(true);
    expect(usableBytes).to.be.within(sizeBytes / 2, sizeBytes / 2 + 2000);
  });

  it('goes on through a change of the picture size', async () => {
    expect((await look(await resized())).video).to.include({ frameCount: 60, width: 160, height: 120 });
  });

  it('reads a file whatever it is called', async () => {
    for (const name of ['-i.webm', 'a b ü %2F.webm', `x:y'[z],;.webm`, 'http:x']) {
      const path = scratchPath(name);
      await ffmpeg('-i', await clip('sound.webm'), '-c', 'copy', '-f', 'webm', `file:${path}`);
      expect((await look(path)).audio?.codec, name).to.equal('opus');
    }
  });

  it('stops when it is aborted', async () => {
    const error = await probe(
      await clip('sound.webm'),
      tools,
      AbortSignal.abort(new Error('cancelled')),
    ).catch((caught: unknown) => caught);
    expect(error).to.have.property('message', 'cancelled');
  });
});
