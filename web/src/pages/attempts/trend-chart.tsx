// How is a trend drawn? Loaded only where there is one; the table beside it says the same.
import { useTranslation } from 'react-i18next';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Band } from '../../../../domain/formulas.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { trendScale } from './trend-scale.ts';
import type { TrendPoint } from './trend.ts';

interface TrendChartProps {
  readonly points: readonly TrendPoint[];
  readonly band: Band | null;
  /** The largest value that there can be; `null` when there is none. */
  readonly whole: number | null;
  readonly format: (value: number) => string;
  readonly label: string;
}

export default function TrendChart({ points, band, whole, format, label }: TrendChartProps) {
  const { i18n } = useTranslation();
  const formats = useFormats();
  const days = new Set(points.map(({ time }) => new Date(time).toDateString()));
  // On one day the hour tells the attempts apart.
  const tick = new Intl.DateTimeFormat(
    i18n.language,
    days.size > 1 ? { day: 'numeric', month: 'short' } : { hour: 'numeric', minute: '2-digit' },
  );
  const { low, high, ticks } = trendScale(points, { band, whole });
  return (
    <ResponsiveContainer width="100%" height={220}>
      <LineChart
        data={points.map((point, index) => ({ ...point, attempt: index + 1 }))}
        margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke="var(--line)" vertical={false} />
        {band ? (
          <ReferenceArea
            y1={Math.max(low, band.from ?? low)}
            y2={Math.min(high, band.to ?? high)}
            fill="var(--good-soft)"
            fillOpacity={0.8}
          />
        ) : null}
        <XAxis
          dataKey="attempt"
          tickFormatter={(attempt: number) => tick.format(points[attempt - 1]?.time ?? 0)}
          stroke="var(--muted)"
          fontSize={12}
          tickLine={false}
          padding={{ left: 16, right: 16 }}
        />
        <YAxis
          domain={[low, high]}
          ticks={[...ticks]}
          interval={0}
          tickFormatter={format}
          stroke="var(--muted)"
          fontSize={12}
          width="auto"
          tickLine={false}
          axisLine={false}
        />
        <Tooltip
          formatter={(value) => [format(Number(value)), label]}
          labelFormatter={(attempt) => formats.dateTime(points[Number(attempt) - 1]?.at ?? '')}
          contentStyle={{ background: 'var(--raised)', border: '1px solid var(--line)', borderRadius: 9 }}
        />
        <Line
          dataKey="value"
          stroke="var(--accent)"
          strokeWidth={2.5}
          dot={{ r: 4, fill: 'var(--surface)', strokeWidth: 2.5 }}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
