// From where to where do the scales of a report reach: that of time, and that of a value beside its usual range?
import type { Band } from '../domain/formulas.ts';

const tickSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800];
const mostTicks = 9;

/** Times of the axis labels: round steps, at most nine, none so near the end that labels would touch. */
export function ticksOf(lengthSeconds: number): number[] {
  const step = tickSteps.find((candidate) => lengthSeconds / candidate <= mostTicks) ?? 3600;
  const ticks: number[] = [];
  for (let at = 0; at <= lengthSeconds - step * 0.4 || at === 0; at += step) ticks.push(at);
  return ticks;
}

interface Axis {
  readonly low: number;
  readonly high: number;
}

/** Units whose scale a reader knows as a whole. */
const wholeScales: Readonly<Record<string, Axis>> = {
  ratio: { low: 0, high: 1 },
  LUFS: { low: -45, high: -5 },
  dBFS: { low: -24, high: 0 },
};

/** From which to which value the bar reaches: the unit’s own scale, or the band with room on both sides; always with the value. */
export function axisOf(value: number, band: Band, unit: string): Axis {
  const usual = wholeScales[unit];
  if (usual) return { low: Math.min(usual.low, value), high: Math.max(usual.high, value) };
  const { from, to } = band;
  const breadth = from !== undefined && to !== undefined ? to - from : Math.abs(to ?? from ?? 0) || 4;
  const low = Math.min((from ?? to ?? 0) - breadth, value);
  const high = Math.max((to ?? from ?? 0) + breadth, value);
  return { low: Math.max(0, low), high };
}

/** Fractions of the bar’s length, 0 to 1. */
export interface RangeBar {
  readonly bandStart: number;
  /** Never so small that the band could not be seen. */
  readonly bandLength: number;
  readonly value: number;
}

const leastBand = 0.02;

/** Where the band and the value lie on the bar. */
export function rangeBarOf(value: number, band: Band, unit: string): RangeBar {
  const { low, high } = axisOf(value, band, unit);
  const breadth = high - low;
  const from = Math.max(low, band.from ?? low);
  const to = Math.min(high, band.to ?? high);
  return {
    bandStart: (from - low) / breadth,
    bandLength: Math.max((to - from) / breadth, leastBand),
    value: (value - low) / breadth,
  };
}

/** A part of the whole as a percentage, between 0 % and 100 %. */
export const percent = (part: number, whole = 1): string =>
  `${Math.round(Math.min(1, Math.max(0, whole > 0 ? part / whole : 0)) * 100_000) / 1000}%`;
