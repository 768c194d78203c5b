// What does an assessment of an answer hold? Statements, each with the words or the figure behind it.
import { z } from 'zod';
import { evidenceSchema, provenanceSchema } from './figure.ts';
import { formulaNames } from './formulas.ts';

/** One strong or weak point: a sentence, and the figure or the quoted words it rests on (at least one of them). */
export const pointSchema = z
  .object({
    statement: z.string().min(1),
    figure: z.enum(formulaNames).nullable(),
    evidence: z.array(evidenceSchema),
  })
  .refine(
    (point) => point.figure !== null || point.evidence.length > 0,
    'a point needs a figure or evidence',
  );
export type Point = z.infer<typeof pointSchema>;

/** A word better left out, why, and each time it was said. */
export const wordToAvoidSchema = z.object({
  text: z.string().min(1),
  reason: z.string().min(1),
  evidence: z.array(evidenceSchema).min(1),
});

/** The four parts of a STAR answer (situation, task, action, result), each with the words that show it. */
export const starSchema = z.object({
  situation: z.array(evidenceSchema),
  task: z.array(evidenceSchema),
  action: z.array(evidenceSchema),
  result: z.array(evidenceSchema),
});
export type Star = z.infer<typeof starSchema>;
export type StarPart = keyof Star;

export const assessmentSchema = z.object({
  /** `local-rules`, or `model:<id>` of the language model that wrote it. */
  provenance: provenanceSchema,
  /** Two or three sentences for the candidate. */
  summary: z.string().min(1),
  /** Parts of STAR that are present ÷ 4 × 100; the same for rules and models. */
  structureScore: z.number().min(0).max(100),
  star: starSchema,
  wordsToAvoid: z.array(wordToAvoidSchema),
  /** At most three, the best first. */
  strengths: z.array(pointSchema).max(3),
  /** At most three, the most worth working on first. */
  weaknesses: z.array(pointSchema).max(3),
});
export type Assessment = z.infer<typeof assessmentSchema>;
