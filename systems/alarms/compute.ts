// When do functions, state machines and the account's Lambda call for someone?
import type { AlarmMetric, AlarmRule } from './rule.ts';

const lambda = (name: string, statistic: AlarmMetric['statistic']): AlarmMetric => ({
  namespace: 'AWS/Lambda',
  name,
  statistic,
});
const executions = (name: string): AlarmMetric => ({ namespace: 'AWS/States', name, statistic: 'Sum' });

export const functionAlarms: readonly AlarmRule[] = [
  {
    name: 'errors',
    measure: {
      formula: 'IF(FILL(invocations, 0) >= 5, 100 * FILL(errors, 0) / invocations, 0)',
      metrics: { errors: lambda('Errors', 'Sum'), invocations: lambda('Invocations', 'Sum') },
    },
    threshold: 40,
    why: 'A recording that cannot be read is an error to Lambda too, so single ones are nobody’s fault; two in five of at least five calls are not chance.',
    periodSeconds: 900,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    severity: 'urgent',
    sentence: 'More than 40 % of the calls of this function failed within 15 minutes.',
  },
  {
    name: 'throttles',
    measure: lambda('Throttles', 'Sum'),
    threshold: 0,
    why: 'A refused call waits for its turn, ten more attempts within 54 minutes on average: a burst is no news. Refused in two quarters of an hour in a row, the line does not get shorter, and the first analyses will give up as THROTTLED.',
    periodSeconds: 900,
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    missingData: 'notBreaching',
    severity: 'soon',
    sentence: 'Lambda refused calls in two quarters of an hour in a row: too many copies were running.',
  },
  {
    name: 'duration',
    measure: lambda('Duration', 'p99'),
    threshold: { share: 0.9, of: 'timeoutMs' },
    why: 'What needs more than nine tenths of its time today is cut off by a slightly longer recording tomorrow.',
    periodSeconds: 300,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    severity: 'soon',
    sentence: 'The slowest calls took more than 90 % of the time that this function has.',
  },
  {
    name: 'concurrency',
    measure: lambda('ConcurrentExecutions', 'Maximum'),
    threshold: { share: 0.8, of: 'reservedConcurrency' },
    why: 'Above four fifths of its reservation the next burst is throttled; functions without one are held by the alarm of the account (C86).',
    periodSeconds: 60,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    missingData: 'notBreaching',
    severity: 'soon',
    sentence: 'More than 80 % of the copies that are reserved for this function were running.',
  },
];

export const stateMachineAlarms: readonly AlarmRule[] = [
  {
    name: 'failed',
    measure: {
      formula: 'IF(FILL(failed, 0) >= 2, 100 * FILL(failed, 0) / (FILL(failed, 0) + FILL(succeeded, 0)), 0)',
      metrics: { failed: executions('ExecutionsFailed'), succeeded: executions('ExecutionsSucceeded') },
    },
    threshold: 50,
    why: 'A file that is no recording ends as a failed execution, so one is no news; when two or more fail within an hour and fewer succeed, it is not the files.',
    periodSeconds: 3600,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    severity: 'urgent',
    sentence: 'More analyses failed than succeeded within an hour.',
  },
  {
    name: 'timed-out',
    measure: executions('ExecutionsTimedOut'),
    threshold: 0,
    why: 'The machine’s time is longer than all its tasks with all their retries: running out of it is a fault of ours or of AWS, every time.',
    periodSeconds: 300,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    severity: 'urgent',
    sentence: 'An analysis ran out of its seventeen hours.',
  },
  {
    name: 'aborted',
    measure: executions('ExecutionsAborted'),
    threshold: 0,
    why: 'Nothing in the system stops an execution; somebody did, and the owner of the recording sees a failed record.',
    periodSeconds: 300,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: 'notBreaching',
    severity: 'soon',
    sentence: 'An analysis was stopped by hand.',
  },
  {
    name: 'throttled',
    measure: executions('ExecutionThrottled'),
    threshold: 0,
    why: 'Step Functions slows transitions down before anything fails; in two of three periods it is load, not a burst.',
    periodSeconds: 300,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    missingData: 'notBreaching',
    severity: 'soon',
    sentence: 'Step Functions slowed down the transitions of this state machine.',
  },
];

export const accountAlarms: readonly AlarmRule[] = [
  {
    name: 'concurrency',
    // Counts what reservations of all functions hold back too, which ConcurrentExecutions does not.
    measure: lambda('ClaimedAccountConcurrency', 'Maximum'),
    threshold: { share: 0.8, of: 'accountConcurrency' },
    why: 'The limit is shared by everything in the account and region; raising it takes AWS hours to days, so a fifth is kept (C86).',
    periodSeconds: 60,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    missingData: 'notBreaching',
    severity: 'soon',
    sentence: 'More than 80 % of the account’s Lambda concurrency is taken.',
  },
];
