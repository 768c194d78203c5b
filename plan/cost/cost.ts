// What does a stack cost, idle and per minute of video?
import type { Resource } from '../../policy/resource.ts';
import type { PlannedStack } from '../plan-stack.ts';
import { assume, type CostLine, line, ofType } from './line.ts';
import { visitLines } from './visit.ts';

export interface CostModel {
  /** USD a month that the planned resources cost without any use. */
  readonly monthly: readonly CostLine[];
  /** USD for one minute of video from upload to report, its storage until it expires included. */
  readonly perMinute: readonly CostLine[];
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null;

/** Metrics that an alarm watches; an expression is none. */
function watchedMetrics({ inputs }: Resource): number {
  const queries = inputs['metricQueries'];
  if (!Array.isArray(queries)) return 1;
  return queries.filter((query) => isObject(query) && query['metric'] !== undefined).length;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function monthlyLines(planned: PlannedStack): readonly CostLine[] {
  const metrics = sum(ofType(planned, 'aws:cloudwatch/metricAlarm:MetricAlarm').map(watchedMetrics));
  const count = (type: string): number => ofType(planned, type).length;
  return [
    line('encryption keys', count('aws:kms/key:Key'), 'kmsKeyMonth'),
    line('metrics watched by alarms', metrics, 'alarmMonth'),
    line('dashboards', count('aws:cloudwatch/dashboard:Dashboard'), 'dashboardMonth'),
    line('images', count('aws:ecr/repository:Repository') === 0 ? 0 : assume('imagesGb'), 'imageGbMonth'),
    line(
      'polling of empty queues',
      count('aws:lambda/eventSourceMapping:EventSourceMapping') * assume('idlePolls'),
      'queueRequest',
    ),
    line('logs of an idle stack', assume('baseLogsGb'), 'logsGb'),
  ].filter(({ quantity }) => quantity > 0);
}

interface Room {
  readonly gib: number;
  readonly vcpus: number;
  /** GiB of /tmp that are paid for. */
  readonly storageGib: number;
  readonly price: 'lambdaArmGbSecond' | 'lambdaX86GbSecond';
}

function roomOf({ inputs }: Resource): Room {
  const memory = typeof inputs['memorySize'] === 'number' ? inputs['memorySize'] : 128;
  const storage = isObject(inputs['ephemeralStorage']) ? Number(inputs['ephemeralStorage']['size']) : 512;
  const architectures = inputs['architectures'];
  const isArm = Array.isArray(architectures) && architectures.includes('arm64');
  return {
    gib: memory / 1024,
    vcpus: memory / assume('vcpuMiB'),
    storageGib: Math.max(0, storage - 512) / 1024,
    price: isArm ? 'lambdaArmGbSecond' : 'lambdaX86GbSecond',
  };
}

/** Functions that answer a page; their calls are short. */
const answering = new Set(['create-upload', 'read-records', 'keep-preferences']);

/** Seconds of one call for a recording of the assumed length. */
function secondsOf(stage: string, { vcpus }: Room): number {
  if (answering.has(stage)) return assume('answerSeconds');
  const cpuSeconds =
    stage === 'convert-video'
      ? assume('convertCpuSeconds')
      : stage === 'probe-recording'
        ? assume('probeCpuSeconds')
        : 0;
  if (cpuSeconds === 0) return assume('stageSeconds');
  return assume('startSeconds') + (cpuSeconds * assume('recordingMinutes')) / (vcpus * assume('busyShare'));
}

/** Calls of each stage for one recording without failures; a function that is not here is not on the way. */
const callsPerRecording: { readonly [stage: string]: number } = {
  'start-analysis': 1,
  'probe-recording': 1,
  'convert-video': 1,
  'start-transcription': 1,
  'read-transcription': assume('transcriptReads'),
  'measure-text': 1,
  'finalize-record': 1,
  'create-upload': 1,
  'keep-preferences': 2,
  'read-records': assume('apiCalls') - 3,
};

function functionLines(resource: Resource): readonly CostLine[] {
  const stage = Object.keys(callsPerRecording).find((name) => resource.name.endsWith(name));
  const calls = stage === undefined ? 0 : (callsPerRecording[stage] ?? 0);
  if (stage === undefined || calls === 0) return [];
  const room = roomOf(resource);
  const seconds = calls * secondsOf(stage, room);
  return [
    line(stage, seconds * room.gib, room.price),
    line(`${stage}: calls`, calls, 'lambdaRequest'),
    line(`${stage}: /tmp`, seconds * room.storageGib, 'lambdaStorageGbSecond'),
  ];
}

/** Days after which objects under a prefix expire; a year if they never do. */
function expiryDays(planned: PlannedStack, prefix: string): number {
  const rules = ofType(planned, 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration').flatMap(
    ({ inputs }) => (Array.isArray(inputs['rules']) ? (inputs['rules'] as readonly unknown[]) : []),
  );
  for (const rule of rules) {
    if (!isObject(rule) || !isObject(rule['filter']) || rule['filter']['prefix'] !== prefix) continue;
    const days = isObject(rule['expiration']) ? rule['expiration']['days'] : undefined;
    if (typeof days === 'number') return days;
  }
  return 365;
}

const labelsPictures = (planned: PlannedStack): boolean =>
  ofType(planned, 'aws:lambda/function:Function').some(({ inputs }) =>
    JSON.stringify(inputs['environment'] ?? '').includes('"PICTURE_LABELS":"rekognition"'),
  );

function recordingLines(planned: PlannedStack): readonly CostLine[] {
  const minutes = assume('recordingMinutes');
  const months = (prefix: string): number => expiryDays(planned, prefix) / 30;
  const pictures = labelsPictures(planned) ? Math.min(60, (minutes * 60) / assume('secondsPerPicture')) : 0;
  const transitions = assume('fixedTransitions') + assume('transitionsPerRead') * assume('transcriptReads');
  return [
    ...ofType(planned, 'aws:lambda/function:Function').flatMap(functionLines),
    line('Step Functions', transitions, 'stateTransition'),
    line('Transcribe', minutes, 'transcribedMinute'),
    line('Rekognition', pictures, 'labelledPicture'),
    line('upload until it expires', minutes * assume('uploadGb') * months('uploads/'), 'objectGbMonth'),
    line('results until they expire', minutes * assume('derivedGb') * months('analyses/'), 'objectGbMonth'),
    line('S3 writes', assume('objectWrites'), 'objectWrite'),
    line('S3 reads', assume('objectReads'), 'objectRead'),
    line('DynamoDB writes', assume('tableWrites'), 'tableWrite'),
    line('DynamoDB reads', assume('tableReads'), 'tableRead'),
    line('SQS', assume('queueRequests'), 'queueRequest'),
    line('logs', assume('logGb'), 'logsGb'),
    ...visitLines(planned),
  ];
}

/** The model's answer for the planned resources; Bedrock is not in it, because its price is the chosen model's. */
export function costOf(planned: PlannedStack): CostModel {
  const minutes = assume('recordingMinutes');
  return {
    monthly: monthlyLines(planned),
    perMinute: recordingLines(planned)
      .filter(({ quantity }) => quantity > 0)
      .map(({ what, quantity, price }) => line(what, quantity / minutes, price)),
  };
}

export const totalUsd = (lines: readonly CostLine[]): number => sum(lines.map(({ usd }) => usd));
