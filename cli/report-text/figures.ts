// How do the figures stand in the terminal? One line each: title, value, standing in words, range, moments.
import type { Evidence, Figure } from '../../domain/figure.ts';
import { formulaNames, formulas } from '../../domain/formulas.ts';
import type { Formula } from '../../domain/formulas.ts';
import type { Report } from '../../domain/report.ts';
import { formatBand, formatSpan, formatStanding, formatValue } from '../../report/format.ts';
import type { ReportLanguage } from '../../report/language.ts';
import type { Layout, Tone } from './layout.ts';
import { hang, padEnd, padStart, widthOf } from './layout.ts';

const indent = '  ';
const gap = '  ';
/** Moments shown for one figure; the page has all of them. */
const mostMoments = 6;
/** With fewer columns than this beside the value, range and moments go on a line of their own. */
const leastRoom = 24;

/** `0:05, 0:21 … 3 more` */
export function momentsLine(evidence: readonly Evidence[], language: ReportLanguage): string {
  const shown = evidence.slice(0, mostMoments).map(formatSpan);
  const hidden = evidence.length - shown.length;
  return hidden > 0 ? `${shown.join(', ')} … ${language.more(hidden)}` : shown.join(', ');
}

/** `Plant 0:00–0:42, Cup 0:05 … 3 more`: every thing once, where it was seen first. */
function thingsLine(evidence: readonly Evidence[], language: ReportLanguage): string {
  const first = new Map(evidence.toReversed().map((one) => [one.text ?? '', one]));
  const things = evidence.filter((one) => first.get(one.text ?? '') === one);
  const shown = things.slice(0, mostMoments).map((one) => `${one.text ?? ''} ${formatSpan(one)}`);
  const hidden = things.length - shown.length;
  return hidden > 0 ? `${shown.join(', ')} … ${language.more(hidden)}` : shown.join(', ');
}

const toneOf = (figure: Figure): Tone =>
  figure.value === null || figure.standing === null
    ? 'quiet'
    : figure.standing === 'within'
      ? 'good'
      : 'warn';

interface Row {
  readonly group: Formula['group'];
  readonly isKnown: boolean;
  readonly title: string;
  readonly number: string;
  readonly unit: string;
  readonly standing: string;
  readonly tone: Tone;
  /** The usual range and the moments, or why the value is not known. */
  readonly rest: string;
}

function rowOf(figure: Figure, language: ReportLanguage): Row {
  const formula: Formula = formulas[figure.formula];
  const { title, group } = formula;
  const standing = formatStanding(figure, language);
  const tone = toneOf(figure);
  if (figure.value === null) {
    return {
      group,
      isKnown: false,
      title,
      number: language.dash,
      unit: '',
      standing,
      tone,
      rest: figure.reason,
    };
  }
  const { number, unit } = formatValue(figure.value, figure.unit, language);
  const range = formula.band ? `${language.usual} ${formatBand(formula.band, formula.unit, language)}` : '';
  const moments = (figure.formula === 'objects' ? thingsLine : momentsLine)(figure.evidence, language);
  const rest = [range, moments].filter((part) => part !== '').join(' · ');
  return { group, isKnown: true, title, number, unit, standing, tone, rest };
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));

interface Table {
  readonly columns: Readonly<Record<'title' | 'number' | 'unit' | 'standing', number>>;
  readonly layout: Layout;
}

/** A dash and the reason in one go: an unknown figure has no standing and no range. */
function drawUnknown(row: Row, { columns, layout }: Table): string[] {
  const mark = `${indent}${padEnd(row.title, columns.title)}${gap}${padStart(row.number, columns.number)} `;
  if (layout.width - widthOf(mark) < leastRoom) {
    const below = hang(`${indent}${indent}`, row.rest, layout.width);
    return [mark.trimEnd(), ...below].map((line) => layout.paint('quiet', line));
  }
  return hang(mark, row.rest, layout.width).map((line) => layout.paint('quiet', line));
}

function drawKnown(row: Row, { columns, layout }: Table): string[] {
  const quiet = (line: string): string => layout.paint('quiet', line);
  const value = `${padStart(row.number, columns.number)} ${padEnd(row.unit, columns.unit)}`;
  const start = `${indent}${padEnd(row.title, columns.title)}${gap}${value}${gap}`;
  const head = start + layout.paint(row.tone, row.standing);
  if (row.rest === '') return [head];
  const headWidth = widthOf(start) + columns.standing + gap.length;
  if (layout.width - headWidth < leastRoom) {
    return [head, ...hang(`${indent}${indent}`, row.rest, layout.width).map(quiet)];
  }
  const [first = '', ...others] = hang(' '.repeat(headWidth), row.rest, layout.width);
  const space = ' '.repeat(columns.standing - widthOf(row.standing)) + gap;
  return [head + space + quiet(first.trimStart()), ...others.map(quiet)];
}

/** All figures in three groups, columns aligned over all of them; on a narrow terminal the rest goes below. */
export function figureLines(report: Report, layout: Layout, language: ReportLanguage): string[] {
  const rows = formulaNames.map((name) => rowOf(report.figures[name], language));
  const known = rows.filter((row) => row.isKnown);
  const columns = {
    title: widest(rows.map((row) => row.title)),
    number: widest(rows.map((row) => row.number)),
    unit: widest(known.map((row) => row.unit)),
    standing: widest(known.map((row) => row.standing)),
  };
  const table = { columns, layout };
  const groupLines = (group: Formula['group']): string[] =>
    rows
      .filter((row) => row.group === group)
      .flatMap((row) => (row.isKnown ? drawKnown : drawUnknown)(row, table));
  const title = (group: Formula['group']): string[] => ['', layout.paint('strong', language.groups[group])];
  return (['video', 'audio', 'text'] as const).flatMap((group) => title(group).concat(groupLines(group)));
}
