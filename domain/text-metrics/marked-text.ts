// How are the words of a transcript searched for phrases without losing where they stand?
import type { Evidence } from '../figure.ts';
import { plainText } from '../transcript.ts';
import type { Word } from '../transcript.ts';

/**
 * The words in lower case, separated by single spaces, with ` . ` for the end of a sentence and ` , ` for any
 * smaller mark; it starts with ` . `, as if a sentence had just ended. Words made of marks only are left out.
 */
export interface MarkedText {
  readonly text: string;
  /** Offset of each word in `text`, ascending. */
  readonly offsets: readonly number[];
  /** Index into the transcript's words, for each offset. */
  readonly wordIndexes: readonly number[];
  /** The words alone, for each offset. */
  readonly tokens: readonly string[];
  /** For each offset, the mark that follows the word. */
  readonly marks: readonly ('' | ',' | '.')[];
}

/** A phrase found in a transcript: indexes of its first and last word, both included. */
export interface Occurrence {
  readonly firstIndex: number;
  readonly lastIndex: number;
}

const abbreviations = new Set(['mr', 'mrs', 'ms', 'dr', 'vs', 'e.g', 'i.e', 'sr', 'sra', 'dra']);

interface Ends {
  /** The word as it is compared: lower case, straight apostrophes, no marks at its ends; may be empty. */
  readonly token: string;
  /** The marks after it. */
  readonly end: string;
}

// Two walks from the ends: a regular expression would look at long runs of marks again and again.
function splitEnds(text: string): Ends {
  const plain = text.normalize('NFC').toLowerCase().replaceAll(/[’‘ʼ]/g, "'");
  if (!/[\p{L}\p{N}]/u.test(plain)) return { token: '', end: '' };
  const isMark = (at: number): boolean => /[\p{P}\p{S}]/u.test(plain.charAt(at));
  let from = 0;
  let to = plain.length;
  while (from < to && isMark(from)) from++;
  while (to > from && isMark(to - 1)) to--;
  return { token: plain.slice(from, to).replaceAll(/\s+/g, '_'), end: plain.slice(to) };
}

function markAfter({ token, end }: Ends): '' | ',' | '.' {
  if (end === '' || (end === '.' && abbreviations.has(token))) return '';
  if (/\.\.|…/.test(end)) return ',';
  if (/[.?!。？！]/.test(end)) return '.';
  return /[,;:—–-]/.test(end) ? ',' : '';
}

/** The word as it is compared: lower case, straight apostrophes, no marks at its ends; may be empty. */
export const normalised = (text: string): string => splitEnds(text).token;

export function markedText(words: readonly Word[]): MarkedText {
  const parts: string[] = [' .'];
  const offsets: number[] = [];
  const wordIndexes: number[] = [];
  const tokens: string[] = [];
  const marks: ('' | ',' | '.')[] = [];
  let length = 2;
  for (const [index, word] of words.entries()) {
    const ends = splitEnds(word.text);
    const { token } = ends;
    if (token === '') continue;
    const mark = markAfter(ends);
    offsets.push(length + 1);
    wordIndexes.push(index);
    tokens.push(token);
    marks.push(mark);
    const part = mark === '' ? ` ${token}` : ` ${token} ${mark}`;
    parts.push(part);
    length += part.length;
  }
  parts.push(' ');
  return { text: parts.join(''), offsets, wordIndexes, tokens, marks };
}

/** A pattern over marked text that matches whole words only; `source` is separated by single spaces. */
export const phrase = (source: string): RegExp => new RegExp(`(?<= )(?:${source})(?= )`, 'gu');

/** Index of the last offset that is at most `offset`. */
function positionAt(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Every place where one of the patterns matches, in order of the words, without overlaps. */
export function findPhrases(marked: MarkedText, patterns: readonly RegExp[]): Occurrence[] {
  const found: Occurrence[] = [];
  for (const pattern of patterns) {
    for (const match of marked.text.matchAll(pattern)) {
      const first = positionAt(marked.offsets, match.index);
      const last = positionAt(marked.offsets, match.index + match[0].length - 1);
      found.push({
        firstIndex: marked.wordIndexes[first] ?? 0,
        lastIndex: marked.wordIndexes[last] ?? 0,
      });
    }
  }
  const sorted = found.toSorted((a, b) => a.firstIndex - b.firstIndex || b.lastIndex - a.lastIndex);
  let end = -1;
  return sorted.filter((occurrence) => {
    if (occurrence.firstIndex <= end) return false;
    end = occurrence.lastIndex;
    return true;
  });
}

/** An occurrence as evidence: the exact words, from the start of the first to the end of the last. */
export function evidenceOf(words: readonly Word[], { firstIndex, lastIndex }: Occurrence): Evidence {
  const said = words.slice(firstIndex, lastIndex + 1);
  return {
    startSeconds: said[0]?.startSeconds ?? 0,
    endSeconds: said.at(-1)?.endSeconds ?? 0,
    text: plainText(said),
  };
}
