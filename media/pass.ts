// How is a recording converted, watched and listened to in one decode?
import { join } from 'node:path';
import { InternalError } from '../domain/errors.ts';
import type { Measurements, PictureMeasurements, VisionMeasurements } from '../domain/measurements.ts';
import type { Recording } from '../domain/recording.ts';
import type { Playback, Storyboard } from '../domain/report.ts';
import { acceptOutput, type Accepted } from './acceptance.ts';
import { readFrames } from './frames.ts';
import { bothOrNeither, withDeadline, type Deadline } from './deadline.ts';
import { passLimits } from './input-arguments.ts';
import {
  readPictureMetadata,
  readSoundMetadata,
  type MetadataReader,
  type SoundMeasurements,
} from './metadata.ts';
import { passCommand, passFiles } from './pass-command.ts';
import { streamsToKeep, throwUnlessDamage } from './pass-failure.ts';
import { analysisRate, planPass, type PassPlan } from './plan.ts';
import { readLines, runProcess, type PipeReader, type ProcessResult } from './process.ts';
import { findSyllables } from './speech.ts';
import { lossLines } from './stderr.ts';
import type { MediaTools } from './tools.ts';
import type { VisionOptions, VisionSession } from './vision/open-vision.ts';

export interface PassOptions {
  readonly path: string;
  readonly recording: Recording;
  /** An empty folder of the caller's; the outputs appear in it. */
  readonly folder: string;
  readonly tools: MediaTools;
  readonly signal: AbortSignal;
  /** Wall clock for everything: all attempts, and the check of what they wrote. */
  readonly timeoutSeconds: number;
  /** Opens the model that looks for faces; `null` leaves vision out and says why in `visionReason`. */
  readonly openVision: ((options: VisionOptions) => Promise<VisionSession>) | null;
  /** Gets a fraction from 0 to 1 that never falls, a few times a second. */
  readonly onProgress?: (fraction: number) => void;
}

export interface PassResult {
  readonly playback: Playback;
  readonly measurements: Measurements;
  /** `null` without a picture; the sheet `passFiles.sheet` still has its unused tiles. */
  readonly storyboard: Storyboard | null;
  readonly hasSpeechFile: boolean;
  /** The stream that is in the recording but of which nothing could be decoded; the outputs go without it. */
  readonly undecodable: 'picture' | 'sound' | null;
  /** What FFmpeg said was lost, at most ten lines; empty for a whole recording. */
  readonly losses: readonly string[];
  /** The command that was run, for the record. */
  readonly command: readonly string[];
}

/** The signal ends at the deadline too. */
type TimedOptions = PassOptions & Deadline;

interface Attempt {
  readonly plan: PassPlan;
  readonly picture: MetadataReader<PictureMeasurements>;
  readonly sound: MetadataReader<SoundMeasurements>;
  readonly command: readonly string[];
  readonly result: ProcessResult;
}

/** How far the stream that is furthest has come; a tile output makes FFmpeg's own word for it a lie. */
function progressOf(clocks: readonly { readonly atSeconds: () => number }[], options: PassOptions) {
  let furthest = 0;
  return (): void => {
    const atSeconds = Math.max(...clocks.map((clock) => clock.atSeconds()));
    furthest = Math.max(furthest, Math.min(0.99, atSeconds / options.recording.durationSeconds));
    options.onProgress?.(furthest);
  };
}

async function convert(
  plan: PassPlan,
  options: TimedOptions,
  vision: VisionSession | null,
): Promise<Attempt> {
  const { folder, tools, signal } = options;
  const timeoutSeconds = options.secondsLeft();
  const picture = readPictureMetadata();
  const sound = readSoundMetadata();
  const report = progressOf([picture, sound], options);
  const withProgress = (onLine: (line: string) => void): PipeReader =>
    readLines((line) => {
      onLine(line);
      if (line.startsWith('frame:')) report();
    });
  const pipes = [withProgress(picture.onLine), withProgress(sound.onLine)];
  if (vision && plan.picture) {
    const { width, height } = plan.picture.small;
    const push = (frame: Uint8Array, index: number): Promise<void> =>
      vision.push(frame, index / analysisRate.visionPerSecond);
    pipes.push(readFrames(width * height * 3, push));
  }
  const command = passCommand(plan, { folder, threads: tools.threads, isWatched: vision !== null });
  const limits = passLimits(timeoutSeconds);
  const { ffmpeg, onCommand: onStart } = tools;
  const child = { command: ffmpeg, args: command, signal, timeoutSeconds, limits, pipes, onStart };
  const result = await runProcess(child);
  return { plan, picture, sound, command, result };
}

/** What to try instead: encoding where copying failed, then without the stream that gives nothing. */
function nextPlan({ plan, picture, sound, result }: Attempt): PassPlan | null {
  throwUnlessDamage(result);
  const { path, recording } = plan;
  if (result.exitCode !== 0 && plan.method === 'remux') return planPass(path, recording, { mayRemux: false });
  const decoded = { pictures: picture.frameCount(), sounds: sound.frameCount() };
  const kept = streamsToKeep(recording, decoded, result);
  return kept && planPass(path, kept);
}

async function listen({ folder, signal }: PassOptions, plan: PassPlan): Promise<number[]> {
  return plan.sound ? findSyllables(join(folder, passFiles.speech), signal) : [];
}

/** What is found in the finished files. */
interface Findings {
  readonly accepted: Accepted;
  readonly syllablesAtSeconds: number[];
  readonly seen: VisionMeasurements | null;
  readonly losses: readonly string[];
}

function resultOf(attempt: Attempt, findings: Findings, options: PassOptions): PassResult {
  const { plan, picture, sound, command } = attempt;
  const { accepted, syllablesAtSeconds, seen, losses } = findings;
  const undecodable = undecodableOf(options.recording, plan);
  const missing = missingReasons(options.recording, undecodable);
  const endSeconds = accepted.durationSeconds;
  return {
    playback: {
      method: plan.method,
      ...accepted,
      width: plan.picture?.playback.width ?? null,
      height: plan.picture?.playback.height ?? null,
    },
    measurements: {
      picture: plan.picture ? picture.result(endSeconds) : null,
      pictureReason: missing.picture,
      vision: seen,
      visionReason: missing.picture ?? (options.openVision ? null : 'looking for faces was switched off'),
      audio: plan.sound ? { ...sound.result(endSeconds), syllablesAtSeconds } : null,
      audioReason: missing.sound,
    },
    storyboard: plan.picture?.storyboard ?? null,
    hasSpeechFile: plan.sound !== null,
    undecodable,
    losses,
    command: [options.tools.ffmpeg, ...command],
  };
}

function undecodableOf({ video, audio }: Recording, { picture, sound }: PassPlan): PassResult['undecodable'] {
  if (video && !picture) return 'picture';
  return audio && !sound ? 'sound' : null;
}

/** Why there is no picture and no sound; `null` where there is. */
function missingReasons({ video, audio }: Recording, undecodable: PassResult['undecodable']) {
  const undecodablePicture = undecodable === 'picture' ? 'the picture cannot be decoded' : null;
  const undecodableSound = undecodable === 'sound' ? 'the sound of the recording cannot be decoded' : null;
  return {
    picture: video ? undecodablePicture : 'the recording has no picture',
    sound: audio ? undecodableSound : 'the recording has no sound',
  };
}

/** One FFmpeg process and the check of what it wrote: the result, or the plan to try instead. */
async function run(
  plan: PassPlan,
  options: TimedOptions,
  earlierLosses: readonly string[],
): Promise<{ readonly retry: PassPlan; readonly losses: readonly string[] } | PassResult> {
  const { tools, signal, recording } = options;
  const small = plan.picture?.small;
  const watch = {
    ...(small ?? { width: 0, height: 0 }),
    samplesPerSecond: analysisRate.visionPerSecond,
    signal,
  };
  const vision = small && options.openVision ? await options.openVision(watch) : null;
  try {
    const attempt = await convert(plan, options, vision);
    const losses = [...new Set([...earlierLosses, ...lossLines(attempt.result.stderr)])].slice(0, 10);
    const retry = nextPlan(attempt);
    if (retry) return { retry, losses };
    const isWhole = losses.length === 0 && !recording.truncated && !undecodableOf(recording, plan);
    const expectedSeconds = isWhole ? recording.durationSeconds : null;
    const playback = join(options.folder, passFiles.playback);
    // The check decodes while the last frames are still being looked at.
    const [accepted, [syllablesAtSeconds, seen]] = await bothOrNeither(
      signal,
      (shared) =>
        acceptOutput(playback, {
          expectedSeconds,
          tools,
          signal: shared,
          timeoutSeconds: options.secondsLeft(),
        }),
      (shared) => Promise.all([listen({ ...options, signal: shared }, plan), vision?.finish() ?? null]),
    );
    return resultOf(attempt, { accepted, syllablesAtSeconds, seen, losses }, options);
  } catch (error) {
    // A copied picture that does not pass the check may still be encoded.
    if (!(error instanceof InternalError) || plan.method !== 'remux' || signal.aborted) throw error;
    return { retry: planPass(plan.path, plan.recording, { mayRemux: false }), losses: earlierLosses };
  } finally {
    await vision?.close();
  }
}

/**
 * One FFmpeg process makes the playback file, the speech file and the storyboard sheet, and measures the picture
 * and the sound meanwhile; faces are looked for on the side. Outputs are accepted only after a full decode.
 * A stream of which nothing can be decoded is left out, at the price of a second run; all runs share one deadline.
 * @throws RecordingRejected, ResourceExhausted (TIMEOUT, OUT_OF_MEMORY), TemporaryFailure (DISK_FULL, UPSTREAM),
 * InternalError
 */
export const runMediaPass = (options: PassOptions): Promise<PassResult> =>
  withDeadline({ signal: options.signal, seconds: options.timeoutSeconds }, (deadline) =>
    runAttempts({ ...options, ...deadline }),
  );

async function runAttempts(options: TimedOptions): Promise<PassResult> {
  let plan = planPass(options.path, options.recording);
  let losses: readonly string[] = [];
  for (;;) {
    const outcome = await run(plan, options, losses);
    if (!('retry' in outcome)) {
      options.onProgress?.(1);
      return outcome;
    }
    ({ retry: plan, losses } = outcome);
  }
}
