// What happens when a Task, Parallel or Map fails: is it tried again, caught, or does it fail its scope?

import type { Json, MapState, ParallelState, TaskState } from '../../systems/asl.ts';
import { matches, planRetry } from './retry.ts';
import type { Failure } from './state-failed.ts';
import { StateFailed, stopIfAborted } from './state-failed.ts';
import type { Leave, Visit } from './visit.ts';

type Retriable = TaskState | ParallelState | MapState;

/** Runs the state until an attempt succeeds, a catcher takes the failure, or nobody does (StateFailed). */
export async function runAttempts(
  visit: Visit,
  state: Retriable,
  attempt: () => Promise<Leave>,
): Promise<Leave> {
  const { recorder, clock, random } = visit.execution;
  const used: number[] = [];
  for (;;) {
    const result = await tryOnce(visit, attempt);
    if ('leave' in result) return result.leave;
    const plan = planRetry(state.Retry ?? [], result.failure, used);
    if (plan === undefined) return catchFailure(visit, state, result.failure);
    used[plan.retrier] = (used[plan.retrier] ?? 0) + 1;
    const untilMs = await recorder.decide(
      `${visit.attemptKey}:retry`,
      () => clock.now() + plan.delaySeconds * 1000 * (plan.hasJitter ? random() : 1),
    );
    await visit.sleepUntil(untilMs);
    visit.attempt += 1;
    visit.standing.branches = [];
  }
}

async function tryOnce(
  visit: Visit,
  attempt: () => Promise<Leave>,
): Promise<{ readonly leave: Leave } | { readonly failure: Failure }> {
  const { recorder } = visit.execution;
  const key = `${visit.attemptKey}:failed`;
  const known = recorder.decided(key);
  if (known !== undefined) {
    const { cursor, failure } = known as unknown as { readonly cursor: number; readonly failure: Failure };
    visit.frame.cursor = cursor;
    return { failure };
  }
  try {
    return { leave: await attempt() };
  } catch (error) {
    if (!(error instanceof StateFailed) || error.failure.kind === 'runtime') throw error;
    await recorder.mayRecord(key, visit.signal);
    stopIfAborted(visit.signal);
    const { failure } = error;
    await recorder.decide(key, () => ({ cursor: visit.frame.cursor, failure: { ...failure } }));
    return { failure };
  }
}

/** A Parallel or Map records its failure before the catchers look at it (recording test_parallel_state_catch). */
async function catchFailure(visit: Visit, state: Retriable, failure: Failure): Promise<Leave> {
  const failedFrom = visit.frame.cursor;
  await closeState(visit, state, 'state-failed');
  const index = (state.Catch ?? []).findIndex((row) => matches(row.ErrorEquals, failure));
  const catcher = state.Catch?.[index];
  if (catcher === undefined) throw new StateFailed(failure);
  const exitFrom = visit.frame.cursor;
  // AWS gives '' for what is missing (LocalStack's comment on its recordings).
  const errorOutput = { Error: failure.error ?? '', Cause: failure.cause ?? '' } satisfies Json;
  visit.isInCatcher = true;
  // A catcher's failing expression is recorded from before the StateFailed event (measured on AWS by floci).
  visit.frame.cursor = failedFrom;
  try {
    const leave = await visit.leave(catcher, {
      fallback: errorOutput,
      prefix: `Catch[${index}]/`,
      extra: { errorOutput },
    });
    visit.frame.cursor = exitFrom;
    return leave;
  } catch (error) {
    if (error instanceof StateFailed) await closeState(visit, state, 'state-failed-again');
    throw error;
  }
}

async function closeState(visit: Visit, state: Retriable, suffix: string): Promise<void> {
  if (state.Type === 'Task') return;
  visit.standing.isClosed = true;
  visit.frame.cursor = await visit.execution.recorder.event(`${visit.attemptKey}:${suffix}`, {
    type: `${state.Type}StateFailed`,
    previousEventId: visit.frame.cursor,
  });
}
