// What is decided before FFmpeg starts: sizes, copying, tiles?
import { expect } from 'chai';
import * as fc from 'fast-check';
import { recordingSchema, type Recording } from '../../domain/recording.ts';
import { fit, planPass, startOf } from '../../media/plan.ts';

const video = {
  index: 0,
  codec: 'h264',
  profile: 'High',
  pixelFormat: 'yuv420p',
  width: 1280,
  height: 720,
  sampleAspectRatio: 1,
  rotation: 0,
  frameCount: 300,
  framesPerSecond: 30,
  longestGapSeconds: 0.034,
  longestKeyframeGapSeconds: 2,
  startSeconds: 0,
  endSeconds: 10,
} as const;
const audio = {
  index: 1,
  codec: 'opus',
  sampleRateHz: 48_000,
  channels: 1,
  startSeconds: -0.007,
  endSeconds: 10,
} as const;
/** A whole H.264 recording of ten seconds, but for what is said. */
const recordingWith = (picture: object | null, more: object = {}): Recording =>
  recordingSchema.parse({
    container: 'mp4',
    sizeBytes: 1000,
    sha256: '0'.repeat(64),
    durationSeconds: 10,
    truncated: false,
    usableBytes: null,
    warnings: [],
    audio,
    video: picture && { ...video, ...picture },
    ...more,
  });

describe('fit', () => {
  for (const [size, fitted] of [
    ['1920x1080', '1280x720'],
    ['3840x2160', '1280x720'],
    ['1080x1920', '720x1280'],
    ['1280x720', '1280x720'],
    ['640x480', '640x480'],
    ['321x241', '320x240'],
    ['1920x800', '1280x534'],
    ['4000x10', '1280x4'],
    ['1x1', '2x2'],
  ] as const) {
    it(`makes ${size} into ${fitted}`, () => {
      const [width = 0, height = 0] = size.split('x').map(Number);
      const { width: w, height: h } = fit({ width, height }, 1280, 720);
      expect(`${w}x${h}`).to.equal(fitted);
    });
  }

  it('gives even sizes within the bounds, never larger, and keeps the shape', () => {
    const side = fc.integer({ min: 2, max: 5000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const fitted = fit({ width, height }, 1280, 720);
        expect((fitted.width % 2) + (fitted.height % 2)).to.equal(0);
        expect(fitted.width).to.be.within(2, width);
        expect(fitted.height).to.be.within(2, height);
        expect(Math.max(fitted.width, fitted.height)).to.be.at.most(1280);
        expect(Math.min(fitted.width, fitted.height)).to.be.at.most(720);
        const scale = Math.min(1, 1280 / Math.max(width, height), 720 / Math.min(width, height));
        expect(Math.abs(fitted.width - Math.max(2, width * scale))).to.be.at.most(1.0001);
        expect(Math.abs(fitted.height - Math.max(2, height * scale))).to.be.at.most(1.0001);
      }),
    );
  });
});

describe('planPass', () => {
  const methods: readonly (readonly [string, object, object, 'remux' | 'transcode'])[] = [
    ['copies H.264', {}, {}, 'remux'],
    ['copies H.264 in full range', { pixelFormat: 'yuvj420p' }, {}, 'remux'],
    ['copies 1080p', { width: 1920, height: 1080 }, {}, 'remux'],
    ['copies upright 1080p', { width: 1080, height: 1920 }, {}, 'remux'],
    ['encodes what is larger than 1080p', { width: 2560, height: 1440 }, {}, 'transcode'],
    ['encodes a square of 1200', { width: 1200, height: 1200 }, {}, 'transcode'],
    ['encodes VP8', { codec: 'vp8' }, {}, 'transcode'],
    ['encodes HEVC', { codec: 'hevc' }, {}, 'transcode'],
    ['encodes 10 bits', { pixelFormat: 'yuv420p10le' }, {}, 'transcode'],
    ['encodes 4:4:4', { pixelFormat: 'yuv444p' }, {}, 'transcode'],
    ['encodes an unknown pixel format', { pixelFormat: null }, {}, 'transcode'],
    ['encodes what is turned', { rotation: 90 }, {}, 'transcode'],
    ['encodes pixels that are not square', { sampleAspectRatio: 1.3333 }, {}, 'transcode'],
    ['copies what has a key frame every 10 s', { longestKeyframeGapSeconds: 10 }, {}, 'remux'],
    ['encodes what has key frames 10.1 s apart', { longestKeyframeGapSeconds: 10.1 }, {}, 'transcode'],
    ['encodes interlaced lines', { interlaced: true }, {}, 'transcode'],
    ['encodes what breaks off', {}, { truncated: true }, 'transcode'],
    ['encodes what is damaged', {}, { warnings: ['Invalid NAL unit size'] }, 'transcode'],
  ];
  for (const [title, picture, more, method] of methods) {
    it(title, () => {
      expect(planPass('x', recordingWith(picture, more)).method).to.equal(method);
    });
  }

  it('encodes what could be copied when it is told to', () => {
    expect(planPass('x', recordingWith({}), { mayRemux: false }).method).to.equal('transcode');
  });

  it('leaves out what is not there', () => {
    expect(planPass('x', recordingWith(null))).to.include({ picture: null, method: 'transcode' });
    expect(planPass('x', recordingWith({}, { audio: null })).sound).to.equal(null);
    expect(planPass('x', recordingWith({}, { audio: { ...audio, channels: 6 } })).sound?.channels).to.equal(
      2,
    );
  });

  it('turns the sizes of a recording that a player turns', () => {
    const { picture } = planPass('x', recordingWith({ rotation: 270, width: 1920, height: 1080 }));
    expect(picture).to.deep.include({
      playback: { width: 720, height: 1280 },
      small: { width: 180, height: 320 },
    });
    expect(picture?.storyboard).to.include({ tileWidth: 90, tileHeight: 160 });
  });

  it('never makes more than 100 tiles, nor two in less than 2 s, and covers the whole recording', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.03, max: 3600, noNaN: true }), (endSeconds) => {
        const { picture } = planPass('x', recordingWith({ endSeconds }));
        const { tileCount = 0, secondsPerTile = 0 } = picture?.storyboard ?? {};
        expect(tileCount).to.be.within(1, 100);
        expect(secondsPerTile).to.be.at.least(2);
        expect(tileCount * secondsPerTile).to.be.at.least(endSeconds);
        expect((tileCount - 1) * secondsPerTile).to.be.below(endSeconds);
      }),
    );
  });

  it('looks at no picture that is too thin for its filters', () => {
    const { picture } = planPass('x', recordingWith({ width: 4000, height: 10 }));
    expect(picture?.small.height).to.be.at.least(16);
  });

  it('counts from the first stream that starts', () => {
    expect(startOf(recordingWith({}))).to.equal(-0.007);
    expect(startOf(recordingWith({ startSeconds: 1 }, { audio: null }))).to.equal(1);
  });
});
