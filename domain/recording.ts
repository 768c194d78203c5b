// What is known of a recording once it was probed?
import { z } from 'zod';

export const containerSchema = z.enum(['webm', 'matroska', 'mp4']);
export type Container = z.infer<typeof containerSchema>;

export const videoStreamSchema = z.object({
  /** Index of the stream among all streams of the file. */
  index: z.int().min(0),
  codec: z.string(),
  profile: z.string().nullable(),
  pixelFormat: z.string().nullable(),
  /** Coded size in pixels, before rotation. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** Width of one pixel by its height: 1 but for old camcorders and some screen recorders. */
  sampleAspectRatio: z.number().positive().default(1),
  /** Clockwise quarter turns that a player applies, in degrees. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  frameCount: z.int().min(0),
  /** Frames by seconds between the first and the last, not what the header claims. */
  framesPerSecond: z.number().min(0),
  /** Longest time between two frames, in seconds: a hole when it is long. */
  longestGapSeconds: z.number().min(0),
  /** Longest time from one key frame to the next or to the end; `null` in a report from before it was counted. */
  longestKeyframeGapSeconds: z.number().min(0).nullable().default(null),
  /** Half of the lines of each frame are from another moment. */
  interlaced: z.boolean().default(false),
  startSeconds: z.number(),
  endSeconds: z.number(),
});
export type VideoStream = z.infer<typeof videoStreamSchema>;

export const audioStreamSchema = z.object({
  index: z.int().min(0),
  codec: z.string(),
  sampleRateHz: z.int().positive(),
  channels: z.int().positive(),
  startSeconds: z.number(),
  endSeconds: z.number(),
});
export type AudioStream = z.infer<typeof audioStreamSchema>;

/** The facts of one file. Every duration is read from its packets: a live WebM's header has none. */
export const recordingSchema = z.object({
  container: containerSchema,
  sizeBytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  durationSeconds: z.number().positive(),
  /** The file ends in the middle of something; `durationSeconds` is what was saved. */
  truncated: z.boolean(),
  /** Only the first so many bytes are used, because the times break after them; `null` for all. */
  usableBytes: z.int().positive().nullable(),
  /** What ffprobe said while it read the packets, at most ten lines. */
  warnings: z.array(z.string()),
  video: videoStreamSchema.nullable(),
  audio: audioStreamSchema.nullable(),
});
export type Recording = z.infer<typeof recordingSchema>;

/** What Greenroom accepts. A file beyond a limit is refused with the code beside it. */
export const limits = {
  /** TOO_LARGE */
  maximumBytes: 2 * 1024 ** 3,
  /** TOO_LONG. The recorder stops at 30 minutes; the pipeline leaves room for other recorders. */
  maximumSeconds: 3600,
  /** TOO_MANY_PIXELS: a 4096 × 2176 frame. */
  maximumPixels: 8_912_896,
  /** NOT_MEDIA: no recorder writes more streams than this. */
  maximumStreams: 8,
} as const;
