// Which still pictures stand for a whole recording, when each look at one costs money?
import { join } from 'node:path';
import sharp from 'sharp';
import { InternalError } from '../../domain/errors.ts';
import type { Playback } from '../../domain/report.ts';
import { throwUnlessItsOwnEnd } from '../child-failure.ts';
import { filter, writeGraph } from '../filtergraph.ts';
import { readFrames } from '../frames.ts';
import { memoryGuard, passLimits, safeInput } from '../input-arguments.ts';
import { passFiles } from '../pass-command.ts';
import { fit, longestSeekSeconds } from '../plan.ts';
import { runProcess } from '../process.ts';
import type { MediaTools } from '../tools.ts';

/** Things stay where they are for longer than this. */
const leastSecondsPerFrame = 5;
const mostFrames = 60;
/** Large enough for a cup on a shelf; a picture of this size is some 100 kB. */
const longestSide = 1280;

export interface SampledFrame {
  readonly atSeconds: number;
  readonly jpeg: Uint8Array;
}

interface SampleOptions {
  readonly playback: Playback;
  /** Holds `playback.mp4`. */
  readonly folder: string;
  readonly tools: MediaTools;
  readonly signal: AbortSignal;
  readonly timeoutSeconds: number;
}

/** How often a frame is taken: every 5 s, or as many whole seconds as keep it to 60 frames. */
export const secondsPerFrame = (durationSeconds: number): number =>
  Math.max(leastSecondsPerFrame, Math.ceil(durationSeconds / mostFrames));

/**
 * Playback files have a key frame at least every 10 s. Over longer intervals the last one before a moment is near enough,
 * and decoding nothing else makes an hour of 720p cost 10 CPU s instead of 110.
 */
const skipped = (interval: number): readonly string[] =>
  interval > longestSeekSeconds ? ['-skip_frame', 'nokey'] : [];

function commandOf({ folder, tools }: SampleOptions, interval: number, size: { w: number; h: number }) {
  const graph = writeGraph([
    {
      from: ['0:v:0'],
      filters: [
        // As in the pass: each frame is the picture of its very moment.
        filter('fps', { fps: `1/${String(interval)}`, round: 'up', start_time: 0 }),
        filter('scale', size),
        filter('format', { pix_fmts: 'rgb24' }),
      ],
      to: ['frames'],
    },
  ]);
  return [
    ['-v', 'error', '-nostdin', ...memoryGuard, '-threads', String(tools.threads), ...skipped(interval)],
    safeInput(join(folder, passFiles.playback), 'mp4'),
    ['-filter_complex', graph, '-map', '[frames]', '-fps_mode', 'passthrough'],
    ['-frames:v', String(mostFrames), '-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:1'],
  ].flat();
}

/**
 * JPEGs of the playback file, at most 60 and at most 1280 pixels wide or high, by one FFmpeg process.
 * @throws ResourceExhausted, TemporaryFailure or InternalError when that process fails
 */
export async function sampleFrames(options: SampleOptions): Promise<SampledFrame[]> {
  const { playback, tools, signal, timeoutSeconds } = options;
  const { width, height, durationSeconds } = playback;
  if (width === null || height === null) return [];
  const size = fit({ width, height }, longestSide, longestSide);
  const interval = secondsPerFrame(durationSeconds);
  const frames: SampledFrame[] = [];
  const result = await runProcess({
    command: tools.ffmpeg,
    args: commandOf(options, interval, { w: size.width, h: size.height }),
    signal,
    timeoutSeconds,
    limits: passLimits(timeoutSeconds),
    onStart: tools.onCommand,
    onStdout: readFrames(size.width * size.height * 3, async (frame, index) => {
      const raw = { width: size.width, height: size.height, channels: 3 } as const;
      const jpeg = await sharp(frame, { raw }).jpeg({ quality: 85 }).toBuffer();
      frames.push({ atSeconds: index * interval, jpeg });
    }),
  });
  throwUnlessItsOwnEnd(result, 'Taking still pictures');
  if (result.exitCode !== 0 || frames.length === 0)
    throw new InternalError('The playback file gives no still pictures.');
  return frames.filter(({ atSeconds }) => atSeconds === 0 || atSeconds < durationSeconds);
}
