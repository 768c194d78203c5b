// Where do the sentences end?
import type { MarkedText, Occurrence } from './marked-text.ts';

export interface Sentence extends Occurrence {
  readonly wordCount: number;
}

// Recognisers without punctuation still put a full stop at the end of the file.
const mostWordsPerSentence = 100;

/** The sentences of a punctuated transcript; a last one without its mark counts. Or why there are none. */
export function sentencesIn(
  marked: MarkedText,
): { readonly found: readonly Sentence[] } | { readonly reason: string } {
  const found: Sentence[] = [];
  let first = 0;
  for (const [position, mark] of marked.marks.entries()) {
    if (mark !== '.' && position < marked.marks.length - 1) continue;
    found.push({
      firstIndex: marked.wordIndexes[first] ?? 0,
      lastIndex: marked.wordIndexes[position] ?? 0,
      wordCount: position - first + 1,
    });
    first = position + 1;
  }
  const marks = marked.marks.filter((mark) => mark === '.').length;
  if (marks === 0) return { reason: 'the transcript has no punctuation that ends sentences' };
  return marked.marks.length / found.length > mostWordsPerSentence
    ? { reason: 'the transcript has too little punctuation to tell its sentences apart' }
    : { found };
}
