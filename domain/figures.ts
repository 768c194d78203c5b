// How is a figure built, found or missing?
import { InternalError } from './errors.ts';
import type { Evidence, Figure, Provenance } from './figure.ts';
import { formulas } from './formulas.ts';
import type { FormulaName } from './formulas.ts';
import { lengthSeconds, roundTo } from './span.ts';
import { standingOf } from './standing.ts';

const evidenceLimit = 100;

function roundPiece({ startSeconds, endSeconds, text }: Evidence): Evidence {
  const span = { startSeconds: roundTo(startSeconds), endSeconds: roundTo(endSeconds) };
  return text === undefined ? span : { ...span, text };
}

/** The longest pieces are the weightiest; among equals the earlier one stays. */
function weightiest(evidence: readonly Evidence[]): Evidence[] {
  return evidence
    .toSorted((a, b) => lengthSeconds(b) - lengthSeconds(a) || a.startSeconds - b.startSeconds)
    .slice(0, evidenceLimit)
    .toSorted((a, b) => a.startSeconds - b.startSeconds || a.endSeconds - b.endSeconds)
    .map(roundPiece);
}

/**
 * A figure whose value was found. Value and times are rounded to three digits, unit and standing come
 * from the formula, and the 100 longest pieces of evidence are kept in order of time.
 * @throws InternalError when the value is not a finite number: a report never carries NaN.
 */
export function knownFigure(
  name: FormulaName,
  value: number,
  provenance: Provenance,
  evidence: readonly Evidence[],
): Figure {
  if (!Number.isFinite(value)) throw new InternalError(`The figure ${name} came out as ${value}.`);
  const rounded = roundTo(value);
  return {
    value: rounded,
    unit: formulas[name].unit,
    formula: name,
    provenance,
    standing: standingOf(name, rounded),
    evidence: weightiest(evidence),
  };
}

/** A figure whose value could not be found, with the reason in words a user understands (A64). */
export const missingFigure = (name: FormulaName, provenance: Provenance, reason: string): Figure => ({
  value: null,
  unit: formulas[name].unit,
  formula: name,
  provenance,
  reason,
});
