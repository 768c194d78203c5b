// What is a whole system? Stages, state machines, stores, queues, rules and routes: everything a host must provide.
import type { Operation } from '../domain/api/operation.ts';
import type { Machine } from './machine.ts';
import type { Stage, StageSettings } from './stage.ts';

/** How long a store keeps things; the days of each class are a setting of the stack. */
export type RetentionClass = 'uploads' | 'analyses' | 'transcriptions' | 'records';

/** A private, versioned, encrypted bucket. */
export interface BucketSpecification {
  readonly name: string;
  /** Objects under a prefix expire after the days of their class, whatever is not listed is kept. */
  readonly expiry: readonly { readonly prefix: string; readonly retention: RetentionClass }[];
  /** Methods a browser of the system's own site may use; none closes the bucket to browsers. */
  readonly browserMethods: readonly ('GET' | 'HEAD' | 'POST' | 'PUT')[];
  /** Sends "Object Created" and its kin to EventBridge. */
  readonly sendsEvents: boolean;
}

/** A table with one string key, on demand, with point-in-time recovery. */
export interface TableSpecification {
  readonly name: string;
  readonly partitionKey: string;
  /** Epoch seconds after which a row may go, and the days that are its default; `null`: rows stay. */
  readonly expiry: { readonly attribute: string; readonly retention: RetentionClass } | null;
  readonly indexes: readonly {
    /** Key in the table; the physical name is a setting (A33). */
    readonly name: string;
    readonly partitionKey: string;
    readonly sortKey: string;
  }[];
}

/** Events that match go into a queue of their own, which has a dead-letter queue, and from there to one stage. */
export interface SubscriptionSpecification {
  /** Kebab-case; the rule, the queue and its dead-letter queue are named after it. */
  readonly name: string;
  readonly source: 'aws.s3' | 'aws.states' | 'aws.events';
  readonly detailType: string;
  /** What else an event must have; by the store or machine whose events they are, or none but a clock's. */
  readonly from:
    | {
        readonly bucket: string;
        readonly keys: readonly { readonly prefix: string; readonly suffix: string }[];
      }
    | { readonly machine: string; readonly statuses: readonly string[] }
    | { readonly everyHours: number };
  /** Who takes the batches. */
  readonly stage: StageSettings;
  /** Deliveries before a message goes to the dead letters. */
  readonly maxReceiveCount: number;
}

export interface MachineSpecification {
  readonly name: string;
  readonly machine: Machine;
}

/** One route of the system's HTTP API: what is asked, who answers it. Stages answer several that need the same rights. */
export interface RouteSpecification {
  readonly operation: Operation;
  readonly stage: StageSettings;
}

export interface SystemSpecification {
  readonly name: string;
  readonly stages: readonly Stage[];
  readonly machines: readonly MachineSpecification[];
  readonly buckets: readonly BucketSpecification[];
  readonly tables: readonly TableSpecification[];
  readonly subscriptions: readonly SubscriptionSpecification[];
  readonly routes: readonly RouteSpecification[];
}
