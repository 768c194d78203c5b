// Where in a transcript do quoted words stand?
import type { Evidence } from '../../domain/figure.ts';
import { plainText, type Transcript, type Word } from '../../domain/transcript.ts';

/** Letters, digits and signs inside a word; case, outer punctuation and the kind of apostrophe do not matter. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[’‘ʼ]/g, "'")
    .split(/\s+/)
    .map((part) => part.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .join('');

/** A transcript made ready to be searched: its bare letters in one row, and where each word starts in it. */
interface SearchableWords {
  readonly letters: string;
  readonly words: readonly Word[];
  readonly starts: ReadonlyMap<number, number>;
  readonly ends: ReadonlyMap<number, number>;
}

function searchable(words: readonly Word[]): SearchableWords {
  let letters = '';
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  for (const [index, word] of words.entries()) {
    const text = bare(word.text);
    if (text === '') continue;
    starts.set(letters.length, index);
    letters += text;
    ends.set(letters.length, index);
  }
  return { letters, words, starts, ends };
}

function evidenceOf(words: readonly Word[]): Evidence[] {
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return [];
  return [{ startSeconds: first.startSeconds, endSeconds: last.endSeconds, text: plainText(words) }];
}

/**
 * Finds quotes in a transcript, in order of time. A quote counts where whole words of the transcript stand one after
 * the other as it says; languages written without spaces work too. The evidence carries the transcript's own words, so
 * nothing that was not said can pass. A quote without letters stands nowhere.
 */
export function quoteFinder({ words }: Transcript): (quote: string) => Evidence[] {
  const { letters, starts, ends } = searchable(words);
  return (quote) => {
    const wanted = bare(quote);
    const found: Evidence[] = [];
    if (wanted === '') return found;
    for (let at = letters.indexOf(wanted); at >= 0; at = letters.indexOf(wanted, at + 1)) {
      const first = starts.get(at);
      const last = ends.get(at + wanted.length);
      if (first !== undefined && last !== undefined) found.push(...evidenceOf(words.slice(first, last + 1)));
    }
    return found;
  };
}
