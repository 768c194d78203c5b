// What can be saved of a recording that FFmpeg could not convert whole?
import { InternalError, RecordingRejected } from '../domain/errors.ts';
import type { Recording } from '../domain/recording.ts';
import { throwUnlessItsOwnEnd } from './child-failure.ts';
import type { ProcessResult } from './process.ts';
import { frameWasTooLarge, lossLines } from './stderr.ts';

/** Throws when the machine, our code or a bomb ended FFmpeg; damage is left to `streamsToKeep`. */
export function throwUnlessDamage(result: ProcessResult): void {
  throwUnlessItsOwnEnd(result, 'The conversion');
  if (frameWasTooLarge(result.stderr))
    throw new RecordingRejected('TOO_MANY_PIXELS', 'The recording holds a picture that is too large.');
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
