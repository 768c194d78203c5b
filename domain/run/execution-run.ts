// What is known of one execution of a state machine, whichever host ran it?
import type { ExecutionSummary } from '../reconciliation.ts';

/** One event of an execution's history, in the words of GetExecutionHistory. */
export interface ExecutionEvent {
  readonly id: number;
  readonly previousEventId: number;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  /** `TaskStateEntered`, `TaskFailed`, … */
  readonly type: string;
  /** Name of the state, where the event has one. */
  readonly state: string | null;
  /** JSON texts. */
  readonly input: string | null;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}

export interface ExecutionRun {
  readonly summary: ExecutionSummary;
  /** The compiled definition, as JSON text. */
  readonly definition: string;
  /** In the order of their ids. */
  readonly events: readonly ExecutionEvent[];
  /** How far the running tasks are by their own word, 0 to 1, by name of the state; a host may know nothing of it. */
  readonly fractions: Readonly<{ [state: string]: number }>;
}
