// How do pieces of text with doubtful times become words in order?
import { countSyllables } from '../text-metrics/syllables.ts';
import { roundTo } from '../span.ts';
import type { Transcript, Word } from '../transcript.ts';

/** A stretch of text as a file states it: one word, or several that share its time. */
export interface Piece {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly words: readonly string[];
  /** 0–1, of every word in it. */
  readonly confidence?: number | undefined;
}

// Recognisers step back by some hundredths of a second between words; more is another order.
const jitterSeconds = 0.5;
// For a piece whose end is missing or lies before its start.
const secondsPerSyllable = 0.2;
// Files mix a few two-word pieces into word times (a number with its unit).
const aloneShare = 0.9;

const sumSyllables = (words: readonly string[], language: string): number =>
  words.reduce((sum, word) => sum + countSyllables(word, language), 0);

/** In order of time; small steps back keep the order of the file. */
function ordered(pieces: readonly Piece[]): Piece[] {
  let latest = -Infinity;
  const unsorted = pieces.some(({ startSeconds }) => {
    const back = startSeconds < latest - jitterSeconds;
    latest = Math.max(latest, startSeconds);
    return back;
  });
  return unsorted ? pieces.toSorted((a, b) => a.startSeconds - b.startSeconds) : [...pieces];
}

/** Joins pieces that start together: their words were spoken one after the other. */
function joined(pieces: readonly Piece[]): Piece[] {
  const groups: {
    startSeconds: number;
    endSeconds: number;
    words: string[];
    confidence?: number | undefined;
  }[] = [];
  let floor = 0;
  for (const { startSeconds, endSeconds, words, confidence } of pieces) {
    floor = Math.max(floor, startSeconds);
    const last = groups.at(-1);
    if (last?.startSeconds === floor) {
      for (const word of words) last.words.push(word);
      last.endSeconds = Math.max(last.endSeconds, endSeconds);
    } else groups.push({ startSeconds: floor, endSeconds, words: [...words], confidence });
  }
  return groups;
}

/** Ends after they start, and at the latest where the next piece starts. */
function withEnds(pieces: readonly Piece[], language: string): Piece[] {
  return pieces.map((piece, index) => {
    const { startSeconds, words } = piece;
    const stated =
      piece.endSeconds > startSeconds
        ? piece.endSeconds
        : startSeconds + secondsPerSyllable * sumSyllables(words, language);
    return Object.assign({}, piece, {
      endSeconds: Math.min(stated, pieces[index + 1]?.startSeconds ?? Infinity),
    });
  });
}

/** Shares out the piece's time among its words by their syllables. */
function spread(piece: Piece, language: string): Word[] {
  const total = sumSyllables(piece.words, language);
  const length = piece.endSeconds - piece.startSeconds;
  let spoken = 0;
  const time = (): number => roundTo(piece.startSeconds + (length * spoken) / total);
  return piece.words.map((text) => {
    const startSeconds = time();
    spoken += countSyllables(text, language);
    const word = { text, startSeconds, endSeconds: time() };
    return piece.confidence === undefined ? word : { ...word, confidence: piece.confidence };
  });
}

/**
 * Words in order of time, none overlapping the next, times in milliseconds. Overlaps are cut, missing or
 * backward ends are estimated, unsorted pieces sorted. `timing` is `word` when at least 90 % of the words
 * have a time of their own. Linear but for the sort.
 */
export function timedWords(pieces: readonly Piece[], language: string): Pick<Transcript, 'words' | 'timing'> {
  const filled = pieces.filter((piece) => piece.words.length > 0);
  const ready = withEnds(joined(ordered(filled)), language);
  const words = ready.flatMap((piece) => spread(piece, language));
  const alone = ready.filter((piece) => piece.words.length === 1).length;
  return { words, timing: words.length > 0 && alone < words.length * aloneShare ? 'cue' : 'word' };
}
