// How does a value lie against its usual range, as a small picture?
import type { Band } from '../../domain/formulas.ts';
import { markup, percent } from './markup.ts';
import type { Markup } from './markup.ts';

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

/** An SVG whose meaning also stands beside it in words; hidden from screen readers for that reason. */
export function rangeBar(value: number, band: Band, unit: string): Markup {
  const { low, high } = axisOf(value, band, unit);
  const breadth = high - low;
  const from = Math.max(low, band.from ?? low);
  const to = Math.min(high, band.to ?? high);
  return markup`<svg class="range" width="100%" height="14" aria-hidden="true" focusable="false">
<rect class="range-track" x="0" y="4" width="100%" height="6" rx="3"/>
<rect class="range-band" x="${percent(from - low, breadth)}" y="4" width="${percent(Math.max(to - from, breadth * 0.02), breadth)}" height="6" rx="3"/>
<svg x="${percent(value - low, breadth)}" y="7" overflow="visible"><circle class="range-value" r="6"/></svg>
</svg>`;
}
