// What is an alarm, as data?

/** What thresholds are made from, and what the dashboard says beside them. */
export interface AlarmFacts {
  /** When Lambda ends the function. */
  readonly timeoutSeconds?: number;
  /** Copies of the function that may run at once; `null` or nothing: as many as the account has left. */
  readonly reservedConcurrency?: number | null;
  /** Copies of all functions that the account may run at once in this region. */
  readonly accountConcurrency?: number;
  /** Seconds that the deliveries of a message to a queue take together until it is a dead letter. */
  readonly redeliverySeconds?: number;
  /** Memory of the function: what its seconds cost. */
  readonly memoryMiB?: number;
}

/** One number a period from CloudWatch; the dimensions that name the resource come with the resource. */
export interface AlarmMetric {
  readonly namespace: `AWS/${string}`;
  readonly name: string;
  readonly statistic: 'Sum' | 'Average' | 'Maximum' | 'p99';
  /** Dimensions beside those of the resource. */
  readonly dimensions?: { readonly [name: string]: string };
}

/** A formula of CloudWatch metric math over several metrics; its variables are the keys of `metrics`. */
export interface AlarmFormula {
  readonly formula: string;
  readonly metrics: { readonly [variable: string]: AlarmMetric };
}

/**
 * A number, or a share (0 to 1) of a fact; a share of a limit that does not exist makes no alarm. `atLeast` gives way to
 * a fact that is greater.
 */
export type AlarmThreshold =
  | number
  | { readonly atLeast: number; readonly or: 'redeliverySeconds' }
  | {
      readonly share: number;
      readonly of: 'timeoutMs' | 'reservedConcurrency' | 'accountConcurrency';
    };

/** `urgent`: someone's work is lost or stands still. `soon`: within the working day. */
export type AlarmSeverity = 'urgent' | 'soon';

export interface AlarmRule {
  /** Kebab-case, unique in its kind; with the kind it is the anchor of the runbook: `#function-errors`. */
  readonly name: string;
  readonly measure: AlarmMetric | AlarmFormula;
  /** The alarm goes off above this, never at it. */
  readonly threshold: AlarmThreshold;
  /** Why there and not elsewhere. */
  readonly why: string;
  readonly periodSeconds: number;
  /** Of so many periods … */
  readonly evaluationPeriods: number;
  /** … so many must be above the threshold. */
  readonly datapointsToAlarm: number;
  /**
   * What a period without data means. Nothing happened in `notBreaching` ones; `ignore` keeps the state as it is, for
   * metrics that fall silent while the trouble lasts.
   */
  readonly missingData: 'notBreaching' | 'ignore';
  readonly severity: AlarmSeverity;
  /** What the e-mail says, in one sentence. */
  readonly sentence: string;
}
