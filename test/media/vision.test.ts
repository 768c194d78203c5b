// Does the real model see what is in the sample, the same each time, and does it stop when told?
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { InternalError } from '../../domain/errors.ts';
import { largestFace } from '../../domain/face-judgement.ts';
import type { VisionMeasurements, VisionSample } from '../../domain/measurements.ts';
import { videoFigures } from '../../domain/video-metrics.ts';
import { openVision } from '../../media/vision/open-vision.ts';
import type { VisionOptions, VisionSession } from '../../media/vision/open-vision.ts';
import { runProcess } from '../../media/process.ts';
import { bundleVision } from '../../scripts/bundle-vision.ts';

const root = join(import.meta.dirname, '../..');
const [width, height] = [320, 180];
const frameBytes = width * height * 3;

interface Truth {
  readonly durationSeconds: number;
  readonly picture: {
    readonly facePresent: readonly { startSeconds: number; endSeconds: number }[];
    readonly faceAbsent: readonly { startSeconds: number; endSeconds: number }[];
    readonly faceBoxes: readonly {
      atSeconds: number;
      left: number;
      top: number;
      width: number;
      height: number;
    }[];
  };
}

const rawVideo = ['-an', '-f', 'rawvideo', 'pipe:1'];
const idle = new AbortController().signal;

/** The sample's frames, two a second; each is the picture shown at that very moment. */
async function sampleFrames(filters = ''): Promise<Uint8Array[]> {
  const chunks: Buffer[] = [];
  const filtergraph = `fps=2:round=up:start_time=0,scale=${width}:${height}${filters},format=rgb24`;
  const { exitCode, stderr } = await runProcess({
    command: process.env['GREENROOM_FFMPEG'] ?? 'ffmpeg',
    args: ['-v', 'error', '-i', join(root, 'samples/interview.webm'), '-vf', filtergraph, ...rawVideo],
    signal: idle,
    timeoutSeconds: 60,
    onStdout: async (stream) => {
      for await (const chunk of stream) chunks.push(chunk as Buffer);
    },
  });
  expect(exitCode, stderr).to.equal(0);
  const bytes = Buffer.concat(chunks);
  return Array.from({ length: Math.floor(bytes.length / frameBytes) }, (_, index) =>
    bytes.subarray(index * frameBytes, (index + 1) * frameBytes),
  );
}

const options: VisionOptions = { width, height, samplesPerSecond: 2, signal: idle };

const sessions: VisionSession[] = [];

/** A session that is closed after the test, because a worker left behind keeps mocha from ending. */
async function open(sessionOptions: VisionOptions): Promise<VisionSession> {
  const session = await openVision(sessionOptions);
  sessions.push(session);
  return session;
}

interface Shown {
  readonly frame: Uint8Array;
  readonly atSeconds: number;
}

async function look(shown: readonly Shown[]): Promise<VisionMeasurements> {
  const session = await open(options);
  for (const { frame, atSeconds } of shown) await session.push(frame, atSeconds);
  return session.finish();
}

const timed = (frames: readonly Uint8Array[]): Shown[] =>
  frames.map((frame, index) => ({ frame, atSeconds: index / 2 }));

async function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was fulfilled'),
    (reason: unknown) => reason,
  );
}

describe('vision', function visionSuite() {
  this.timeout(60_000);
  let truth: Truth;
  let shown: Shown[];
  let seen: VisionMeasurements;

  before(async () => {
    await bundleVision();
    truth = JSON.parse(await readFile(join(root, 'samples/interview.truth.json'), 'utf8')) as Truth;
    shown = timed(await sampleFrames());
    seen = await look(shown);
  });

  const within = (spans: readonly { startSeconds: number; endSeconds: number }[]): VisionSample[] =>
    seen.samples.filter(({ atSeconds }) =>
      spans.some((span) => atSeconds > span.startSeconds + 0.05 && atSeconds < span.endSeconds - 0.05),
    );

  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()));
  });

  it('sees exactly one face whenever it is there, and none when nobody is there or all is dark', () => {
    const present = within(truth.picture.facePresent);
    const absent = within(truth.picture.faceAbsent);
    expect(present.length).to.be.above(50);
    expect(absent.length).to.be.above(15);
    expect(present.filter(({ faces }) => faces.length !== 1)).to.deep.equal([]);
    expect(absent.filter(({ faces }) => faces.length > 0)).to.deep.equal([]);
  });

  it('puts the face where it is, to 3 % of the picture, and a quarter of its height', () => {
    let compared = 0;
    for (const [index, { atSeconds, left, top, ...size }] of truth.picture.faceBoxes.entries()) {
      const next = truth.picture.faceBoxes[index + 1];
      // While the person walks, the few milliseconds between the truth and the frame matter.
      if (!next || Math.abs(next.left - left) > 0.05) continue;
      const sample = seen.samples.find((candidate) => candidate.atSeconds === atSeconds);
      const face = sample && largestFace(sample);
      if (!face) continue;
      compared += 1;
      const [x, y, wide, high] = face.box;
      expect(x + wide / 2, `${atSeconds} s`).to.be.closeTo(left + size.width / 2, 0.03);
      expect(y + high / 2, `${atSeconds} s`).to.be.closeTo(top + size.height / 2, 0.05);
      expect(high / size.height, `${atSeconds} s`).to.be.within(0.75, 1.25);
    }
    expect(compared).to.be.above(50);
  });

  it('measures a head that faces the camera, with the irises in the middle', () => {
    for (const { faces, atSeconds } of within(truth.picture.facePresent)) {
      for (const face of faces) {
        expect(Math.abs(face.yaw), `yaw at ${atSeconds} s`).to.be.below(6);
        expect(Math.abs(face.pitch), `pitch at ${atSeconds} s`).to.be.below(16);
        expect(face.irisOffset, `irises at ${atSeconds} s`).to.be.within(0, 0.08);
        expect(face.luma, `luma at ${atSeconds} s`).to.be.within(100, 200);
      }
    }
  });

  it('leads to figures that agree with the truth', () => {
    const picture = { samplesPerSecond: 4, samples: [], dark: [], frozen: [], sceneChangesAtSeconds: [] };
    const figures = videoFigures(
      { picture, vision: seen, visionReason: null, pictureReason: null, audio: null, audioReason: null },
      truth.durationSeconds,
    );
    const present = truth.picture.facePresent.reduce(
      (sum, span) => sum + span.endSeconds - span.startSeconds,
      0,
    );
    expect(figures.facePresence.value).to.be.closeTo(present / truth.durationSeconds, 0.03);
    expect(figures.attention.value).to.equal(1);
    expect(figures.peopleAtOnce.value).to.equal(1);
  });

  it('gives the same numbers again, also when the frames come in another order', async () => {
    const few = shown.slice(16, 46);
    const expected = seen.samples.filter(({ atSeconds }) => atSeconds >= 8 && atSeconds < 23);
    const shuffled = few.toSorted((a, b) => ((a.atSeconds * 14) % 31) - ((b.atSeconds * 14) % 31));
    expect(shuffled).not.to.deep.equal(few);
    expect((await look(few)).samples).to.deep.equal(expected);
    expect((await look(shuffled)).samples).to.deep.equal(expected);
  });

  it('knows left from right: yaw and roll change sign in the mirror, and roll follows a turned picture', async () => {
    const upright = (await look(timed((await sampleFrames(',rotate=PI/9')).slice(0, 4)))).samples;
    const mirrored = (await look(timed((await sampleFrames(',rotate=PI/9,hflip')).slice(0, 4)))).samples;
    for (const [index, sample] of upright.entries()) {
      const [face, other] = [sample.faces[0], mirrored[index]?.faces[0]];
      expect(face?.roll).to.be.within(15, 30);
      expect(other?.roll).to.be.closeTo(-(face?.roll ?? 0), 3);
      expect(other?.yaw).to.be.closeTo(-(face?.yaw ?? 0), 4);
      expect(other?.pitch).to.be.closeTo(face?.pitch ?? 0, 6);
    }
  });

  it('says nothing about who somebody is, how old, of which sex or in which mood (A13)', () => {
    const keys = new Set(seen.samples.flatMap(({ faces }) => faces.flatMap((face) => Object.keys(face))));
    expect([...keys]).to.have.members(['box', 'score', 'yaw', 'pitch', 'roll', 'irisOffset', 'luma']);
    expect(seen.provider).to.match(/^@vladmandic\/human \d/v);
  });

  it('holds the source back after a few frames instead of piling them up', async () => {
    const session = await open(options);
    const frame = shown[0]?.frame ?? new Uint8Array(frameBytes);
    let accepted = 0;
    const pushes = Array.from({ length: 12 }, (_, index) =>
      session.push(frame, index).then(() => (accepted += 1)),
    );
    await wait(5);
    expect(accepted).to.be.within(1, 5);
    await Promise.all(pushes);
    expect((await session.finish()).samples).to.have.length(12);
  });

  it('copies a frame, so that the caller may reuse its buffer', async () => {
    const session = await open(options);
    const buffer = Uint8Array.from(shown[0]?.frame ?? []);
    await session.push(buffer, 0);
    buffer.fill(0);
    await session.push(buffer, 0.5);
    const { samples } = await session.finish();
    expect(samples.map(({ faces }) => faces.length)).to.deep.equal([1, 0]);
  });

  it('ends within a second of an abort and rejects with its reason whatever waits', async () => {
    const controller = new AbortController();
    const session = await open({ ...options, signal: controller.signal });
    const frame = shown[0]?.frame ?? new Uint8Array(frameBytes);
    const pushes = Array.from({ length: 20 }, (_, index) => session.push(frame, index));
    const finished = reasonOf(session.finish());
    const settled = Promise.allSettled(pushes);
    const reason = new Error('cancelled by the user');
    const started = performance.now();
    controller.abort(reason);
    expect(await finished).to.equal(reason);
    expect((await settled).at(-1)).to.include({ status: 'rejected', reason });
    expect(await reasonOf(session.push(frame, 99))).to.equal(reason);
    await session.close();
    expect(performance.now() - started).to.be.below(1000);
  });

  it('does not start after an abort', async () => {
    expect(
      await reasonOf(openVision({ ...options, signal: AbortSignal.abort(new Error('late')) })),
    ).to.include({
      message: 'late',
    });
  });

  it('refuses a frame of another size', async () => {
    const session = await open(options);
    expect(await reasonOf(session.push(new Uint8Array(12), 0))).to.be.instanceOf(InternalError);
    await session.close();
    expect(await reasonOf(session.finish())).to.be.instanceOf(InternalError);
  });

  it('names the remedy when the bundle is not there', async () => {
    const error = await reasonOf(openVision({ ...options, bundleDirectory: '/nowhere/dist/vision' }));
    expect(error).to.be.instanceOf(InternalError);
    expect(error)
      .to.have.property('message')
      .that.contains('bundle-vision.ts')
      .and.contains('greenroom doctor');
  });
});
