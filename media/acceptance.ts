// Does a finished file count? Only if it decodes whole and is as long as its source.
import { stat } from 'node:fs/promises';
import { InternalError, TemporaryFailure } from '../domain/errors.ts';
import { roundTo } from '../domain/span.ts';
import { memoryGuard, passLimits, safeInput } from './input-arguments.ts';
import { scanPackets } from './packets.ts';
import { readLines, runProcess } from './process.ts';
import { diskWasFull, lossLines } from './stderr.ts';
import type { MediaTools } from './tools.ts';

/** What a full decode of an accepted file counted. */
export interface Accepted {
  /** Pictures that were decoded; 0 for sound alone. */
  readonly frameCount: number;
  readonly durationSeconds: number;
}

export interface AcceptOptions {
  /** The length of the source; `null` for a damaged one, of which any length will do. */
  readonly expectedSeconds: number | null;
  readonly tools: MediaTools;
  readonly signal: AbortSignal;
}

/** The null muxer's word about times that stand still; players do not mind. */
const harmless = /non[- ]monotonic/i;

/** How far an output's end may lie from its source's: 0.2 s or 1 %, whichever is more. */
export const durationTolerance = (expectedSeconds: number): number => Math.max(0.2, expectedSeconds * 0.01);

/** Counts the pictures that come out of the decoder. The loop filter is left out: damage shows without it. */
async function decodeAll(path: string, { tools, signal }: AcceptOptions): Promise<number> {
  let frameCount = 0;
  const result = await runProcess({
    command: tools.ffmpeg,
    args: [
      ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', ...memoryGuard],
      ['-threads', String(tools.threads), '-skip_loop_filter', 'all', ...safeInput(path, 'mp4')],
      ['-map', '0', '-fps_mode', 'passthrough', '-enc_time_base', '-1'],
      ['-f', 'null', '-progress', 'pipe:1', '-'],
    ].flat(),
    signal,
    timeoutSeconds: 600,
    limits: passLimits(600),
    onStdout: readLines((line) => {
      const [key, value] = line.split('=');
      if (key === 'frame') frameCount = Number(value);
    }),
  });
  const complaints = result.stderr.split('\n').filter((line) => line.trim() !== '' && !harmless.test(line));
  if (result.exitCode === 0 && complaints.length === 0) return frameCount;
  if (result.timedOut) throw new TemporaryFailure('TIMEOUT', 'Checking the playback file took too long.');
  if (diskWasFull(result.stderr)) throw new TemporaryFailure('DISK_FULL', 'The disk is full.');
  const [line = `it ended with ${String(result.exitCode ?? result.killedBy)}`] = complaints;
  throw new InternalError(`an output of FFmpeg does not decode: ${line.slice(0, 300)}`);
}

/**
 * Decodes a file that we wrote ourselves, all of it, and compares it with what its index promises and with its source.
 * @throws InternalError when the file must not be used; TemporaryFailure when the check itself could not end
 */
export async function acceptOutput(path: string, options: AcceptOptions): Promise<Accepted> {
  const { tools, signal, expectedSeconds } = options;
  const { size } = await stat(path);
  if (size === 0) throw new InternalError('FFmpeg wrote an empty file');
  const [frameCount, scan] = await Promise.all([
    decodeAll(path, options),
    scanPackets({ path, container: 'mp4' }, tools, signal),
  ]);
  const streams = [...scan.streams.values()];
  const losses = lossLines(scan.stderr);
  if (scan.exitCode !== 0 || losses.length > 0 || streams.length === 0)
    throw new InternalError(`an output of FFmpeg cannot be read: ${losses[0] ?? 'it holds nothing'}`);
  if (frameCount > 0 && !streams.some(({ count }) => count === frameCount))
    throw new InternalError(`an output of FFmpeg gives only ${String(frameCount)} of its pictures`);
  const durationSeconds = roundTo(Math.max(...streams.map(({ endSeconds }) => endSeconds)));
  if (
    expectedSeconds !== null &&
    Math.abs(durationSeconds - expectedSeconds) > durationTolerance(expectedSeconds)
  )
    throw new InternalError(
      `an output of FFmpeg lasts ${durationSeconds.toFixed(3)} s instead of ${expectedSeconds.toFixed(3)} s`,
    );
  return { frameCount, durationSeconds };
}
