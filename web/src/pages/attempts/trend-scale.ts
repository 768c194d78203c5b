// From which to which value does a trend's scale reach, and where are its lines?
import type { Band } from '../../../../domain/formulas.ts';
import { roundTo } from '../../../../domain/span.ts';
import type { TrendPoint } from './trend.ts';

export interface TrendScale {
  readonly low: number;
  readonly high: number;
  /** Round values from `low` to `high`. */
  readonly ticks: readonly number[];
}

/** Lines at most, the first and the last included. */
const mostTicks = 6;
const roundSteps = [1, 2, 2.5, 5, 10];

/** The smallest round step with which the breadth has few enough lines. */
function stepOf(breadth: number): number {
  const rough = breadth / (mostTicks - 2) || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * (roundSteps.find((step) => step * power >= rough) ?? 10);
}

/** Holds every value and the ends of the band; not below 0 when nothing is, and not beyond a whole. */
export function trendScale(
  points: readonly TrendPoint[],
  { band, whole }: { readonly band: Band | null; readonly whole: number | null },
): TrendScale {
  const ends = [band?.from, band?.to].filter((end) => end !== undefined);
  const values = [...points.map(({ value }) => value), ...ends];
  const least = Math.min(...values);
  const most = Math.max(...values);
  const step = stepOf(whole ?? (most > least ? most - least : Math.abs(most)));
  const low = whole === null ? Math.floor(least / step) * step : 0;
  const high = whole ?? Math.max(Math.ceil(most / step) * step, low + step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, index) => roundTo(low + index * step, 6));
  return { low: roundTo(low, 6), high: roundTo(high, 6), ticks };
}
