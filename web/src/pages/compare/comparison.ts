// How do the figures of two attempts differ, and which of them is nearer to what is usual?
import type { Figure } from '../../../../domain/figure.ts';
import {
  formulaNames,
  formulas,
  type Band,
  type Formula,
  type FormulaName,
} from '../../../../domain/formulas.ts';
import type { Report } from '../../../../domain/report.ts';
import { roundTo } from '../../../../domain/span.ts';

export type Side = 'left' | 'right';

export interface ComparedFigure {
  readonly name: FormulaName;
  readonly group: Formula['group'];
  readonly left: Figure;
  readonly right: Figure;
  /** Right minus left; `null` when one of them is not known. */
  readonly difference: number | null;
  /** The side that is nearer to the usual range; `same` when both are in it or equally far; `null` without a range. */
  readonly better: Side | 'same' | null;
}

/** How far a value lies outside the band; 0 within. */
export function distanceFrom(band: Band, value: number): number {
  if (band.from !== undefined && value < band.from) return band.from - value;
  if (band.to !== undefined && value > band.to) return value - band.to;
  return 0;
}

function betterOf(band: Band | null, left: Figure, right: Figure): ComparedFigure['better'] {
  if (!band || left.value === null || right.value === null) return null;
  const apart = roundTo(distanceFrom(band, left.value) - distanceFrom(band, right.value));
  return apart === 0 ? 'same' : apart > 0 ? 'right' : 'left';
}

/** Every figure of the catalogue, in its order. */
export const compareFigures = (left: Report, right: Report): ComparedFigure[] =>
  formulaNames.map((name) => {
    const [one, other] = [left.figures[name], right.figures[name]];
    const isKnown = one.value !== null && other.value !== null;
    return {
      name,
      group: formulas[name].group,
      left: one,
      right: other,
      difference: isKnown ? roundTo((other.value ?? 0) - (one.value ?? 0)) : null,
      better: betterOf(formulas[name].band, one, other),
    };
  });
