// How is a recording converted, watched and listened to in one decode?
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { InternalError, RecordingRejected, TemporaryFailure } from '../domain/errors.ts';
import type { Measurements, VisionMeasurements } from '../domain/measurements.ts';
import type { Recording } from '../domain/recording.ts';
import type { Playback, Storyboard } from '../domain/report.ts';
import { acceptOutput } from './acceptance.ts';
import { passLimits } from './input-arguments.ts';
import { readPictureMetadata, readSoundMetadata } from './metadata.ts';
import { passCommand, passFiles } from './pass-command.ts';
import { analysisRate, planPass, type PassPlan } from './plan.ts';
import { readLines, runProcess, type PipeReader, type ProcessResult } from './process.ts';
import { findSyllables } from './speech.ts';
import { diskWasFull, frameWasTooLarge, lossLines, memoryWasFull } from './stderr.ts';
import type { MediaTools } from './tools.ts';
import type { VisionOptions, VisionSession } from './vision/open-vision.ts';

export interface PassOptions {
  readonly path: string;
  readonly recording: Recording;
  /** An empty folder of the caller's; the outputs appear in it. */
  readonly folder: string;
  readonly tools: MediaTools;
  readonly signal: AbortSignal;
  /** Wall clock for the FFmpeg process. */
  readonly timeoutSeconds: number;
  /** Opens the model that looks for faces; `null` leaves vision out and says why in `visionReason`. */
  readonly openVision: ((options: VisionOptions) => Promise<VisionSession>) | null;
  /** Gets a fraction from 0 to 1, a few times a second. */
  readonly onProgress?: (fraction: number) => void;
}

export interface PassResult {
  readonly playback: Playback;
  readonly measurements: Measurements;
  /** `null` without a picture; the sheet `passFiles.sheet` still has its unused tiles. */
  readonly storyboard: Storyboard | null;
  readonly hasSpeechFile: boolean;
  /** What FFmpeg said was lost, at most ten lines; empty for a whole recording. */
  readonly losses: readonly string[];
  /** The command that was run, for the record. */
  readonly command: readonly string[];
}

/** Cuts a byte stream into frames and hands each over before it reads on. */
function readFrames(
  frameBytes: number,
  onFrame: (frame: Uint8Array, index: number) => Promise<void>,
): PipeReader {
  return async (stream: Readable) => {
    const frame = Buffer.alloc(frameBytes);
    let filled = 0;
    let index = 0;
    for await (const data of stream) {
      const chunk = data as Buffer;
      for (let at = 0; at < chunk.length;) {
        const copied = chunk.copy(frame, filled, at);
        at += copied;
        filled += copied;
        if (filled === frameBytes) {
          await onFrame(frame, index);
          index += 1;
          filled = 0;
        }
      }
    }
  };
}

/** Turns a failed FFmpeg into the error of whose fault it was. */
function explainFailure({ exitCode, killedBy, timedOut, stderr }: ProcessResult, recording: Recording): void {
  if (timedOut) throw new TemporaryFailure('TIMEOUT', 'The conversion took too long.');
  if (diskWasFull(stderr)) throw new TemporaryFailure('DISK_FULL', 'The disk is full.');
  if (memoryWasFull(stderr)) throw new TemporaryFailure('OUT_OF_MEMORY', 'FFmpeg ran out of memory.');
  if (frameWasTooLarge(stderr))
    throw new RecordingRejected('TOO_MANY_PIXELS', 'The recording holds a picture that is too large.');
  // A crash will crash again.
  if (killedBy === 'SIGABRT' || killedBy === 'SIGSEGV')
    throw new InternalError(`FFmpeg crashed with ${killedBy}`);
  if (killedBy === 'SIGXCPU') throw new TemporaryFailure('TIMEOUT', 'The conversion took too much CPU time.');
  if (killedBy !== null) throw new TemporaryFailure('UPSTREAM', `FFmpeg was ended by ${killedBy}.`);
  if (exitCode === 0) return;
  if (recording.truncated || lossLines(stderr).length > 0)
    throw new RecordingRejected(
      'TRUNCATED',
      'The recording is damaged: no picture or sound of it can be decoded.',
    );
  throw new InternalError(`FFmpeg failed with ${String(exitCode)}: ${stderr.trim().slice(-500)}`);
}

async function watchAndConvert(plan: PassPlan, options: PassOptions, vision: VisionSession | null) {
  const { recording, onProgress } = options;
  const picture = readPictureMetadata();
  const sound = readSoundMetadata();
  const clock = plan.picture ? picture : sound;
  const withProgress = (onLine: (line: string) => void) =>
    readLines((line) => {
      onLine(line);
      if (line.startsWith('frame:'))
        onProgress?.(Math.min(0.99, clock.atSeconds() / recording.durationSeconds));
    });
  const small = plan.picture?.small;
  const command = passCommand(plan, options.folder, options.tools.threads);
  const result = await runProcess({
    command: options.tools.ffmpeg,
    args: command,
    signal: options.signal,
    timeoutSeconds: options.timeoutSeconds,
    limits: passLimits(options.timeoutSeconds),
    pipes: [
      withProgress(picture.onLine),
      withProgress(sound.onLine),
      readFrames(small ? small.width * small.height * 3 : 1, async (frame, index) => {
        await vision?.push(frame, index / analysisRate.visionPerSecond);
      }),
    ],
  });
  explainFailure(result, recording);
  return { picture, sound, command, losses: lossLines(result.stderr) };
}

async function listen(options: PassOptions, plan: PassPlan): Promise<number[]> {
  if (!plan.sound) return [];
  return [...(await findSyllables(join(options.folder, passFiles.speech), options.signal))];
}

/**
 * One FFmpeg process makes the playback file, the speech file and the storyboard sheet, and measures the picture
 * and the sound meanwhile; faces are looked for on the side. Outputs are accepted only after a full decode.
 * @throws RecordingRejected, TemporaryFailure (DISK_FULL, OUT_OF_MEMORY, TIMEOUT, UPSTREAM), InternalError
 */
export async function runMediaPass(options: PassOptions): Promise<PassResult> {
  const { recording, signal } = options;
  const plan = planPass(options.path, recording);
  const small = plan.picture?.small;
  const vision =
    small && options.openVision
      ? await options.openVision({ ...small, samplesPerSecond: analysisRate.visionPerSecond, signal })
      : null;
  try {
    const { picture, sound, command, losses } = await watchAndConvert(plan, options, vision);
    const playbackPath = join(options.folder, passFiles.playback);
    const whole = losses.length === 0 && !recording.truncated;
    // The check decodes while the last frames are still being looked at.
    const [accepted, syllablesAtSeconds, seen] = await Promise.all([
      acceptOutput(playbackPath, whole ? recording.durationSeconds : null, options.tools, signal),
      listen(options, plan),
      vision?.finish() ?? null,
    ]);
    const endSeconds = accepted.durationSeconds;
    return {
      playback: {
        method: plan.method,
        durationSeconds: accepted.durationSeconds,
        frameCount: accepted.frameCount,
        width: plan.picture?.playback.width ?? null,
        height: plan.picture?.playback.height ?? null,
      },
      measurements: {
        picture: plan.picture ? picture.result(endSeconds) : null,
        vision: seen satisfies VisionMeasurements | null,
        visionReason: visionReason(plan, options),
        audio: plan.sound ? { ...sound.result(endSeconds), syllablesAtSeconds } : null,
      },
      storyboard: plan.picture?.storyboard ?? null,
      hasSpeechFile: plan.sound !== null,
      losses,
      command: [options.tools.ffmpeg, ...command],
    };
  } finally {
    await vision?.close();
  }
}

function visionReason(plan: PassPlan, options: PassOptions): string | null {
  if (!plan.picture) return 'the recording has no picture';
  return options.openVision ? null : 'looking for faces was switched off';
}
