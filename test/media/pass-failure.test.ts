// Does a stream of which nothing was decoded never pass in silence?
import { expect } from 'chai';
import { recordingSchema } from '../../domain/recording.ts';
import { streamsToKeep } from '../../media/pass-failure.ts';

const times = { startSeconds: 0, endSeconds: 10 };
const recording = recordingSchema.parse({
  container: 'matroska',
  sizeBytes: 1000,
  sha256: '0'.repeat(64),
  durationSeconds: 10,
  truncated: false,
  usableBytes: null,
  warnings: [],
  video: {
    ...times,
    index: 0,
    codec: 'vp8',
    profile: null,
    pixelFormat: 'yuv420p',
    width: 640,
    height: 360,
    rotation: 0,
    frameCount: 300,
    framesPerSecond: 30,
    longestGapSeconds: 0.034,
  },
  audio: { ...times, index: 1, codec: 'aac', sampleRateHz: 48_000, channels: 1 },
});
const inOrder = { exitCode: 0, killedBy: null, timedOut: false, stderr: '' };

describe('streamsToKeep', () => {
  it('keeps all when both were decoded', () => {
    expect(streamsToKeep(recording, { pictures: 40, sounds: 100 }, inOrder)).to.equal(null);
  });

  it('drops sound and picture of which nothing came, although FFmpeg says nothing and exits with 0', () => {
    expect(streamsToKeep(recording, { pictures: 40, sounds: 0 }, inOrder)).to.include({ audio: null });
    expect(streamsToKeep(recording, { pictures: 0, sounds: 100 }, inOrder)).to.include({ video: null });
  });

  it('never takes nothing at all for a success', () => {
    expect(() => streamsToKeep(recording, { pictures: 0, sounds: 0 }, inOrder)).to.throw();
  });
});
