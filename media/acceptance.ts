// Does a finished file count? Only if it decodes whole and is as long as its source.
import { stat } from 'node:fs/promises';
import { InternalError, TemporaryFailure } from '../domain/errors.ts';
import { passLimits } from './input-arguments.ts';
import { readLines, runProcess } from './process.ts';
import { diskWasFull } from './stderr.ts';
import type { MediaTools } from './tools.ts';

/** What a full decode of an accepted file counted. */
export interface Accepted {
  readonly frameCount: number;
  readonly durationSeconds: number;
}

/** The null muxer's word about times that stand still; players do not mind. */
const harmless = /non[- ]monotonic/i;

/** How far an output's end may lie from its source's: 0.2 s or 1 %, whichever is more. */
export const durationTolerance = (expectedSeconds: number): number => Math.max(0.2, expectedSeconds * 0.01);

/**
 * Decodes a file that we wrote ourselves. Without an expected length (a damaged source) any length will do. The loop filter is left out: damage shows without it,
 * and the check costs a third less. Throws TemporaryFailure(DISK_FULL) or InternalError when the file must not be used.
 */
export async function acceptOutput(
  path: string,
  expectedSeconds: number | null,
  tools: MediaTools,
  signal: AbortSignal,
): Promise<Accepted> {
  const { size } = await stat(path);
  if (size === 0) throw new InternalError('FFmpeg wrote an empty file');
  let frameCount = 0;
  let durationSeconds = 0;
  const result = await runProcess({
    command: tools.ffmpeg,
    args: [
      ['-hide_banner', '-nostdin', '-nostats', '-v', 'error'],
      ['-threads', String(tools.threads), '-skip_loop_filter', 'all'],
      ['-protocol_whitelist', 'file,pipe', '-i', `file:${path}`],
      [
        '-map',
        '0',
        '-fps_mode',
        'passthrough',
        '-enc_time_base',
        '-1',
        '-f',
        'null',
        '-progress',
        'pipe:1',
        '-',
      ],
    ].flat(),
    signal,
    timeoutSeconds: 600,
    limits: passLimits(600),
    onStdout: readLines((line) => {
      const [key, value] = line.split('=');
      if (key === 'frame') frameCount = Number(value);
      if (key === 'out_time_us' && value !== 'N/A') durationSeconds = Number(value) / 1e6;
    }),
  });
  const complaints = result.stderr.split('\n').filter((line) => line.trim() !== '' && !harmless.test(line));
  if (result.exitCode !== 0 || complaints.length > 0) {
    if (diskWasFull(result.stderr)) throw new TemporaryFailure('DISK_FULL', 'The disk is full.');
    throw new InternalError(`an output of FFmpeg does not decode: ${result.stderr.trim().slice(0, 300)}`);
  }
  if (
    expectedSeconds !== null &&
    Math.abs(durationSeconds - expectedSeconds) > durationTolerance(expectedSeconds)
  )
    throw new InternalError(
      `an output of FFmpeg lasts ${durationSeconds.toFixed(3)} s instead of ${expectedSeconds.toFixed(3)} s`,
    );
  return { frameCount, durationSeconds };
}
