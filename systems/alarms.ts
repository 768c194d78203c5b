// Which alarms does each kind of resource have, and where do they go off?
import { accountAlarms, functionAlarms, stateMachineAlarms } from './alarms/compute.ts';
import {
  deadLetterQueueAlarms,
  eventRuleAlarms,
  httpApiAlarms,
  queueAlarms,
  tableAlarms,
} from './alarms/delivery.ts';
import type { AlarmFacts, AlarmRule } from './alarms/rule.ts';
import { distributionAlarms, userPoolAlarms } from './alarms/site.ts';

/** What can be watched. */
export type AlarmedKind =
  | 'function'
  | 'state-machine'
  | 'queue'
  | 'dead-letter-queue'
  | 'table'
  | 'http-api'
  | 'event-rule'
  | 'distribution'
  | 'user-pool'
  | 'account';

interface WatchedKind {
  /** Dimensions that name one resource of the kind in CloudWatch; all of them, no others. */
  readonly dimensions: readonly string[];
  /**
   * Where the service reports, wherever the resource is; none: in the region of the stack. An alarm has to be there, and
   * so has its topic, so that a stack of another region goes without these alarms.
   */
  readonly region?: 'us-east-1';
  readonly rules: readonly AlarmRule[];
}

/**
 * The table behind alarms, dashboard and runbooks. Buckets are missing on purpose: S3 reports requests only for money,
 * and what would go wrong there shows in the functions.
 */
export const alarmTable: { readonly [Kind in AlarmedKind]: WatchedKind } = {
  function: { dimensions: ['FunctionName'], rules: functionAlarms },
  'state-machine': { dimensions: ['StateMachineArn'], rules: stateMachineAlarms },
  queue: { dimensions: ['QueueName'], rules: queueAlarms },
  'dead-letter-queue': { dimensions: ['QueueName'], rules: deadLetterQueueAlarms },
  table: { dimensions: ['TableName'], rules: tableAlarms },
  'http-api': { dimensions: ['ApiName', 'Stage'], rules: httpApiAlarms },
  'event-rule': { dimensions: ['RuleName'], rules: eventRuleAlarms },
  distribution: {
    dimensions: ['DistributionId', 'Region'],
    region: 'us-east-1',
    rules: distributionAlarms,
  },
  'user-pool': { dimensions: ['UserPool', 'UserPoolClient'], rules: userPoolAlarms },
  account: { dimensions: [], rules: accountAlarms },
};

/** Whether alarms of this kind can be in a region. */
export const isAlarmedIn = (kind: AlarmedKind, region: string): boolean =>
  (alarmTable[kind].region ?? region) === region;

/** A rule with the number that it means for one resource. */
export interface Alarm {
  readonly rule: AlarmRule;
  readonly threshold: number;
}

/**
 * The alarms of one resource, in the order of the table. A share of a reservation that does not exist makes none.
 * @throws when a fact is missing that a threshold of this kind is made from.
 */
export const alarmsOf = (kind: AlarmedKind, facts: AlarmFacts = {}): readonly Alarm[] =>
  alarmTable[kind].rules.flatMap((rule) => {
    const threshold = thresholdOf(kind, rule, facts);
    return threshold === null ? [] : [{ rule, threshold }];
  });

function thresholdOf(kind: AlarmedKind, { name, threshold }: AlarmRule, facts: AlarmFacts): number | null {
  if (typeof threshold === 'number') return threshold;
  if ('atLeast' in threshold) return Math.max(threshold.atLeast, facts[threshold.or] ?? 0);
  const { timeoutSeconds, reservedConcurrency, accountConcurrency } = facts;
  const limits = {
    timeoutMs: timeoutSeconds === undefined ? undefined : timeoutSeconds * 1000,
    reservedConcurrency: reservedConcurrency ?? null,
    accountConcurrency,
  };
  const limit = limits[threshold.of];
  if (limit === undefined) throw new Error(`the alarm ${kind} ${name} needs to know ${threshold.of}`);
  return limit === null ? null : threshold.share * limit;
}

/** Where docs/operate.md says what to do. */
export const runbookOf = (kind: AlarmedKind, { name }: AlarmRule): string =>
  `docs/operate.md#${kind}-${name}`;
