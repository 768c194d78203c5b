// What will the one pass over a recording produce? Decided from the probe alone.
import type { Recording, VideoStream } from '../domain/recording.ts';
import type { Playback, Storyboard } from '../domain/report.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Everything the command builder needs; a stream that is missing leaves its part `null`. */
export interface PassPlan {
  readonly path: string;
  readonly recording: Recording;
  readonly method: Playback['method'];
  readonly picture: {
    readonly stream: VideoStream;
    readonly playback: Size;
    /** The small copy that filters and vision look at. */
    readonly small: Size;
    readonly storyboard: Storyboard;
  } | null;
  readonly sound: { readonly index: number; readonly channels: 1 | 2 } | null;
}

export const analysisRate = { picturePerSecond: 4, visionPerSecond: 2 } as const;

/** Stretches that last less are not worth a word. */
export const shortest = { darkSeconds: 0.5, frozenSeconds: 2, silenceSeconds: 0.25 } as const;

/** Never enlarged, even numbers (4:2:0 needs them), the long side and the short side bounded. */
export function fit(size: Size, longSide: number, shortSide: number): Size {
  const long = Math.max(size.width, size.height);
  const short = Math.min(size.width, size.height);
  const scale = Math.min(1, longSide / long, shortSide / short);
  const even = (value: number): number =>
    Math.max(2, Math.min(Math.floor(value / 2), Math.round((value * scale) / 2)) * 2);
  return { width: even(size.width), height: even(size.height) };
}

/** Filters that look at blocks crash or see nothing on a picture of a few lines. */
const atLeast = (size: Size, side: number): Size => ({
  width: Math.max(size.width, side),
  height: Math.max(size.height, side),
});

/** As a player shows it: square pixels, upright. */
function displaySize({ width, height, sampleAspectRatio, rotation }: VideoStream): Size {
  const wide = Math.max(1, Math.round(width * sampleAspectRatio));
  return rotation === 90 || rotation === 270 ? { width: height, height: wide } : { width: wide, height };
}

/** A player decodes from the key frame before the moment that is asked for: longer waits make no seek bar. */
export const longestSeekSeconds = 10;

/** H.264, 8-bit 4:2:0, progressive, at most 1080p, square, upright, seekable and whole: every player takes it. */
function canRemux({ video, truncated, warnings }: Recording): boolean {
  return (
    video !== null &&
    video.codec === 'h264' &&
    (video.pixelFormat === 'yuv420p' || video.pixelFormat === 'yuvj420p') &&
    Math.max(video.width, video.height) <= 1920 &&
    Math.min(video.width, video.height) <= 1080 &&
    video.rotation === 0 &&
    video.sampleAspectRatio === 1 &&
    !video.interlaced &&
    video.longestKeyframeGapSeconds !== null &&
    video.longestKeyframeGapSeconds <= longestSeekSeconds &&
    !truncated &&
    warnings.length === 0
  );
}

const storyboardTiles = 100;
const storyboardColumns = 10;

/** One sheet of at most 100 tiles, one picture every 2 s or as many seconds as the sheet needs. */
function storyboardOf(durationSeconds: number, size: Size): Storyboard {
  const secondsPerTile = Math.max(2, Math.ceil(durationSeconds / storyboardTiles));
  const tile = atLeast(fit(size, 160, 160), 16);
  return {
    secondsPerTile,
    tileWidth: tile.width,
    tileHeight: tile.height,
    columns: storyboardColumns,
    tileCount: Math.max(1, Math.ceil(durationSeconds / secondsPerTile)),
  };
}

interface PlanOptions {
  /** `false` encodes the picture anew although it could be copied. Default: true. */
  readonly mayRemux?: boolean;
}

export function planPass(
  path: string,
  recording: Recording,
  { mayRemux = true }: PlanOptions = {},
): PassPlan {
  const { video, audio } = recording;
  const display = video && displaySize(video);
  const remux = mayRemux && canRemux(recording);
  return {
    path,
    recording,
    method: remux ? 'remux' : 'transcode',
    picture: video &&
      display && {
        stream: video,
        playback: remux ? display : fit(display, 1280, 720),
        small: atLeast(fit(display, 320, 320), 16),
        storyboard: storyboardOf(video.endSeconds - startOf(recording), display),
      },
    sound: audio && { index: audio.index, channels: audio.channels === 1 ? 1 : 2 },
  };
}

/** FFmpeg begins its time line where the first stream begins. */
export const startOf = ({ video, audio }: Recording): number =>
  Math.min(video?.startSeconds ?? Infinity, audio?.startSeconds ?? Infinity);
