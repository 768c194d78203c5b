// What does Step Functions tell of an execution's events, and what of it do we keep?
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { ExecutionEvent } from '../../domain/run/execution-run.ts';

/** An event has its details under a name of its own type: `stateEnteredEventDetails`, `lambdaFunctionFailedEventDetails`. */
function detailsOf(event: HistoryEvent): Readonly<Record<string, unknown>> {
  const found = Object.entries(event).find(
    ([name, value]) => name.endsWith('EventDetails') && typeof value === 'object',
  );
  // Only an object got here.
  return (found?.[1] ?? {}) as Readonly<Record<string, unknown>>;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The event in our words; what it was given stands in `input`, whether it was called input or parameters. */
export function eventOf(event: HistoryEvent): ExecutionEvent {
  const details = detailsOf(event);
  return {
    id: event.id ?? 0,
    previousEventId: event.previousEventId ?? 0,
    timestamp: (event.timestamp ?? new Date(0)).toISOString(),
    type: event.type ?? '',
    // Only states have names; an expression that failed tells the state in a field of its own.
    state: text(details['name'] ?? details['state']),
    input: text(details['input'] ?? details['parameters']),
    output: text(details['output']),
    error: text(details['error']),
    cause: text(details['cause']),
  };
}
