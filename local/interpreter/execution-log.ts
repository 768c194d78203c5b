// What does an execution remember, so that it can go on after the process was killed?

import type { Json } from '../../systems/asl.ts';
import type { HistoryEvent } from './history.ts';

/** How an execution ended. `error` and `cause` are absent where AWS has none. */
export interface Ending {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

/**
 * An event with the place it belongs to (`/Analyze#1/0/Convert#1:exited`) and what was decided with it, so that a
 * resumed run takes both from here instead of deciding again.
 */
export interface LoggedEvent {
  readonly key: string;
  readonly event: HistoryEvent;
  readonly memo?: Json;
}

/** The memory of one execution. Whatever is appended survives as soon as the call returns. */
export interface ExecutionLog {
  readonly startedAtMs: number;
  /** Present when the execution has already ended. */
  readonly outcome: Ending | undefined;
  readonly events: readonly LoggedEvent[];
  readonly decisions: ReadonlyMap<string, Json>;
  appendEvent(logged: LoggedEvent): void;
  putDecision(key: string, value: Json): void;
  end(ending: Ending): void;
  /** The memory of a child execution, which a distributed Map starts. */
  child(name: string, input: Json, startedAtMs: number): ExecutionLog;
}

/** A memory that ends with the process. */
export function createMemoryLog(startedAtMs: number): ExecutionLog {
  return {
    startedAtMs,
    outcome: undefined,
    events: [],
    decisions: new Map(),
    appendEvent: () => undefined,
    putDecision: () => undefined,
    end: () => undefined,
    child: (_name, _input, childStartedAtMs) => createMemoryLog(childStartedAtMs),
  };
}
