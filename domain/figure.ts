// What is a figure of the report? A value that leads to its evidence, its formula and its source.
import { z } from 'zod';
import { formulaNames } from './formulas.ts';
import { spanSchema } from './span.ts';

/** Who or what a figure rests on. */
export const provenanceSchema = z.union([
  z.enum(['ffmpeg', 'vision', 'transcript', 'audio-only', 'local-rules']),
  z.templateLiteral(['model:', z.string()]),
]);
export type Provenance = z.infer<typeof provenanceSchema>;

/** A moment or a stretch that shows where the value comes from, with the words when words are the evidence. */
export const evidenceSchema = spanSchema.extend({ text: z.string().optional() });
export type Evidence = z.infer<typeof evidenceSchema>;

const shared = {
  unit: z.string(),
  formula: z.enum(formulaNames),
  provenance: provenanceSchema,
};

/** A value that could be found, with at most 100 pieces of evidence, the weightiest first kept, in order of time. */
const knownFigureSchema = z.object({
  ...shared,
  value: z.number(),
  /** Where the value lies against the formula's band; `null` where the field has no usual band. */
  standing: z.enum(['below', 'within', 'above']).nullable(),
  evidence: z.array(evidenceSchema),
});

/** A value that could not be found, and why. Never a guess (A64). */
const missingFigureSchema = z.object({
  ...shared,
  value: z.null(),
  reason: z.string().min(1),
});

export const figureSchema = z.union([knownFigureSchema, missingFigureSchema]);
export type Figure = z.infer<typeof figureSchema>;
