// What does the dashboard of a stack show? The business first, then every watched resource with its thresholds.
import { alarmsOf, runbookOf, type Alarm } from './alarms.ts';
import { business, costDrivers, type CostSources, type Row, visitors } from './dashboard/sections.ts';
import {
  type Content,
  graph,
  regionOf,
  series,
  type WatchedResource,
  type Widget,
} from './dashboard/widget.ts';

export interface DashboardContents extends CostSources {
  readonly title: string;
  /** ARNs of the stack's alarms; at most 100 of them are shown. */
  readonly alarmArns: readonly string[];
}

const gridWidth = 24;
const alarmsShownAtMost = 100;

/** The body of a CloudWatch dashboard: rows of widgets, every row as wide as the grid. */
export function dashboardOf(contents: DashboardContents): { readonly widgets: readonly Widget[] } {
  const { region, watched } = contents;
  const rows: readonly Row[] = [
    { height: 3, row: overview(contents) },
    { height: 6, row: business(watched, region) },
    ...visitors(watched, region),
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
    region: regionOf(kind, region),
    metrics,
    periodSeconds,
    threshold: { label: runbookOf(kind, alarm.rule), value: alarm.threshold },
  });
}
