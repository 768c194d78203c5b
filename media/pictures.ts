// How do the poster and the storyboard come out of a finished pass?
import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InternalError } from '../domain/errors.ts';
import type { Poster, Storyboard } from '../domain/report.ts';
import { throwUnlessItsOwnEnd } from './child-failure.ts';
import { passLimits, processSeconds, safeInput } from './input-arguments.ts';
import { passFiles } from './pass-command.ts';
import type { PassResult } from './pass.ts';
import { choosePosterMoment } from './pictures/poster-moment.ts';
import { renderPoster } from './pictures/render-poster.ts';
import { trimStoryboard, writeStoryboardVtt } from './pictures/storyboard.ts';
import { runProcess } from './process.ts';
import type { MediaTools } from './tools.ts';

interface PosterOptions {
  readonly pass: Pick<PassResult, 'measurements' | 'playback'>;
  /** Holds `playback.mp4`; the poster's files appear beside it. */
  readonly folder: string;
  readonly tools: MediaTools;
  readonly signal: AbortSignal;
}

const frameFile = 'poster-frame.png';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** The first frame from `atSeconds` on; when the last one is older, that one, because it is still shown then. */
async function takeFrame({ folder, tools, signal }: PosterOptions, atSeconds: number): Promise<string> {
  const framePath = join(folder, frameFile);
  const playback = safeInput(join(folder, passFiles.playback), 'mp4');
  const seeks = [
    ['-ss', String(atSeconds), ...playback, '-frames:v', '1'],
    ['-noaccurate_seek', '-sseof', '-5', ...playback],
  ];
  for (const seek of seeks) {
    const result = await runProcess({
      command: tools.ffmpeg,
      args: ['-v', 'error', '-nostdin', ...seek, '-an', '-update', '1', '-y', `file:${framePath}`],
      signal,
      timeoutSeconds: processSeconds.frame,
      limits: passLimits(processSeconds.frame),
      onStart: tools.onCommand,
    });
    throwUnlessItsOwnEnd(result, 'Taking the poster’s frame');
    if (result.exitCode === 0 && (await exists(framePath))) return framePath;
  }
  throw new InternalError(`The playback file gives no frame at ${String(atSeconds)} s.`);
}

/** Writes `poster.jpg` and `poster.webp` from the best moment, by one seek into the playback file. */
export async function makePoster(options: PosterOptions): Promise<Poster | null> {
  const { measurements, playback } = options.pass;
  if (!measurements.picture) return null;
  const { picture, vision } = measurements;
  const poster = choosePosterMoment({ picture, vision, durationSeconds: playback.durationSeconds });
  const framePath = await takeFrame(options, poster.atSeconds);
  await renderPoster({ framePath, folder: options.folder });
  await rm(framePath, { force: true });
  return poster;
}

interface StoryboardOptions {
  readonly storyboard: Storyboard;
  readonly durationSeconds: number;
  /** Holds the pass's sheet, which is taken away. */
  readonly folder: string;
}

/** Writes `storyboard.jpg` and `storyboard.vtt`. */
export async function makeStoryboard({
  storyboard,
  durationSeconds,
  folder,
}: StoryboardOptions): Promise<void> {
  const sheetPath = join(folder, passFiles.sheet);
  await trimStoryboard({ sheetPath, storyboard, folder });
  await writeStoryboardVtt(storyboard, durationSeconds, folder);
  await rm(sheetPath, { force: true });
}
