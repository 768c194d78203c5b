// What does one event of an execution's history look like?

import type { Json } from '../../systems/asl.ts';

/** An event in the shape of GetExecutionHistory; `timestamp` is ISO 8601. Details stand under AWS's own key. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: string;
  readonly type: string;
  readonly [details: string]: Json;
}

/** An event before it has an id; `details` holds at most one key such as `taskFailedEventDetails`. */
export interface EventDraft {
  readonly type: string;
  readonly previousEventId: number;
  readonly details?: { readonly [key: string]: Json };
}

/** A value that goes round in a loop is written as one text, not as 25,000 copies of it. */
const texts = new WeakMap<object, string>();

function textOf(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}

/** `{input: "…", inputDetails: {truncated: false}}`: JSON as text, never truncated here. */
export function textDetails(field: 'input' | 'output', value: Json): { readonly [key: string]: Json } {
  return { [field]: textOf(value), [`${field}Details`]: { truncated: false } };
}

/** `{error, cause}` without the one that is missing, as AWS leaves it out (recording test_map_state_catch_empty_fail). */
export function errorDetails(failure: { readonly error?: string; readonly cause?: string }): {
  readonly [key: string]: Json;
} {
  return {
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.cause === undefined ? {} : { cause: failure.cause }),
  };
}
