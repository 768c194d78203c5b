// What is one widget of a dashboard, and how does CloudWatch want a graph written?
import type { AlarmFacts, AlarmMetric } from '../alarms/rule.ts';
import { alarmTable, type AlarmedKind } from '../alarms.ts';

/** One resource with its physical names. */
export interface WatchedResource {
  readonly kind: AlarmedKind;
  /** What people call it: `convert-video`. */
  readonly label: string;
  /** Exactly the dimensions of its kind. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly facts: AlarmFacts;
}

/** A metric or a formula, as CloudWatch writes it in a widget: names in a row, options last. */
export type Series = readonly (string | Readonly<Record<string, unknown>>)[];

export interface Widget {
  readonly type: 'text' | 'alarm' | 'metric';
  /** 0 to 23; with `width` at most 24. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}
/** A widget that has no place yet. */
export type Content = Pick<Widget, 'type' | 'properties'>;

export interface Graph {
  readonly title: string;
  readonly region: string;
  readonly metrics: readonly Series[];
  readonly periodSeconds: number;
  readonly threshold?: { readonly label: string; readonly value: number };
  readonly stacked?: boolean;
}

/** A graph over time; its axis begins at nothing. */
export const graph = ({
  title,
  region,
  metrics,
  periodSeconds,
  threshold,
  stacked = false,
}: Graph): Content => ({
  type: 'metric',
  properties: {
    title,
    region,
    metrics,
    view: 'timeSeries',
    stacked,
    period: periodSeconds,
    yAxis: { left: { min: 0 } },
    ...(threshold ? { annotations: { horizontal: [threshold] } } : {}),
  },
});

/** One line of a graph. */
export const series = (
  metric: AlarmMetric,
  dimensions: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>>,
): Series => [
  metric.namespace,
  metric.name,
  ...Object.entries({ ...dimensions, ...metric.dimensions }).flat(),
  { stat: metric.statistic, ...options },
];

export const ofKinds = (watched: readonly WatchedResource[], ...kinds: readonly AlarmedKind[]) =>
  watched.filter(({ kind }) => kinds.includes(kind));

/** Where the metrics of a kind are, which a dashboard of any region can show. */
export const regionOf = (kind: AlarmedKind, region: string): string => alarmTable[kind].region ?? region;
