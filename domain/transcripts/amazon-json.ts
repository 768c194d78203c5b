// What does Amazon Transcribe write?
import { z } from 'zod';
import { checkedSeconds } from './clock-time.ts';
import { spokenWords } from './spoken-words.ts';
import type { Piece } from './timed-words.ts';

const decimal = z.coerce.number();

/** The parts of its JSON that are used; numbers come as strings. */
export const amazonSchema = z.object({
  results: z.object({
    language_code: z.string().nullish(),
    items: z.array(
      z.object({
        type: z.string(),
        start_time: decimal.optional(),
        end_time: decimal.optional(),
        alternatives: z.array(z.object({ content: z.string(), confidence: decimal.optional() })).min(1),
      }),
    ),
  }),
});

/** One piece per pronounced item; a punctuation mark joins the word before it. */
export function piecesOfAmazon({ results }: z.infer<typeof amazonSchema>): Piece[] {
  const pieces: { startSeconds: number; endSeconds: number; text: string; confidence: number | undefined }[] =
    [];
  for (const [index, item] of results.items.entries()) {
    const [best] = item.alternatives;
    const last = pieces.at(-1);
    if (!best) continue;
    if (item.start_time === undefined) {
      if (last) last.text += best.content;
      continue;
    }
    const where = `results.items[${index}]`;
    const confidence = best.confidence;
    pieces.push({
      startSeconds: checkedSeconds(item.start_time, where),
      endSeconds: checkedSeconds(item.end_time ?? item.start_time, where),
      text: best.content,
      confidence: confidence === undefined ? undefined : Math.min(1, Math.max(0, confidence)),
    });
  }
  return pieces.map(({ startSeconds, endSeconds, text, confidence }) => ({
    startSeconds,
    endSeconds,
    words: spokenWords(text),
    confidence,
  }));
}
