// Does a finished file count? Only if it decodes whole and is as long as its source.
import { stat } from 'node:fs/promises';
import { InternalError } from '../domain/errors.ts';
import { roundTo } from '../domain/span.ts';
import { throwUnlessItsOwnEnd } from './child-failure.ts';
import { bothOrNeither } from './deadline.ts';
import { memoryGuard, passLimits, safeInput } from './input-arguments.ts';
import { scanPackets } from './packets.ts';
import { readLines, runProcess } from './process.ts';
import { lossLines } from './stderr.ts';
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
  /** Wall clock for the full decode. Default: 600. */
  readonly timeoutSeconds?: number;
}

/** The null muxer's word about times that stand still; players do not mind. */
const harmless = /non[- ]monotonic/i;

/** How far an output's end may lie from its source's: 0.2 s or 1 %, whichever is more. */
export const durationTolerance = (expectedSeconds: number): number => Math.max(0.2, expectedSeconds * 0.01);

/** Counts the pictures that come out of the decoder. The loop filter is left out: damage shows without it. */
async function decodeAll(
  path: string,
  { tools, signal, timeoutSeconds = 600 }: AcceptOptions,
): Promise<number> {
  let frameCount = 0;
  const result = await runProcess({
    command: tools.ffmpeg,
    args: [
      ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', ...memoryGuard],
      ['-threads', String(tools.threads), '-skip_loop_filter', 'all', ...safeInput(path, 'mp4')],
      ['-map', '0', '-fps_mode', 'passthrough', '-enc_time_base', '1/1000000'],
      ['-f', 'null', '-progress', 'pipe:1', '-'],
    ].flat(),
    signal,
    timeoutSeconds,
    limits: passLimits(timeoutSeconds),
    onStart: tools.onCommand,
    onStdout: readLines((line) => {
      const [key, value] = line.split('=');
      if (key === 'frame') frameCount = Number(value);
    }),
  });
  throwUnlessItsOwnEnd(result, 'The check of the playback file');
  const complaints = result.stderr.split('\n').filter((line) => line.trim() !== '' && !harmless.test(line));
  if (result.exitCode === 0 && complaints.length === 0) return frameCount;
  const [line = `it ended with ${String(result.exitCode)}`] = complaints;
  throw new InternalError(`an output of FFmpeg does not decode: ${line.slice(0, 300)}`);
}

/**
 * Decodes a file that we wrote ourselves, all of it, and compares it with what its index promises and with its source.
 * @throws InternalError when the file must not be used; ResourceExhausted, TemporaryFailure when the check was ended
 */
export async function acceptOutput(path: string, options: AcceptOptions): Promise<Accepted> {
  const { tools, signal, expectedSeconds } = options;
  const { size } = await stat(path);
  if (size === 0) throw new InternalError('FFmpeg wrote an empty file');
  const [frameCount, scan] = await bothOrNeither(
    signal,
    (shared) => decodeAll(path, { ...options, signal: shared }),
    (shared) => scanPackets({ path, container: 'mp4' }, tools, shared),
  );
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
