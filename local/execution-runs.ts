// What does the journal tell of an execution to the one whose recording it analyses?
import type { ExecutionEvent, ExecutionRun } from '../domain/run/execution-run.ts';
import type { ExecutionRuns } from '../services/contracts.ts';
import type { HistoryEvent } from './interpreter/history.ts';
import type { Journal } from './interpreter/journal.ts';

export interface ExecutionRunsOptions {
  readonly journal: Journal;
  /** How far the running tasks of an execution are, by name of the state. */
  readonly fractions: (name: string) => ExecutionRun['fractions'];
  /** Aborts it and resolves when nothing of it is left; `false` when it was not running. */
  readonly stop: (name: string) => Promise<boolean>;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** An event's details stand under a key of their own: `taskStateEnteredEventDetails`. */
function eventOf({ id, previousEventId, timestamp, type, ...rest }: HistoryEvent): ExecutionEvent {
  const details = Object.values(rest).find((value) => typeof value === 'object' && value !== null);
  const { name, input, parameters, output, error, cause } = (details ?? {}) as {
    readonly [field: string]: unknown;
  };
  return {
    id,
    previousEventId,
    timestamp,
    type,
    state: text(name),
    input: text(input) ?? text(parameters),
    output: text(output),
    error: text(error),
    cause: text(cause),
  };
}

/** Runs of this machine, read from its journal as they stand at the moment. */
export function createExecutionRuns({ journal, fractions, stop }: ExecutionRunsOptions): ExecutionRuns {
  return {
    read: async (name) => {
      const found = journal.find(name);
      if (!found) return null;
      const { summary, definition } = found;
      const events = journal.history(name).map(eventOf);
      return { summary, definition, events, fractions: summary.status === 'RUNNING' ? fractions(name) : {} };
    },
    stop,
  };
}
