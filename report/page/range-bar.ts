// How is a range bar drawn?
import type { Band } from '../../domain/formulas.ts';
import { percent, rangeBarOf } from '../axis.ts';
import { markup } from './markup.ts';
import type { Markup } from './markup.ts';

/** An SVG whose meaning also stands beside it in words; hidden from screen readers for that reason. */
export function rangeBar(value: number, band: Band, unit: string): Markup {
  const bar = rangeBarOf(value, band, unit);
  return markup`<svg class="range" width="100%" height="14" aria-hidden="true" focusable="false">
<rect class="range-track" x="0" y="4" width="100%" height="6" rx="3"/>
<rect class="range-band" x="${percent(bar.bandStart)}" y="4" width="${percent(bar.bandLength)}" height="6" rx="3"/>
<svg x="${percent(bar.value)}" y="7" overflow="visible"><circle class="range-value" r="6"/></svg>
</svg>`;
}
