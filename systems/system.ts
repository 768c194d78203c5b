// What is a whole system? Stages, state machines, stores, queues, rules and routes: everything a host must provide.
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

/** A table with one string key, on demand, with time to live and point-in-time recovery. */
export interface TableSpecification {
  readonly name: string;
  readonly partitionKey: string;
  /** Epoch seconds after which a row may go. */
  readonly timeToLiveAttribute: string;
  readonly retention: RetentionClass;
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
  readonly source: 'aws.s3' | 'aws.states';
  readonly detailType: string;
  /** What else an event must have; by the store or machine whose events they are. */
  readonly from:
    | {
        readonly bucket: string;
        readonly keys: readonly { readonly prefix: string; readonly suffix: string }[];
      }
    | { readonly machine: string; readonly statuses: readonly string[] };
  /** Who takes the batches. */
  readonly stage: StageSettings;
  /** Deliveries before a message goes to the dead letters. */
  readonly maxReceiveCount: number;
}

export interface MachineSpecification {
  readonly name: string;
  readonly machine: Machine;
}

/** One route of the system's HTTP API. */
export interface RouteSpecification {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `/health`; parameters in braces. */
  readonly path: `/${string}`;
  readonly stage: StageSettings;
  /** `public` needs no token. */
  readonly access: 'public' | 'user';
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
