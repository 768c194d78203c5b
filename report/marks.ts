// What is marked on the time line and in the transcript?
import type { Evidence } from '../domain/figure.ts';
import type { FormulaName } from '../domain/formulas.ts';
import { lengthSeconds, type Span } from '../domain/span.ts';
import { clock, formatNumber } from './format.ts';
import type { ReportLanguage } from './language.ts';

export type MarkKind =
  'face' | 'noFace' | 'away' | 'badLight' | 'dark' | 'frozen' | 'silence' | 'longPause' | 'chosen' | WordKind;

/** What a word of the transcript may be marked as. */
export type WordKind = 'filler' | 'hedge' | 'repeat';

export interface Mark extends Span {
  readonly kind: MarkKind;
  /** What a pointer or a screen reader says about it. */
  readonly label: string;
}

/** The figure whose evidence marks each kind of word, on the time line and in the transcript. */
export const wordKinds = [
  { id: 'fillers', kind: 'filler', figure: 'fillersPer100Words' },
  { id: 'hedges', kind: 'hedge', figure: 'hedgesPer100Words' },
  { id: 'repeats', kind: 'repeat', figure: 'repeats' },
] as const satisfies readonly { id: string; kind: WordKind; figure: FormulaName }[];

/** Whether a mark is drawn as a sign at its middle and not over its length: words are too short to be seen. */
export const isWordKind = (kind: MarkKind): kind is WordKind => wordKinds.some((one) => one.kind === kind);

/** Marks are told apart by form as well as by colour: what is absent or usual is a low bar. */
const lowKinds: ReadonlySet<MarkKind> = new Set(['noFace', 'badLight', 'silence']);
export const isLow = ({ kind }: Mark): boolean => lowKinds.has(kind);

/** A stretch or a moment with the words that a pointer or a screen reader says. */
export const toMark = (span: Evidence, kind: MarkKind, language: ReportLanguage): Mark => {
  const words = span.text === undefined ? '' : ` “${span.text}”`;
  const seconds = formatNumber(lengthSeconds(span), language);
  const { startSeconds, endSeconds } = span;
  return {
    startSeconds,
    endSeconds,
    kind,
    label: `${language.marks[kind]}${words} ${clock(startSeconds)} · ${seconds} s`,
  };
};
