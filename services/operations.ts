// What does somebody need who runs the system? Narrow interfaces, implemented for AWS and for this machine.
import type { RecordId } from '../domain/ids.ts';
import type { Record, RecordStatus } from '../domain/record.ts';
import type { ExecutionSummary } from '../domain/reconciliation.ts';
import type { ObjectStore, RecordTable, StoredObject } from './contracts.ts';

/** What was written down about records and executions. */
export interface Ledger {
  /** Every record in one of these states, the one that waits longest first. Reads the whole table. */
  records(statuses: readonly RecordStatus[]): Promise<readonly Record[]>;
  /** The newest executions first. */
  executions(limit: number): Promise<readonly ExecutionSummary[]>;
  /** `null` when there is none of that name, or no longer. */
  execution(name: string): Promise<ExecutionSummary | null>;
  /** FAILED → UPLOADING, one attempt further, if this execution is the one that failed; else `false`. */
  reopen(recordId: RecordId, executionName: string): Promise<boolean>;
}

/** How full one queue is. */
export interface QueueDepth {
  readonly queue: string;
  /** Messages that nobody has taken yet. */
  readonly waiting: number;
  /** Messages that somebody works on. */
  readonly inFlight: number;
  readonly deadLetters: number;
}

/** A message that was given up after its last delivery. */
export interface DeadLetter {
  readonly id: string;
  readonly queue: string;
  readonly body: string;
  /** ISO 8601, UTC. */
  readonly sentAt: string;
  /** Why the last delivery failed, where the host knows it. */
  readonly error: string | null;
}

/** The queues between events and stages. */
export interface Queues {
  depths(): Promise<readonly QueueDepth[]>;
  /** At most 100 of them; looking does not take them away. */
  deadLetters(queue: string): Promise<readonly DeadLetter[]>;
  /** Puts them back into the queue they came from; gives the ids that are on their way. */
  replay(queue: string, ids: readonly string[]): Promise<readonly string[]>;
  /** Tells the system of a finished upload once more. */
  announce(upload: StoredObject): Promise<void>;
}

/** A system as its operator sees it. */
export interface OperatedSystem {
  /** Which one this is, for people: `stack dev in us-east-1`, or a data folder. */
  readonly title: string;
  readonly ledger: Ledger;
  readonly queues: Queues;
  readonly records: Pick<RecordTable, 'claim' | 'finish' | 'read'>;
  readonly objects: Pick<ObjectStore, 'head'>;
  /** Names of the alarms that ring now; `null` where there are none to ring. */
  alarms(): Promise<readonly string[] | null>;
  /** Waits for what this process itself has started, and lets go of everything. */
  close(): Promise<void>;
}
