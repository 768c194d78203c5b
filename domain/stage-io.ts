// What do the interview's stages say to each other? The input and output of each, as schemas.
import { z } from 'zod';
import { recordIdSchema, userIdSchema } from './ids.ts';
import { recordingSchema } from './recording.ts';
import { outcomeSchema, playbackSchema, posterSchema, problemSchema, storyboardSchema } from './report.ts';

/** Whose analysis this is; every derived key is made from it. */
export const ownerSchema = z.object({
  userId: userIdSchema,
  recordId: recordIdSchema,
  executionName: z.string().regex(/^[A-Za-z0-9-]{1,80}$/),
});
export type Owner = z.infer<typeof ownerSchema>;

/** Programs that a stage ran, exactly as they were called; a dozen at most, some 3 kB each. */
const commandsSchema = z.array(z.array(z.string())).default([]);

/** What the state machine is started with: canonical, so that a second delivery is the same request. */
export const analysisInputSchema = z.object({
  userId: userIdSchema,
  recordId: recordIdSchema,
  objectKey: z.string(),
  /** What the client says the file's SHA-256 is; `null` when it said nothing. */
  sha256: z.string().nullable(),
  question: z.string().nullable(),
  language: z.string().nullable(),
});
export type AnalysisInput = z.infer<typeof analysisInputSchema>;

export const probeInputSchema = z.object({ objectKey: z.string(), sha256: z.string().nullable() });
export const probeOutputSchema = z.object({
  recording: recordingSchema,
  problems: z.array(problemSchema),
  commands: commandsSchema,
});

export const convertInputSchema = z.object({
  owner: ownerSchema,
  objectKey: z.string(),
  recording: recordingSchema,
});
/** Keys of what was stored; `null` where the recording has no such stream. */
export const convertOutputSchema = z.object({
  playback: playbackSchema,
  storyboard: storyboardSchema.nullable(),
  poster: posterSchema.nullable(),
  hasSpeechFile: z.boolean(),
  /** Whether a list of things in the picture was stored, and what kept it from being made. */
  labels: z.object({ found: z.boolean(), problem: problemSchema.nullable() }),
  problems: z.array(problemSchema),
  commands: commandsSchema,
});

export const startTranscriptionInputSchema = z.object({
  jobName: z.string(),
  objectKey: z.string(),
  language: z.string().nullable(),
});
export const startTranscriptionOutputSchema = z.object({ jobName: z.string() });

export const readTranscriptionInputSchema = z.object({ owner: ownerSchema, jobName: z.string() });
export const readTranscriptionOutputSchema = z.object({
  status: z.enum(['IN_PROGRESS', 'COMPLETED', 'UNAVAILABLE']),
  /** Why there are no words; `null` unless UNAVAILABLE. */
  reason: z.string().nullable(),
});

export const measureTextInputSchema = z.object({ owner: ownerSchema, question: z.string().nullable() });
export const measureTextOutputSchema = z.object({
  hasAssessment: z.boolean(),
  problems: z.array(problemSchema),
});

/** What a Catch hands on: the error's name and its cause, for a Lambda a JSON text. */
export const errorOutputSchema = z.object({ Error: z.string(), Cause: z.string() });

/** What became of the words: a transcript was stored, or why there is none. */
export type Words = z.infer<typeof wordsSchema>;
export const wordsSchema = z.object({
  hasTranscript: z.boolean(),
  /** A language model's assessment was stored. */
  hasAssessment: z.boolean(),
  reason: z.string().nullable(),
  problems: z.array(problemSchema),
  /** What a service for the words failed with; `null` when none did. */
  failure: errorOutputSchema.nullable(),
});

/** Either the findings of a finished analysis or the failure that ended it; the other one is `null`. */
export const finalizeInputSchema = z.object({
  owner: ownerSchema,
  findings: z
    .object({
      question: z.string().nullable(),
      recording: recordingSchema,
      problems: z.array(problemSchema),
      conversion: convertOutputSchema,
      words: wordsSchema,
    })
    .nullable(),
  failure: errorOutputSchema.nullable(),
});
export const finalizeOutputSchema = z.object({
  status: outcomeSchema,
  reportKey: z.string().nullable(),
  problems: z.array(problemSchema),
});

export interface StageIo {
  readonly probe: { in: z.infer<typeof probeInputSchema>; out: z.infer<typeof probeOutputSchema> };
  readonly convert: { in: z.infer<typeof convertInputSchema>; out: z.infer<typeof convertOutputSchema> };
  readonly startTranscription: {
    in: z.infer<typeof startTranscriptionInputSchema>;
    out: z.infer<typeof startTranscriptionOutputSchema>;
  };
  readonly readTranscription: {
    in: z.infer<typeof readTranscriptionInputSchema>;
    out: z.infer<typeof readTranscriptionOutputSchema>;
  };
  readonly measureText: {
    in: z.infer<typeof measureTextInputSchema>;
    out: z.infer<typeof measureTextOutputSchema>;
  };
  readonly finalize: { in: z.infer<typeof finalizeInputSchema>; out: z.infer<typeof finalizeOutputSchema> };
}
