// How does a value lie against its usual range, as a small picture? The same is said beside it in words.
import type { Band } from '../../../../domain/formulas.ts';
import { percent, rangeBarOf } from '../../../../report/axis.ts';

interface RangeBarProps {
  readonly value: number;
  readonly band: Band;
  readonly unit: string;
}

export function RangeBar({ value, band, unit }: RangeBarProps) {
  const bar = rangeBarOf(value, band, unit);
  return (
    <svg className="range" width="100%" height="14" aria-hidden="true">
      <rect className="range-track" x="0" y="4" width="100%" height="6" rx="3" />
      <rect
        className="range-band"
        x={percent(bar.bandStart)}
        y="4"
        width={percent(bar.bandLength)}
        height="6"
        rx="3"
      />
      <svg x={percent(bar.value)} y="7" overflow="visible">
        <circle className="range-value" r="6" />
      </svg>
    </svg>
  );
}
