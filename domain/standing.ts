// Where does a value lie against its formula's band?
import { formulas } from './formulas.ts';
import type { FormulaName } from './formulas.ts';

export type Standing = 'below' | 'within' | 'above';

/** The standing of a value against the band of its formula, both ends included; `null` where there is no band. */
export function standingOf(formula: FormulaName, value: number): Standing | null {
  const { band } = formulas[formula];
  if (!band) return null;
  if (band.from !== undefined && value < band.from) return 'below';
  if (band.to !== undefined && value > band.to) return 'above';
  return 'within';
}
