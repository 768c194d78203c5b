// When do queues, rules, tables and the HTTP API call for someone?
import type { AlarmMetric, AlarmRule } from './rule.ts';

const api = (name: string, statistic: AlarmMetric['statistic']): AlarmMetric => ({
  namespace: 'AWS/ApiGateway',
  name,
  statistic,
});
const table = (name: string, dimensions: AlarmMetric['dimensions'] = {}): AlarmMetric => ({
  namespace: 'AWS/DynamoDB',
  name,
  statistic: 'Sum',
  dimensions,
});
const rule = (name: string): AlarmMetric => ({ namespace: 'AWS/Events', name, statistic: 'Sum' });
const requests = api('Count', 'Sum');

export const queueAlarms: readonly AlarmRule[] = [
  {
    name: 'age',
    measure: { namespace: 'AWS/SQS', name: 'ApproximateAgeOfOldestMessage', statistic: 'Maximum' },
    threshold: { atLeast: 900, or: 'redeliverySeconds' },
    why: 'A message is taken within seconds, and after its last delivery it lies with the dead letters; one that is older than all its deliveries, and than a quarter of an hour, is not being taken at all.',
    periodSeconds: 60,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    missingData: 'notBreaching',
    severity: 'urgent',
    sentence: 'Messages have been waiting for longer than all their deliveries take: nothing takes them.',
  },
];

export const deadLetterQueueAlarms: readonly AlarmRule[] = [
  {
    name: 'messages',
    measure: { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', statistic: 'Maximum' },
    threshold: 0,
    why: 'Every dead letter is one upload or one record that stands still: the first one counts.',
    periodSeconds: 60,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    // SQS stops reporting on a queue that nobody touches for six hours, letters in it or not. Silence must not end
    // this alarm; on a queue that never had one it cannot begin it either.
    missingData: 'ignore',
    severity: 'urgent',
    sentence: 'A message could not be handled and waits among the dead letters.',
  },
];

export const eventRuleAlarms: readonly AlarmRule[] = [
  {
    name: 'failed',
    measure: rule('FailedInvocations'),
    threshold: 0,
    why: 'EventBridge has given up for good, after its own retries: the event did not reach its queue.',
    periodSeconds: 300,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    severity: 'urgent',
    sentence: 'EventBridge could not deliver events to their queue.',
  },
  {
    name: 'lost',
    measure: rule('InvocationsFailedToBeSentToDlq'),
    threshold: 0,
    why: 'Neither the queue nor the dead letters took the event: it exists nowhere any more.',
    periodSeconds: 300,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    severity: 'urgent',
    sentence: 'Events were lost: not even the dead-letter queue took them.',
  },
];

export const tableAlarms: readonly AlarmRule[] = [
  {
    name: 'throttles',
    measure: {
      formula: 'FILL(reads, 0) + FILL(writes, 0)',
      metrics: { reads: table('ReadThrottleEvents'), writes: table('WriteThrottleEvents') },
    },
    threshold: 0,
    why: 'The SDK repeats a single refused request unseen; refusals in two of three periods are a hot key or a limit of the account.',
    periodSeconds: 300,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    missingData: 'notBreaching',
    severity: 'soon',
    sentence: 'The table refuses reads or writes for lack of capacity.',
  },
  {
    name: 'system-errors',
    measure: {
      formula:
        'FILL(gets, 0) + FILL(queries, 0) + FILL(scans, 0) + FILL(puts, 0) + FILL(updates, 0) + FILL(deletes, 0)',
      // Reported by operation only; these are the operations that grants allow.
      metrics: {
        gets: table('SystemErrors', { Operation: 'GetItem' }),
        queries: table('SystemErrors', { Operation: 'Query' }),
        scans: table('SystemErrors', { Operation: 'Scan' }),
        puts: table('SystemErrors', { Operation: 'PutItem' }),
        updates: table('SystemErrors', { Operation: 'UpdateItem' }),
        deletes: table('SystemErrors', { Operation: 'DeleteItem' }),
      },
    },
    threshold: 0,
    why: 'An error inside DynamoDB is repeated by the SDK; in two of three periods it is an outage.',
    periodSeconds: 300,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    missingData: 'notBreaching',
    severity: 'urgent',
    sentence: 'DynamoDB answers with errors of its own.',
  },
];

export const httpApiAlarms: readonly AlarmRule[] = [
  {
    name: 'server-errors',
    measure: api('5XXError', 'Sum'),
    threshold: 10,
    why: 'More than ten a minute, as the predecessor’s operators asked for (C85).',
    periodSeconds: 60,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    severity: 'urgent',
    sentence: 'The API answered more than ten requests with 5xx within a minute.',
  },
  {
    name: 'client-errors',
    measure: {
      formula: 'IF(FILL(requests, 0) >= 50, 100 * FILL(refused, 0) / requests, 0)',
      metrics: { refused: api('4XXError', 'Sum'), requests },
    },
    threshold: 50,
    why: 'Somebody’s mistakes are few; when half of at least fifty requests are refused for a quarter of an hour, the site is broken or somebody is trying doors.',
    periodSeconds: 300,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    missingData: 'notBreaching',
    severity: 'soon',
    sentence: 'More than half of the requests are refused with 4xx.',
  },
  {
    name: 'latency',
    measure: {
      formula: 'IF(FILL(requests, 0) >= 100, FILL(slowest, 0), 0)',
      metrics: { slowest: api('Latency', 'p99'), requests },
    },
    threshold: 2000,
    why: 'The API answers within a second (A57); with at least a hundred requests a single cold start does not count, twice the promise for a quarter of an hour does.',
    periodSeconds: 300,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    missingData: 'notBreaching',
    severity: 'soon',
    sentence: 'One request in a hundred takes longer than two seconds.',
  },
];
