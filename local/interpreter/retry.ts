// Does a Retry or Catch row apply to a failure, and how long is the wait before the next attempt?

import type { Retrier } from '../../systems/asl.ts';
import type { Failure } from './state-failed.ts';

/**
 * Whether a row's ErrorEquals matches. States.ALL matches everything but States.Runtime and a DataLimitExceeded of
 * the state itself; States.TaskFailed everything States.ALL does but States.Timeout; a missed heartbeat answers to
 * States.HeartbeatTimeout and States.Timeout alike. States.Runtime is never matched. Source: the developer guide's
 * error names; AWS records a missed heartbeat as States.Timeout (LocalStack's recording test_heartbeat_timeout).
 */
export function matches(errorEquals: readonly string[], failure: Failure): boolean {
  if (failure.kind === 'runtime') return false;
  return errorEquals.some((name) => {
    if (name === failure.error) return true;
    if (name === 'States.HeartbeatTimeout') return failure.kind === 'heartbeat';
    if (failure.kind === 'limit') return false;
    if (name === 'States.ALL') return true;
    return name === 'States.TaskFailed' && failure.error !== 'States.Timeout';
  });
}

/** The wait before an attempt in seconds, jitter not yet applied, and the row it comes from. */
export interface RetryPlan {
  readonly retrier: number;
  readonly delaySeconds: number;
  readonly hasJitter: boolean;
}

/**
 * The first row that matches decides, alone: when its own attempts are used up there is no retry. `used` counts the
 * attempts per row and is not changed.
 */
export function planRetry(
  retriers: readonly Retrier[],
  failure: Failure,
  used: readonly number[],
): RetryPlan | undefined {
  const index = retriers.findIndex((retrier) => matches(retrier.ErrorEquals, failure));
  const retrier = retriers[index];
  const attempts = used[index] ?? 0;
  if (retrier === undefined || attempts >= (retrier.MaxAttempts ?? 3)) return undefined;
  const grown = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** attempts;
  return {
    retrier: index,
    delaySeconds: Math.min(grown, retrier.MaxDelaySeconds ?? Infinity),
    hasJitter: retrier.JitterStrategy === 'FULL',
  };
}
