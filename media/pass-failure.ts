// Whose fault is it when FFmpeg fails, and what can still be saved?
import { InternalError, RecordingRejected, TemporaryFailure } from '../domain/errors.ts';
import type { Recording } from '../domain/recording.ts';
import type { ProcessResult } from './process.ts';
import { diskWasFull, frameWasTooLarge, lossLines, memoryWasFull } from './stderr.ts';

/** FFmpeg's exit code when a signal asked it to stop and it did so in order; SIGXCPU is such a signal. */
const stoppedInOrder = 255;

/** Throws when the machine, our code or a bomb ended FFmpeg; damage is left to `streamsToKeep`. */
export function throwUnlessDamage({ exitCode, killedBy, timedOut, stderr }: ProcessResult): void {
  if (timedOut) throw new TemporaryFailure('TIMEOUT', 'The conversion took too long.');
  if (diskWasFull(stderr)) throw new TemporaryFailure('DISK_FULL', 'The disk is full.');
  if (memoryWasFull(stderr)) throw new TemporaryFailure('OUT_OF_MEMORY', 'FFmpeg ran out of memory.');
  if (frameWasTooLarge(stderr))
    throw new RecordingRejected('TOO_MANY_PIXELS', 'The recording holds a picture that is too large.');
  // A crash will crash again.
  if (killedBy === 'SIGABRT' || killedBy === 'SIGSEGV')
    throw new InternalError(`FFmpeg crashed with ${killedBy}`);
  if (killedBy === 'SIGXCPU' || exitCode === stoppedInOrder)
    throw new TemporaryFailure('TIMEOUT', 'FFmpeg was stopped, by its limit of CPU time or from outside.');
  if (killedBy !== null) throw new TemporaryFailure('UPSTREAM', `FFmpeg was ended by ${killedBy}.`);
}

/** How many frames of each kind came out of the decoders. */
export interface Decoded {
  readonly pictures: number;
  readonly sounds: number;
}

/**
 * The recording without the stream of which nothing was decoded, to be tried again; `null` when all went well.
 * @throws RecordingRejected (TRUNCATED) when nothing at all was decoded; InternalError when no damage explains it
 */
export function streamsToKeep(
  recording: Recording,
  decoded: Decoded,
  result: ProcessResult,
): Recording | null {
  const kept: Recording = {
    ...recording,
    video: decoded.pictures > 0 ? recording.video : null,
    audio: decoded.sounds > 0 ? recording.audio : null,
  };
  const dropsOne = kept.video !== recording.video || kept.audio !== recording.audio;
  if (result.exitCode === 0 && !dropsOne) return null;
  const isDamaged =
    recording.truncated || recording.warnings.length > 0 || lossLines(result.stderr).length > 0;
  if (isDamaged && (!dropsOne || (!kept.video && !kept.audio)))
    throw new RecordingRejected(
      'TRUNCATED',
      'The recording is damaged: no picture or sound of it can be decoded.',
    );
  if (isDamaged || (result.exitCode === 0 && (kept.video || kept.audio))) return kept;
  throw new InternalError(
    `FFmpeg failed with ${String(result.exitCode)}: ${result.stderr.trim().slice(-500)}`,
  );
}
