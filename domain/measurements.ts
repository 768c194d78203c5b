// What does the media pass measure, before anyone judges it?
import { z } from 'zod';
import { spanSchema } from './span.ts';

/** One picture sample, 4 per second, from FFmpeg's signalstats and blurdetect on a 320-pixel-wide copy. */
export const pictureSampleSchema = z.object({
  atSeconds: z.number(),
  /** Mean luma, 0–255. */
  luma: z.number(),
  /** Perceptual blur, higher is softer; `null` where the picture has no edge to judge. */
  blur: z.number().nullable(),
});

/** One face in one frame. Nothing here tells who it is, how old, of which sex or in which mood. */
export const faceSchema = z.object({
  /** Left, top, width and height from hairline to chin, as fractions of the picture. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** The detector's confidence, 0–1. */
  score: z.number(),
  /** Degrees; positive yaw is the person's left, positive pitch is down. */
  yaw: z.number(),
  pitch: z.number(),
  /** Positive roll is clockwise in the picture. */
  roll: z.number(),
  /** How far the irises sit from the middle of the eyes, as a fraction of the eye's width, 0–0.5; `null` when the eyes are too small or shut. */
  irisOffset: z.number().nullable(),
  /** Mean luma of the face's box, 0–255. */
  luma: z.number(),
});
export type Face = z.infer<typeof faceSchema>;

/** One frame that the vision model saw, 2 per second. */
export const visionSampleSchema = z.object({ atSeconds: z.number(), faces: z.array(faceSchema) });
export type VisionSample = z.infer<typeof visionSampleSchema>;

export const pictureMeasurementsSchema = z.object({
  samplesPerSecond: z.number(),
  samples: z.array(pictureSampleSchema),
  /** Stretches of near-black picture (blackdetect, at least 0.5 s). */
  dark: z.array(spanSchema),
  /** Stretches in which nothing moves at all (freezedetect, at least 2 s). */
  frozen: z.array(spanSchema),
  /** Moments at which the whole picture changes (scdet). */
  sceneChangesAtSeconds: z.array(z.number()),
});
export type PictureMeasurements = z.infer<typeof pictureMeasurementsSchema>;

export const visionMeasurementsSchema = z.object({
  /** Who looked: package and version, or the name of the service. */
  provider: z.string(),
  samplesPerSecond: z.number(),
  samples: z.array(visionSampleSchema),
});
export type VisionMeasurements = z.infer<typeof visionMeasurementsSchema>;

export const audioMeasurementsSchema = z.object({
  /** EBU R 128 integrated loudness in LUFS; `null` when nothing rises above the gate (silence). */
  loudnessLufs: z.number().nullable(),
  loudnessRangeLu: z.number().nullable(),
  /** Sample peak in dBFS; `null` in digital silence. */
  peakDbfs: z.number().nullable(),
  /** Short-term loudness (3 s window), one value a second. */
  shortTerm: z.array(z.object({ atSeconds: z.number(), lufs: z.number() })),
  /** Stretches below −35 dBFS for at least 0.25 s (silencedetect). */
  silences: z.array(spanSchema),
  /** Moments of syllable nuclei found in the sound alone (after De Jong & Wempe 2009). */
  syllablesAtSeconds: z.array(z.number()),
});
export type AudioMeasurements = z.infer<typeof audioMeasurementsSchema>;

/** Everything the one pass over the recording found out; a missing stream leaves `null`. */
export const measurementsSchema = z.object({
  picture: pictureMeasurementsSchema.nullable(),
  /** Why `picture` is `null`; `null` too in a report from before the reason was kept. */
  pictureReason: z.string().nullable().default(null),
  vision: visionMeasurementsSchema.nullable(),
  /** Why `vision` is `null` although there is a picture. */
  visionReason: z.string().nullable(),
  audio: audioMeasurementsSchema.nullable(),
  /** Why `audio` is `null`; `null` too in a report from before the reason was kept. */
  audioReason: z.string().nullable().default(null),
});
export type Measurements = z.infer<typeof measurementsSchema>;
