// What does whisper.cpp write with --output-json and --output-json-full?
import { z } from 'zod';
import { checkedSeconds } from './clock-time.ts';
import { spokenWords } from './spoken-words.ts';
import type { Piece } from './timed-words.ts';

const offsets = z.object({ from: z.number(), to: z.number() });
const tokenSchema = z.object({ text: z.string(), offsets: offsets.optional(), p: z.number().optional() });
const segmentSchema = z.object({
  text: z.string(),
  /** Milliseconds. */
  offsets,
  /** Only with --output-json-full. */
  tokens: z.array(tokenSchema).optional(),
});

/** The parts of its JSON that are used. */
export const whisperSchema = z.object({
  result: z.object({ language: z.string().optional() }).optional(),
  transcription: z.array(segmentSchema),
});

type Token = z.infer<typeof tokenSchema>;
type Segment = z.infer<typeof segmentSchema>;

const isSpecial = (token: Token): boolean => /^\s*\[_.*\]\s*$/.test(token.text);

/** Tokens in groups of one word each: a word starts with a space. */
function groupsOf(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  for (const token of tokens) {
    if (isSpecial(token) || token.text === '') continue;
    const last = groups.at(-1);
    if (last && !/^\s/.test(token.text)) last.push(token);
    else groups.push([token]);
  }
  return groups;
}

function pieceOfGroup(group: readonly Token[], word: string, where: string): Piece | null {
  const times = group.flatMap((token) => token.offsets ?? []);
  const [first] = times;
  const last = times.at(-1);
  if (!first || !last) return null;
  const probabilities = group.flatMap((token) => token.p ?? []);
  const mean = probabilities.reduce((sum, p) => sum + p, 0) / probabilities.length;
  return {
    startSeconds: checkedSeconds(first.from / 1000, where),
    endSeconds: checkedSeconds(last.to / 1000, where),
    words: [word],
    confidence: probabilities.length === 0 ? undefined : Math.min(1, Math.max(0, mean)),
  };
}

function piecesOfSegment(segment: Segment, index: number): Piece[] {
  const where = `transcription[${index}]`;
  const words = spokenWords(segment.text);
  const whole = {
    startSeconds: checkedSeconds(segment.offsets.from / 1000, where),
    endSeconds: checkedSeconds(segment.offsets.to / 1000, where),
    words,
  };
  const groups = groupsOf(segment.tokens ?? []).filter(
    (group) => spokenWords(group.map((token) => token.text).join('')).length > 0,
  );
  // Tokens may cut a letter of several bytes in two: the words come from the segment, only the times from
  // the tokens, and when the two do not agree the segment's time is shared out.
  if (groups.length !== words.length) return [whole];
  const pieces = groups.map((group, position) => pieceOfGroup(group, words[position] ?? '', where));
  return pieces.every((piece) => piece !== null) ? pieces : [whole];
}

/** One piece per word where the tokens have times, else one per segment. */
export const piecesOfWhisper = ({ transcription }: z.infer<typeof whisperSchema>): Piece[] =>
  transcription.flatMap(piecesOfSegment);
