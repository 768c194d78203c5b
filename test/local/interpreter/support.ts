// What do the interpreter's tests have in common: short definitions, a virtual clock, short lines for events?

import { VirtualClock } from '../../../local/interpreter/clock.ts';
import type { ExecutionOutcome, HistoryEvent, RunOptions } from '../../../local/interpreter/run-execution.ts';
import { runExecution } from '../../../local/interpreter/run-execution.ts';
import type { Json } from '../../../systems/asl.ts';

export const lambda = 'arn:aws:states:::lambda:invoke';

/** A JSONata definition that starts at its first state. */
export function machine(
  states: { readonly [name: string]: unknown },
  more: object = {},
): { [key: string]: unknown } {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more };
}

/** Branches, iterations and their like: a scope that starts at its first state. */
export function scope(states: { readonly [name: string]: unknown }): { [key: string]: unknown } {
  return { StartAt: Object.keys(states)[0], States: states };
}

/** Runs on a virtual clock that starts in 1970; `invoke` by default gives the arguments back. */
export function run(definition: unknown, options: Partial<RunOptions> = {}): Promise<ExecutionOutcome> {
  return runExecution({
    input: {},
    clock: new VirtualClock(0),
    invoke: ({ arguments: args }) => args,
    ...options,
    definition,
  });
}

/** An error as a task throws it. */
export function failure(name: string, message = ''): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** `3<2 TaskScheduled` for each event. */
export function lines(history: readonly HistoryEvent[]): readonly string[] {
  return history.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);
}

/** The details of the n-th event of a type, counted from 0. */
export function details(
  history: readonly HistoryEvent[],
  type: string,
  n = 0,
): { readonly [key: string]: Json } {
  const event = history.filter((candidate) => candidate.type === type)[n];
  const entry = Object.entries(event ?? {}).find(([key]) => key.endsWith('EventDetails'));
  return (entry?.[1] ?? {}) as { readonly [key: string]: Json };
}
