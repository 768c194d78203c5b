// What does a dashboard show before the single resources? The work, the people, and what costs.
import {
  type Content,
  graph,
  ofKinds,
  regionOf,
  series,
  type Series,
  type WatchedResource,
} from './widget.ts';

/** One row of a dashboard. */
export interface Row {
  readonly height: number;
  readonly row: readonly Content[];
}

export interface CostSources {
  readonly region: string;
  readonly watched: readonly WatchedResource[];
  readonly bucketNames: readonly string[];
  /** Bedrock model whose tokens are counted; `''` is none. */
  readonly modelId: string;
}

const dayInSeconds = 86_400;

const endings = [
  ['started', 'ExecutionsStarted'],
  ['succeeded', 'ExecutionsSucceeded'],
  ['failed', 'ExecutionsFailed'],
  ['timed out', 'ExecutionsTimedOut'],
  ['aborted', 'ExecutionsAborted'],
] as const;

/** How the work goes. */
export const business = (watched: readonly WatchedResource[], region: string): readonly Content[] => [
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

const answered = [
  ['requests', 'Requests', 'Sum'],
  ['4xx, %', '4xxErrorRate', 'Average'],
  ['5xx, %', '5xxErrorRate', 'Average'],
] as const;
const signedIn = [
  ['signed in', 'SignInSuccesses'],
  ['signed up', 'SignUpSuccesses'],
  ['sessions renewed', 'TokenRefreshSuccesses'],
] as const;

/** Who comes to the site, and who signs in; nothing where there is no site. */
export function visitors(watched: readonly WatchedResource[], region: string): readonly Row[] {
  const sites = ofKinds(watched, 'distribution');
  if (sites.length === 0) return [];
  const ofSites = graph({
    title: 'Requests to the site',
    region: regionOf('distribution', region),
    periodSeconds: 300,
    metrics: sites.flatMap(({ label, dimensions }) =>
      answered.map(([what, name, statistic]) =>
        series({ namespace: 'AWS/CloudFront', name, statistic }, dimensions, { label: `${label}: ${what}` }),
      ),
    ),
  });
  const ofUsers = graph({
    title: 'Users',
    region,
    periodSeconds: 3600,
    metrics: ofKinds(watched, 'user-pool').flatMap(({ dimensions }) =>
      signedIn.map(([label, name]) =>
        series({ namespace: 'AWS/Cognito', name, statistic: 'Sum' }, dimensions, { label }),
      ),
    ),
  });
  return [{ height: 6, row: [ofSites, ofUsers] }];
}

/** What the bill is made of and CloudWatch knows; the speech of Amazon Transcribe shows in the bill only. */
export const costDrivers = ({ watched, region, bucketNames, modelId }: CostSources): readonly Content[] => [
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
