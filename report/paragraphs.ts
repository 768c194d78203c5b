// How is a transcript read: in paragraphs, with the words marked that a figure points at?
import type { Evidence, Figure } from '../domain/figure.ts';
import type { Report } from '../domain/report.ts';
import { fillersIn } from '../domain/text-metrics/fillers.ts';
import { hedgesIn } from '../domain/text-metrics/hedges.ts';
import { listedLanguage, type ListedLanguage } from '../domain/text-metrics/languages.ts';
import { markedText, type MarkedText, type Occurrence } from '../domain/text-metrics/marked-text.ts';
import { repeatsIn } from '../domain/text-metrics/repeats.ts';
import type { Transcript, Word } from '../domain/transcript.ts';
import { wordKinds, type WordKind } from './marks.ts';

/** A silence this long starts a new paragraph. */
const paragraphPauseSeconds = 1.5;
/** After this many words the next end of a sentence starts a new paragraph. */
const longParagraphWords = 40;

/** Words grouped for reading: at pauses, and at ends of sentences once a paragraph is long. */
export function paragraphsOf<W extends Word>(words: readonly W[]): W[][] {
  const paragraphs: W[][] = [];
  for (const word of words) {
    const current = paragraphs.at(-1);
    const last = current?.at(-1);
    const startsNew =
      !current ||
      !last ||
      word.startSeconds - last.endSeconds >= paragraphPauseSeconds ||
      (current.length >= longParagraphWords && /[.?!]["”’']?$/.test(last.text));
    if (startsNew) paragraphs.push([word]);
    else current.push(word);
  }
  return paragraphs;
}

const middleOf = (word: Word): number => (word.startSeconds + word.endSeconds) / 2;

export interface MarkedWord extends Word {
  /** Index into the transcript’s words. */
  readonly index: number;
  /** The first kind of `wordKinds` that the word belongs to. */
  readonly kind: WordKind | null;
}

/** A figure keeps no more than this; a longer list was cut. */
const mostEvidence = 100;

const finders: {
  readonly [Kind in WordKind]: (
    marked: MarkedText,
    language: ListedLanguage,
    words: readonly Word[],
  ) => Occurrence[];
} = {
  filler: (marked, language, words) => fillersIn(marked, language, [...words]),
  hedge: (marked, language) => hedgesIn(marked, language),
  repeat: (marked) => repeatsIn(marked),
};

function indexesIn(evidence: readonly Evidence[], words: readonly Word[]): Set<number> {
  const isInside = (word: Word): boolean => {
    const middle = middleOf(word);
    return evidence.some((one) => one.startSeconds <= middle && middle <= one.endSeconds);
  };
  return new Set(words.flatMap((word, index) => (isInside(word) ? [index] : [])));
}

/** Words that the figure points at; where its list was cut, all that the same rules find. */
function indexesOf(kind: WordKind, figure: Figure, { language: tag, words }: Transcript): Set<number> {
  if (figure.value === null) return new Set();
  const language = listedLanguage(tag);
  if (figure.evidence.length < mostEvidence || !language) return indexesIn(figure.evidence, words);
  const found = finders[kind](markedText(words), language, words);
  return new Set(
    found.flatMap(({ firstIndex, lastIndex }) =>
      Array.from({ length: lastIndex - firstIndex + 1 }, (_, offset) => firstIndex + offset),
    ),
  );
}

/** Each word with what a figure says of it; also those that did not fit among a figure’s moments. */
export function markWords(transcript: Transcript, figures: Report['figures']): MarkedWord[] {
  const marked = wordKinds.map(({ kind, figure }) => ({
    kind,
    indexes: indexesOf(kind, figures[figure], transcript),
  }));
  return transcript.words.map((word, index) => ({
    ...word,
    index,
    kind: marked.find(({ indexes }) => indexes.has(index))?.kind ?? null,
  }));
}
