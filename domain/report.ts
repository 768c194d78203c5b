// What does a report say? One versioned shape, from which `docs/report.schema.json` is generated.
import { z } from 'zod';
import { assessmentSchema } from './assessment.ts';
import { errorCodes } from './errors.ts';
import { figureSchema } from './figure.ts';
import { formulaNames } from './formulas.ts';
import { measurementsSchema } from './measurements.ts';
import { seenLabelsSchema } from './picture-labels.ts';
import { recordingSchema } from './recording.ts';
import { transcriptSchema } from './transcript.ts';

/** Raised when a reader of an older report could misread a newer one. */
export const reportVersion = 1;

/** What kept the analysis from being whole, in words for the candidate. */
export const problemSchema = z.object({ code: z.enum(errorCodes), message: z.string().min(1) });
export type Problem = z.infer<typeof problemSchema>;

/** Something inside was lost, though the recording goes on to its end. */
export const damaged = (losses: readonly string[]): Problem => ({
  code: 'TRUNCATED',
  message: `Parts of the recording are damaged (FFmpeg: ${losses[0] ?? 'no reason given'}).`,
});

/** How an analysis ends: a whole report, a report with something missing, or no report. */
export const outcomeSchema = z.enum(['SUCCEEDED', 'PARTIAL', 'FAILED']);

/** How the playback file came to be: `transcode` re-encodes the picture, `remux` copies it. */
export const playbackSchema = z.object({
  method: z.enum(['transcode', 'remux']),
  durationSeconds: z.number(),
  frameCount: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
});
export type Playback = z.infer<typeof playbackSchema>;

/** Where each storyboard tile stands: one picture every `secondsPerTile`, row by row on one sheet. */
export const storyboardSchema = z.object({
  secondsPerTile: z.number().positive(),
  tileWidth: z.int().positive(),
  tileHeight: z.int().positive(),
  columns: z.int().positive(),
  tileCount: z.int().positive(),
});
export type Storyboard = z.infer<typeof storyboardSchema>;

/** The picture that stands for the recording, and why it was taken from this moment. */
export const posterSchema = z.object({ atSeconds: z.number(), reason: z.string() });
export type Poster = z.infer<typeof posterSchema>;

/** File names relative to the report; a file that could not be made is `null`. */
export const filesSchema = z.object({
  playback: z.string().nullable(),
  poster: z.string().nullable(),
  posterWebp: z.string().nullable(),
  storyboard: z.string().nullable(),
  storyboardVtt: z.string().nullable(),
  speech: z.string().nullable(),
  captions: z.string().nullable(),
});
export type Files = z.infer<typeof filesSchema>;

export const reportSchema = z.object({
  version: z.literal(reportVersion),
  recordId: z.string(),
  /** SUCCEEDED: all was there; PARTIAL: something is missing, and `problems` says what. */
  status: z.enum(['SUCCEEDED', 'PARTIAL']),
  problems: z.array(problemSchema),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  question: z.string().nullable(),
  recording: recordingSchema,
  playback: playbackSchema.nullable(),
  storyboard: storyboardSchema.nullable(),
  poster: posterSchema.nullable(),
  files: filesSchema,
  /** Every figure of the catalogue, by its formula’s name; what could not be found is `null` with a reason. */
  figures: z.record(z.enum(formulaNames), figureSchema),
  measurements: measurementsSchema,
  /** The things in the picture; `null` when nobody looked, and in a report from before somebody could. */
  labels: seenLabelsSchema.nullable().default(null),
  transcript: transcriptSchema.nullable(),
  /** Why there is no transcript. */
  transcriptReason: z.string().nullable(),
  assessment: assessmentSchema.nullable(),
  /** Why there is no assessment. */
  assessmentReason: z.string().nullable(),
});
export type Report = z.infer<typeof reportSchema>;
