// What does the dashboard of a stack show? The business first, then every watched resource with its thresholds.
import type { AlarmFacts, AlarmMetric } from './alarms/rule.ts';
import { alarmsOf, runbookOf, type Alarm, type AlarmedKind } from './alarms.ts';

/** One resource with its physical names. */
export interface WatchedResource {
  readonly kind: AlarmedKind;
  /** What people call it: `convert-video`. */
  readonly label: string;
  /** Exactly the dimensions of its kind. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly facts: AlarmFacts;
}

export interface DashboardContents {
  readonly title: string;
  readonly region: string;
  readonly watched: readonly WatchedResource[];
  /** ARNs of the stack's alarms; at most 100 of them are shown. */
  readonly alarmArns: readonly string[];
  readonly bucketNames: readonly string[];
  /** Bedrock model whose tokens are counted; `''` is none. */
  readonly modelId: string;
}

/** A metric or a formula, as CloudWatch writes it in a widget: names in a row, options last. */
type Series = readonly (string | Readonly<Record<string, unknown>>)[];

export interface Widget {
  readonly type: 'text' | 'alarm' | 'metric';
  /** 0 to 23; with `width` at most 24. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}
type Content = Pick<Widget, 'type' | 'properties'>;

const gridWidth = 24;
const alarmsShownAtMost = 100;
const dayInSeconds = 86_400;

/** The body of a CloudWatch dashboard: rows of widgets, every row as wide as the grid. */
export function dashboardOf(contents: DashboardContents): { readonly widgets: readonly Widget[] } {
  const { region, watched } = contents;
  const rows: readonly { readonly height: number; readonly row: readonly Content[] }[] = [
    { height: 3, row: overview(contents) },
    { height: 6, row: business(watched, region) },
    { height: 6, row: costDrivers(contents) },
    ...watched.map((resource) => ({
      height: 5,
      row: alarmsOf(resource.kind, resource.facts).map((alarm) => alarmWidget(resource, alarm, region)),
    })),
  ];
  const tops = rows.map((_, index) => rows.slice(0, index).reduce((sum, { height }) => sum + height, 0));
  return {
    widgets: rows.flatMap(({ height, row }, index) =>
      row.map((content, column) => ({
        type: content.type,
        x: (column * gridWidth) / row.length,
        y: tops[index] ?? 0,
        width: gridWidth / row.length,
        height,
        properties: content.properties,
      })),
    ),
  };
}

const overview = ({ title, alarmArns }: DashboardContents): readonly Content[] => [
  {
    type: 'text',
    properties: {
      markdown: `# ${title}\nWhat every alarm means and what to do stands in docs/operate.md. Below: the work, what it costs, then each resource; a line across a graph is where its alarm goes off.`,
    },
  },
  ...(alarmArns.length > 0
    ? [
        {
          type: 'alarm' as const,
          properties: { title: 'Alarms', alarms: alarmArns.slice(0, alarmsShownAtMost) },
        },
      ]
    : []),
];

interface Graph {
  readonly title: string;
  readonly region: string;
  readonly metrics: readonly Series[];
  readonly periodSeconds: number;
  readonly threshold?: { readonly label: string; readonly value: number };
  readonly stacked?: boolean;
}

const graph = ({ title, region, metrics, periodSeconds, threshold, stacked = false }: Graph): Content => ({
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

const series = (
  metric: AlarmMetric,
  dimensions: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>>,
): Series => [
  metric.namespace,
  metric.name,
  ...Object.entries({ ...dimensions, ...metric.dimensions }).flat(),
  { stat: metric.statistic, ...options },
];

const ofKinds = (watched: readonly WatchedResource[], ...kinds: readonly AlarmedKind[]) =>
  watched.filter(({ kind }) => kinds.includes(kind));

const endings = [
  ['started', 'ExecutionsStarted'],
  ['succeeded', 'ExecutionsSucceeded'],
  ['failed', 'ExecutionsFailed'],
  ['timed out', 'ExecutionsTimedOut'],
  ['aborted', 'ExecutionsAborted'],
] as const;

const business = (watched: readonly WatchedResource[], region: string): readonly Content[] => [
  graph({
    title: 'Executions by status',
    region,
    periodSeconds: 300,
    metrics: ofKinds(watched, 'state-machine').flatMap(({ label, dimensions }) =>
      endings.map(([ending, name]) =>
        series({ namespace: 'AWS/States', name, statistic: 'Sum' }, dimensions, {
          label: `${label}: ${ending}`,
        }),
      ),
    ),
  }),
  graph({
    title: 'Messages that wait',
    region,
    periodSeconds: 60,
    metrics: ofKinds(watched, 'queue', 'dead-letter-queue').map(({ label, dimensions }) =>
      series(
        { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', statistic: 'Maximum' },
        dimensions,
        { label },
      ),
    ),
  }),
];

/** What the bill is made of and CloudWatch knows; the speech of Amazon Transcribe shows in the bill only. */
const costDrivers = ({ watched, region, bucketNames, modelId }: DashboardContents): readonly Content[] => [
  graph({
    title: 'GB-seconds of the functions',
    region,
    periodSeconds: 3600,
    stacked: true,
    metrics: ofKinds(watched, 'function').flatMap(gigabyteSeconds),
  }),
  graph({
    title: 'Bytes stored',
    region,
    periodSeconds: dayInSeconds,
    metrics: bucketNames.map((bucket) => [
      'AWS/S3',
      'BucketSizeBytes',
      'BucketName',
      bucket,
      'StorageType',
      'StandardStorage',
      { stat: 'Average', label: bucket },
    ]),
  }),
  ...(modelId === ''
    ? []
    : [
        graph({
          title: 'Tokens of the language model',
          region,
          periodSeconds: 3600,
          metrics: ['InputTokenCount', 'OutputTokenCount'].map((name) => [
            'AWS/Bedrock',
            name,
            'ModelId',
            modelId,
            { stat: 'Sum' },
          ]),
        }),
      ]),
];

function gigabyteSeconds(
  { label, dimensions, facts: { memoryMiB } }: WatchedResource,
  index: number,
): readonly Series[] {
  if (memoryMiB === undefined) return [];
  const id = `duration${String(index)}`;
  return [
    series({ namespace: 'AWS/Lambda', name: 'Duration', statistic: 'Sum' }, dimensions, {
      id,
      visible: false,
    }),
    [{ id: `gbs${String(index)}`, label, expression: `${id} / 1000 * ${String(memoryMiB / 1024)}` }],
  ];
}

function alarmWidget({ kind, label, dimensions }: WatchedResource, alarm: Alarm, region: string): Content {
  const { measure, name, periodSeconds } = alarm.rule;
  const metrics =
    'formula' in measure
      ? [
          ...Object.entries(measure.metrics).map(([id, metric]) =>
            series(metric, dimensions, { id, visible: false }),
          ),
          [{ id: 'result', label: name, expression: measure.formula }],
        ]
      : [series(measure, dimensions, { label: name })];
  return graph({
    title: `${kind} ${label}: ${name}`,
    region,
    metrics,
    periodSeconds,
    threshold: { label: runbookOf(kind, alarm.rule), value: alarm.threshold },
  });
}
