// Which words were said again at once?
import type { Transcript } from '../transcript.ts';
import type { MarkedText, Occurrence } from './marked-text.ts';
import { markedText } from './marked-text.ts';

// Doubled on purpose or by grammar ("I know that that works", "had had", "very very").
const doubles = new Set(
  'that had very really so no yes yeah many much long far more way too bye ha muito muita não sim bem nos'.split(
    ' ',
  ),
);

/** Repeats in marked text; see `findRepeats`. */
export function repeatsIn({ tokens, marks, wordIndexes }: MarkedText): Occurrence[] {
  const found: Occurrence[] = [];
  const same = (a: number, b: number): boolean => tokens[a] !== undefined && tokens[a] === tokens[b];
  const endsSentence = (position: number): boolean => marks[position] === '.';
  for (let at = 1; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    const index = wordIndexes[at] ?? 0;
    if (same(at, at - 1)) {
      // Digits are read out: "nine nine".
      if (!doubles.has(token) && !/^\d/.test(token) && !endsSentence(at - 1))
        found.push({ firstIndex: index, lastIndex: index });
    } else if (same(at, at - 2) && same(at + 1, at - 1) && !endsSentence(at - 1) && !endsSentence(at - 2)) {
      found.push({ firstIndex: index, lastIndex: wordIndexes[at + 1] ?? index });
      at++;
    }
  }
  return found;
}

/**
 * Every word or pair of words said again at once, by the indexes of the second saying ("the **the**",
 * "I was **I was**"). The end of a sentence in between makes it none. The same rule for every language.
 */
export const findRepeats = (transcript: Transcript): Occurrence[] => repeatsIn(markedText(transcript.words));
