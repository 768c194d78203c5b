// What is a transcript? Words with times, and where they came from.
import { z } from 'zod';
import { spanSchema } from './span.ts';

/** One spoken word as written, punctuation attached ("well,"), with its confidence from 0 to 1 if known. */
export const wordSchema = spanSchema.extend({
  text: z.string().min(1),
  confidence: z.number().min(0).max(1).optional(),
});
export type Word = z.infer<typeof wordSchema>;

/**
 * How the times of the words were found: `word`, each by the recogniser or the file;
 * `cue`, spread over their caption by syllables, good to about half a second.
 */
export const timingSchema = z.enum(['word', 'cue']);

export const transcriptSchema = z.object({
  /** BCP 47 tag such as `en-US`. */
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  /** Who wrote it: `file:vtt`, `file:srt`, `file:json`, `whisper-cli`, `pocketsphinx`, `amazon-transcribe`. */
  source: z.string().min(1),
  timing: timingSchema,
  words: z.array(wordSchema),
});
export type Transcript = z.infer<typeof transcriptSchema>;

/** The transcript as one readable line. */
export const plainText = (words: readonly Word[]): string => words.map((word) => word.text).join(' ');
