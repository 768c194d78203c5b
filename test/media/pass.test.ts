// Does one pass keep every frame and every sound in its place, and measure what is there?
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { RecordingRejected } from '../../domain/errors.ts';
import type { Recording } from '../../domain/recording.ts';
import { passFiles } from '../../media/pass-command.ts';
import { runMediaPass, type PassOptions, type PassResult } from '../../media/pass.ts';
import { startOf } from '../../media/plan.ts';
import { probe } from '../../media/probe.ts';
import {
  clip,
  resized,
  scratchFolder,
  tools,
  trimmed,
  turned,
  variant,
  type ClipName,
} from './support/clips.ts';
import {
  durationOf,
  entry,
  frameTimes,
  meanColours,
  packetHash,
  soundLevels,
  tagsOf,
  tileLumas,
} from './support/look.ts';

interface Passed {
  readonly recording: Recording;
  readonly result: PassResult;
  readonly playback: string;
  readonly folder: string;
  readonly progress: readonly number[];
}

async function pass(path: string, more: Partial<PassOptions> = {}): Promise<Passed> {
  const { signal } = new AbortController();
  const recording = await probe(path, tools, signal);
  const folder = scratchFolder();
  const progress: number[] = [];
  const result = await runMediaPass({
    path,
    recording,
    folder,
    tools,
    signal,
    timeoutSeconds: 60,
    openVision: null,
    onProgress: (fraction) => progress.push(fraction),
    ...more,
  });
  return { recording, result, playback: join(folder, passFiles.playback), folder, progress };
}

const passed = new Map<ClipName, Promise<Passed>>();
/** Many facts are looked up in one pass. */
function passClip(name: ClipName): Promise<Passed> {
  const known = passed.get(name) ?? clip(name).then((path) => pass(path));
  passed.set(name, known);
  return known;
}

/** Every frame once, each shown within a millisecond of its time in the recording. */
async function expectSameFrames(source: string, { recording, result, playback }: Passed): Promise<void> {
  const expected = (await frameTimes(source)).map((at) => at - startOf(recording));
  const shown = await frameTimes(playback);
  expect(shown).to.have.lengthOf(expected.length);
  expect(result.playback.frameCount).to.equal(expected.length);
  for (const [index, at] of shown.entries()) expect(at).to.be.closeTo(expected[index] ?? NaN, 0.0011);
}

const codecs = ['vp8.webm', 'vp9.webm', 'h264.mp4', 'hevc.mp4', 'av1.webm', 'chromium.mkv'] as const;

/** Overwrites every packet of a stream. */
const noise = (stream: 'v' | 'a'): readonly string[] => [`-bsf:${stream}`, 'noise=amount=1'];

/** What the counting clips show at a moment. */
const lumaAt = (seconds: number): number => 16 + 4 * Math.floor(seconds * 10 + 1e-6);

describe('the media pass', function () {
  this.timeout(20_000);

  for (const name of codecs) {
    it(`keeps every frame and the length of ${name}`, async () => {
      const done = await passClip(name);
      const { playback, recording, result } = done;
      await expectSameFrames(await clip(name), done);
      expect(await durationOf(playback)).to.be.closeTo(recording.durationSeconds, 0.06);
      expect(result.playback.durationSeconds).to.be.closeTo(recording.durationSeconds, 0.06);
      expect(await entry(playback, 'v', 'codec_name,pix_fmt')).to.equal('h264,yuv420p');
      expect(await entry(playback, 'a', 'codec_name')).to.equal('aac');
      expect(result).to.deep.include({ losses: [], undecodable: null, hasSpeechFile: true });
    });

    it(`converts the picture of ${name} without sound`, async () => {
      const source = await variant(name, `silent-${name}`, ['-an']);
      const done = await pass(source);
      await expectSameFrames(source, done);
      expect(done.result.measurements).to.include({ audio: null, audioReason: 'the recording has no sound' });
      expect(done.result.hasSpeechFile).to.equal(false);
      expect(await entry(done.playback, 'a', 'codec_name')).to.equal('');
    });
  }

  for (const name of ['sound.webm', 'sound.m4a'] as const) {
    it(`converts ${name}, which has no picture`, async () => {
      const { result, playback, recording } = await passClip(name);
      expect(result.playback).to.include({ frameCount: 0, width: null, height: null });
      const reason = 'the recording has no picture';
      expect(result.measurements).to.include({ picture: null, pictureReason: reason, visionReason: reason });
      expect(result.measurements.audioReason).to.equal(null);
      expect(result.measurements.audio?.loudnessLufs).to.be.closeTo(-21.8, 0.5);
      expect(result.measurements.audio?.peakDbfs).to.be.closeTo(-18, 0.5);
      expect(await durationOf(playback)).to.be.closeTo(recording.durationSeconds, 0.06);
    });
  }

  it('lets the last frame last as long as in the recording, also at one frame a second', async () => {
    const { playback, result } = await passClip('slow.webm');
    expect(await durationOf(playback)).to.be.closeTo(4, 0.01);
    expect(result.playback.durationSeconds).to.be.closeTo(4, 0.01);
  });

  it('does not let a last frame after a hole last as long as the hole', async () => {
    const cut = await variant('vp8.webm', 'ends-after-hole.webm', ['-an', '-t', '2.49']);
    const { playback, recording } = await pass(cut);
    expect(await durationOf(playback)).to.be.closeTo(recording.durationSeconds, 0.05);
  });

  it('copies the bits of an H.264 picture and writes its sound anew', async () => {
    const source = await clip('h264.mp4');
    const { result, playback } = await pass(source);
    expect(result.playback.method).to.equal('remux');
    expect(await packetHash(playback, 'v')).to.equal(await packetHash(source, 'v'));
    expect(await packetHash(playback, 'a')).to.not.equal(await packetHash(source, 'a'));
  });

  it('writes key frames into H.264 that has but one, so that a browser can seek', async () => {
    const { recording, result, playback } = await passClip('one-keyframe.mp4');
    expect(recording.video?.longestKeyframeGapSeconds).to.be.closeTo(12, 0.2);
    expect(result.playback.method).to.equal('transcode');
    const { video } = await probe(playback, tools, new AbortController().signal);
    expect(video?.longestKeyframeGapSeconds).to.be.within(0.1, 6.1);
  });

  it('makes whole pictures of interlaced ones, and loses none', async () => {
    const done = await passClip('interlaced.mp4');
    expect(done.recording.video?.interlaced).to.equal(true);
    expect(done.result.playback).to.include({ method: 'transcode', frameCount: 25 });
    expect(done.result.command.join(' ')).to.include('bwdif');
    const { video } = await probe(done.playback, tools, new AbortController().signal);
    expect(video?.interlaced).to.equal(false);
  });

  it('leaves the part out of the length that an edit list hides', async () => {
    const source = await trimmed();
    const { recording, result } = await pass(source);
    expect(recording.durationSeconds).to.be.closeTo(0.8, 0.05);
    expect(result.playback.durationSeconds).to.be.closeTo(0.8, 0.05);
    expect(result.playback.frameCount).to.equal(recording.video?.frameCount);
  });

  it('keeps the place of a sound that starts a second late', async () => {
    const { playback, folder, result } = await passClip('late-sound.mkv');
    for (const file of [playback, join(folder, passFiles.speech)]) {
      const loud = (await soundLevels(file)).findIndex((level) => level > -40);
      expect(loud, file).to.be.within(9, 10);
    }
    expect(result.measurements.audio?.silences[0]?.endSeconds).to.be.closeTo(1, 0.05);
  });

  for (const [name, channels] of [
    ['surround.mp4', '2'],
    ['telephone.mkv', '1'],
    ['two-tracks.mkv', '1'],
  ] as const) {
    it(`brings the sound of ${name} down to ${channels} and writes 16 kHz mono speech`, async () => {
      const { playback, folder, result } = await passClip(name);
      expect(await entry(playback, 'a', 'channels')).to.equal(channels);
      expect(await entry(join(folder, passFiles.speech), 'a', 'sample_rate,channels')).to.equal('16000,1');
      expect(result.measurements.audio?.peakDbfs).to.be.greaterThan(-30);
    });
  }

  for (const degrees of [90, 180, 270] as const) {
    it(`shows a recording turned by ${degrees} degrees upright`, async () => {
      const { playback, result } = await pass(await turned(degrees));
      const size = degrees === 180 ? '160,120' : '120,160';
      expect(await entry(playback, 'v', 'width,height')).to.equal(size);
      expect(await entry(playback, 'v', 'side_data_list')).to.equal('');
      expect(`${result.playback.width},${result.playback.height}`).to.equal(size);
    });
  }

  it('goes on through a change of the picture size without starting its measurements again', async () => {
    const source = await resized();
    const done = await pass(source);
    await expectSameFrames(source, done);
    const times = done.result.measurements.picture?.samples.map(({ atSeconds }) => atSeconds);
    expect(times).to.deep.equal([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75]);
    expect(await entry(done.playback, 'v', 'width,height')).to.equal('160,120');
  });

  it('keeps the colours', async () => {
    const { playback } = await passClip('red-green.mp4');
    const colours = await meanColours(playback);
    for (const [at, expected] of [
      [3, [255, 0, 0]],
      [16, [0, 192, 0]],
    ] as const) {
      for (const [channel, value] of expected.entries())
        expect(colours[at]?.[channel], `frame ${at}, channel ${channel}`).to.be.closeTo(value, 8);
    }
  });

  for (const [name, size] of [
    ['odd.webm', '320,240,1:1'],
    ['odd.mp4', '160,120,1:1'],
    ['wide-pixels.mp4', '212,120,1:1'],
    ['tall.mp4', '720,900,1:1'],
  ] as const) {
    it(`fits ${name} into ${size}`, async () => {
      const { playback } = await passClip(name);
      expect(await entry(playback, 'v', 'width,height,sample_aspect_ratio')).to.equal(size);
    });
  }

  it('writes its index first, so that a browser can begin and seek at once', async () => {
    const { playback } = await passClip('vp8.webm');
    const bytes = await readFile(playback);
    expect(bytes.indexOf('moov')).to.be.within(0, bytes.indexOf('mdat'));
    expect(await entry(playback, 'v', 'level')).to.satisfy((level: string) => Number(level) <= 40);
  });

  it('strips the title, the place and every other word about the recording', async () => {
    const { playback } = await passClip('tagged.mp4');
    const bytes = await readFile(playback, 'latin1');
    expect(await tagsOf(await clip('tagged.mp4'))).to.include('Secret');
    expect(await tagsOf(playback)).to.not.match(/Secret|48\.2/);
    expect(bytes).to.not.match(/Secret|48\.2/);
  });

  it('reports a progress that only grows and ends at 1', async () => {
    const { progress } = await passClip('vp8.webm');
    expect(progress.length).to.be.greaterThan(5);
    expect(progress).to.deep.equal(progress.toSorted((a, b) => a - b));
    expect(progress.at(-2)).to.be.greaterThan(0.9);
    expect(progress.at(-1)).to.equal(1);
  });

  it('measures darkness and silence that last to the end', async () => {
    const { result } = await passClip('quiet-end.webm');
    const { picture, audio } = result.measurements;
    expect(picture?.dark).to.have.lengthOf(1);
    expect(picture?.dark[0]?.startSeconds).to.be.closeTo(2, 0.25);
    expect(picture?.dark[0]?.endSeconds).to.be.closeTo(5, 0.05);
    expect(picture?.frozen[0]?.endSeconds).to.be.closeTo(5, 0.05);
    expect(audio?.silences.at(-1)?.startSeconds).to.be.closeTo(2, 0.05);
    expect(audio?.silences.at(-1)?.endSeconds).to.be.closeTo(5, 0.05);
    expect(picture?.sceneChangesAtSeconds).to.have.lengthOf(1);
    expect(picture?.sceneChangesAtSeconds[0]).to.be.closeTo(2, 0.25);
    expect(audio?.shortTerm.map(({ atSeconds }) => atSeconds)).to.include(3);
  });

  it('ends with ResourceExhausted when its time is over', async () => {
    // Five seconds that must be encoded: no FFmpeg is that fast.
    const running = pass(await clip('quiet-end.webm'), { timeoutSeconds: 0.05 });
    expect(await running.catch((error: unknown) => error)).to.include({
      name: 'ResourceExhausted',
      code: 'TIMEOUT',
    });
  });

  it('leaves no process when it is aborted, and throws the reason', async () => {
    const abort = new AbortController();
    const reason = new Error('cancelled');
    const running = pass(await clip('h264.mp4'), {
      signal: abort.signal,
      onProgress: () => abort.abort(reason),
    });
    expect(await running.catch((error: unknown) => error)).to.equal(reason);
  });

  describe('without a stream that cannot be decoded', () => {
    for (const name of ['h264.mp4', 'vp8.webm'] as const) {
      it(`saves the sound of ${name}`, async () => {
        const { result, playback } = await pass(await variant(name, `no-picture-${name}`, noise('v')));
        expect(result).to.include({ undecodable: 'picture', hasSpeechFile: true, storyboard: null });
        expect(result.losses).to.not.deep.equal([]);
        expect(result.measurements.picture).to.equal(null);
        const reason = 'the picture cannot be decoded';
        expect(result.measurements).to.include({ pictureReason: reason, visionReason: reason });
        expect(result.measurements.audio?.loudnessLufs).to.be.closeTo(-21.8, 0.5);
        expect(await entry(playback, 'v', 'codec_name')).to.equal('');
      });
    }

    it('saves the picture of h264.mp4', async () => {
      const { result, playback } = await pass(await variant('h264.mp4', 'no-sound.mp4', noise('a')));
      expect(result).to.include({ undecodable: 'sound', hasSpeechFile: false });
      expect(result.measurements).to.include({
        audio: null,
        audioReason: 'the sound of the recording cannot be decoded',
        pictureReason: null,
      });
      expect(result.playback.frameCount).to.equal(60);
      expect(await entry(playback, 'a', 'codec_name')).to.equal('');
    });

    it('refuses a recording of which nothing can be decoded', async () => {
      const source = await variant('h264.mp4', 'nothing.mp4', ['-bsf', 'noise=amount=1']);
      const error = await pass(source).catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(RecordingRejected).and.include({ code: 'TRUNCATED' });
    });
  });

  describe('tells the time', () => {
    for (const name of ['counting.mp4', 'counting.webm'] as const) {
      it(`of each measured picture of ${name}: the one shown at that very moment`, async () => {
        const { result } = await passClip(name);
        const samples = result.measurements.picture?.samples ?? [];
        expect(samples.map(({ atSeconds }) => atSeconds)).to.deep.equal(
          Array.from({ length: 20 }, (_, index) => index / 4),
        );
        for (const { atSeconds, luma } of samples)
          expect(luma, `at ${atSeconds}`).to.be.closeTo(lumaAt(atSeconds), 1.9);
      });
    }

    it('of each storyboard tile', async () => {
      const { folder, result } = await passClip('counting.mp4');
      expect(result.storyboard).to.include({ secondsPerTile: 2, tileCount: 3, tileWidth: 64 });
      const lumas = await tileLumas(join(folder, passFiles.sheet), 10, 1);
      for (const [tile, luma] of lumas.slice(0, 3).entries())
        expect(luma, `tile ${tile}`).to.be.closeTo(lumaAt(2 * tile), 2);
    });

    it('of each frame that vision gets, and leaves the frames out when nobody looks', async () => {
      const seen: (readonly [number, number])[] = [];
      const { result } = await pass(await clip('counting.mp4'), {
        openVision: ({ width, height, samplesPerSecond }) => {
          expect([width, height, samplesPerSecond]).to.deep.equal([64, 64, 2]);
          return Promise.resolve({
            push: (frame, atSeconds) => {
              seen.push([atSeconds, 16 + ((frame[width * 90] ?? 0) * 219) / 255]);
              return Promise.resolve();
            },
            finish: () => Promise.resolve({ provider: 'test', samplesPerSecond, samples: [] }),
            close: () => Promise.resolve(),
          });
        },
      });
      expect(seen.map(([at]) => at)).to.deep.equal(Array.from({ length: 10 }, (_, index) => index / 2));
      for (const [at, luma] of seen) expect(luma, `at ${at}`).to.be.closeTo(lumaAt(at), 2);
      expect(result.command).to.include('pipe:5');
      expect((await passClip('counting.mp4')).result.command).to.not.include('pipe:5');
    });
  });

  it('leaves only the files it promises', async () => {
    const { folder, playback } = await passClip('vp8.webm');

    expect(await readdir(folder)).to.have.members(Object.values(passFiles));
    expect((await stat(playback)).size).to.be.greaterThan(1000);
  });
});
