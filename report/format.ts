// How are times, values, ranges and origins of a report written for people?
import type { Figure, Provenance } from '../domain/figure.ts';
import type { Band } from '../domain/formulas.ts';
import type { Span } from '../domain/span.ts';
import { lengthSeconds } from '../domain/span.ts';
import { unitOf } from './catalogue.ts';
import type { ReportLanguage } from './language.ts';

const lookUp = (words: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `m:ss`, or `h:mm:ss` from an hour on; the second that is running, not the nearest. */
export function clock(seconds: number): string {
  const whole = Math.floor(Math.max(0, seconds) + 1e-6);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${twoDigits(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(whole % 60)}`;
}

/** A stretch shorter than this is one moment for a reader. */
const momentSeconds = 3;

/** `0:05` for a moment, `0:12–0:17` for a stretch of 3 s and more. */
export function formatSpan(span: Span): string {
  const start = clock(span.startSeconds);
  return lengthSeconds(span) < momentSeconds ? start : `${start}–${clock(span.endSeconds)}`;
}

/** Grouped by thousands, at most one decimal, with a true minus sign. */
export const formatNumber = (value: number, language: ReportLanguage): string =>
  new Intl.NumberFormat(language.tag, { maximumFractionDigits: 1, signDisplay: 'negative' })
    .format(value)
    .replace('-', '−');

/** A value and its unit apart, so that they can be set in different sizes; a `ratio` becomes per cent. */
export function formatValue(
  value: number,
  unit: string,
  language: ReportLanguage,
): { number: string; unit: string } {
  if (unit === 'ratio') return { number: formatNumber(value * 100, language), unit: '%' };
  const unitOfOne = value === 1 ? lookUp(language.unitOfOne, unit) : undefined;
  return { number: formatNumber(value, language), unit: unitOfOne ?? unitOf(unit, language) };
}

/** `130–160`, `at least 90 %`, `none`; without the unit unless it is per cent. */
export function formatBand(band: Band, unit: string, language: ReportLanguage): string {
  const show = (value: number): string => {
    const parts = formatValue(value, unit, language);
    return parts.unit === '%' ? `${parts.number} %` : parts.number;
  };
  const { from, to } = band;
  if (from !== undefined && to !== undefined) {
    return from < 0 ? `${show(from)} … ${show(to)}` : `${show(from)}–${show(to)}`;
  }
  if (from !== undefined) return language.atLeast(show(from));
  if (to === 0) return language.none;
  return to === undefined ? language.noBand : language.atMost(show(to));
}

/** Who or what a figure rests on, in words. */
export function formatProvenance(provenance: Provenance, language: ReportLanguage): string {
  return lookUp(language.provenance, provenance) ?? language.model(provenance.replace(/^model:/, ''));
}

/** The standing in one or two words; for a missing figure that it is not known. */
export function formatStanding(figure: Figure, language: ReportLanguage): string {
  if (figure.value === null) return language.unknown;
  return figure.standing === null ? language.noBand : language.standing[figure.standing];
}

/** A reason from elsewhere as a sentence: a capital at its start and a full stop at its end. */
export function asSentence(reason: string): string {
  const text = reason.trim();
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length) + (/[.!?…]$/u.test(text) || text === '' ? '' : '.');
}

/** Who wrote a transcript, in words; a source that is not known stands as it is. */
export const formatSource = (source: string, language: ReportLanguage): string =>
  lookUp(language.sources, source) ?? source;

/** The day and the minute in UTC, in the words of the language. */
export const formatDate = (isoTime: string, language: ReportLanguage): string =>
  `${new Intl.DateTimeFormat(language.tag, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC', hourCycle: 'h23' }).format(new Date(isoTime))} UTC`;

/** Who made an assessment, said so that nobody takes rules or a model for a person. */
export function originOf(provenance: Provenance, language: ReportLanguage): string {
  if (provenance === 'local-rules') return language.byRules;
  if (provenance.startsWith('model:')) return language.byModel(provenance.slice('model:'.length));
  return language.byOther(formatProvenance(provenance, language));
}
