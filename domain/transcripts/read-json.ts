// Which shapes of JSON are read as a transcript?
import { z } from 'zod';
import { amazonSchema, piecesOfAmazon } from './amazon-json.ts';
import { checkedSeconds } from './clock-time.ts';
import { spokenWords } from './spoken-words.ts';
import type { Piece } from './timed-words.ts';
import { TranscriptUnreadable } from './transcript-unreadable.ts';
import { piecesOfWhisper, whisperSchema } from './whisper-json.ts';

export interface JsonTranscript {
  readonly pieces: readonly Piece[];
  readonly language: string | null;
  /** The file says itself that its times are only those of captions. */
  readonly timing?: 'word' | 'cue';
}

/** Greenroom's own shape, with times that may be put right. */
const ownSchema = z.object({
  language: z.string().nullish(),
  timing: z.enum(['word', 'cue']).optional(),
  words: z.array(
    z.object({
      text: z.string(),
      startSeconds: z.number(),
      endSeconds: z.number(),
      confidence: z.number().min(0).max(1).optional(),
    }),
  ),
});

function piecesOfOwn({ words }: z.infer<typeof ownSchema>): Piece[] {
  return words.map((word, index) => ({
    startSeconds: checkedSeconds(word.startSeconds, `words[${index}].startSeconds`),
    endSeconds: checkedSeconds(word.endSeconds, `words[${index}].endSeconds`),
    words: spokenWords(word.text),
    confidence: word.confidence,
  }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : '';
    const line = /line (\d+)/.exec(message)?.[1];
    const hint = message.replaceAll(/[^\u0020-\u007e]/g, ' ').slice(0, 120);
    throw new TranscriptUnreadable(
      `it is no valid JSON (${hint})`,
      line === undefined ? null : Number(line),
      cause,
    );
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown, shape: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue ? z.core.toDotPath(issue.path) : '';
  throw new TranscriptUnreadable(
    `as ${shape}, ${path || 'the file'} is wrong (${issue?.message ?? 'unknown'})`,
  );
}

const has = (value: unknown, key: string): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key);

/** @throws TranscriptUnreadable with the line of a syntax error or the path of a wrong field */
export const readJson = (text: string): JsonTranscript => readJsonValue(parse(text));

/**
 * Reads Greenroom's own shape (`words`), whisper.cpp's (`transcription`) and Amazon Transcribe's
 * (`results.items`). A recogniser that heard nothing gives no pieces, which is no error.
 * @throws TranscriptUnreadable with the path of a wrong field
 */
export function readJsonValue(value: unknown): JsonTranscript {
  if (has(value, 'transcription')) {
    const file = checked(whisperSchema, value, 'a file of whisper.cpp');
    return { pieces: piecesOfWhisper(file), language: file.result?.language ?? null };
  }
  if (has(value, 'results')) {
    const file = checked(amazonSchema, value, 'a file of Amazon Transcribe');
    return { pieces: piecesOfAmazon(file), language: file.results.language_code ?? null };
  }
  if (has(value, 'words')) {
    const file = checked(ownSchema, value, 'a transcript of Greenroom');
    const own = { pieces: piecesOfOwn(file), language: file.language ?? null };
    return file.timing ? { ...own, timing: file.timing } : own;
  }
  throw new TranscriptUnreadable(
    'the JSON has neither words (Greenroom), transcription (whisper.cpp) nor results (Amazon Transcribe)',
  );
}
