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

const displaySize = (stream: VideoStream): Size =>
  stream.rotation === 90 || stream.rotation === 270
    ? { width: stream.height, height: stream.width }
    : { width: stream.width, height: stream.height };

/** H.264, 8-bit 4:2:0, at most 1080p, upright and whole: every player takes it as it is. */
function canRemux({ video, truncated, warnings }: Recording): boolean {
  return (
    video !== null &&
    video.codec === 'h264' &&
    (video.pixelFormat === 'yuv420p' || video.pixelFormat === 'yuvj420p') &&
    Math.max(video.width, video.height) <= 1920 &&
    Math.min(video.width, video.height) <= 1080 &&
    video.rotation === 0 &&
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

export function planPass(path: string, recording: Recording): PassPlan {
  const { video, audio } = recording;
  const display = video && displaySize(video);
  return {
    path,
    recording,
    method: canRemux(recording) ? 'remux' : 'transcode',
    picture: video &&
      display && {
        stream: video,
        playback: canRemux(recording) ? display : fit(display, 1280, 720),
        small: atLeast(fit(display, 320, 320), 16),
        storyboard: storyboardOf(video.endSeconds - video.startSeconds, display),
      },
    sound: audio && { index: audio.index, channels: audio.channels === 1 ? 1 : 2 },
  };
}
