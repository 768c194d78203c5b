// How is one attempt of a Task run, from its arguments to its result?

import { randomUUID } from 'node:crypto';
import type { TaskState } from '../../systems/asl.ts';
import { performTask } from './perform-task.ts';
import { StateFailed, stopIfAborted, tooLarge } from './state-failed.ts';
import type { TaskPlan, TaskSettlement } from './task-events.ts';
import { taskEvents } from './task-events.ts';
import type { Leave, Visit } from './visit.ts';
import { isTooLarge } from './visit.ts';

/** Throws StateFailed when the task fails, times out, or one of its expressions cannot be evaluated. */
export async function runTask(visit: Visit, state: TaskState): Promise<Leave> {
  const { recorder, turns } = visit.execution;
  const key = visit.attemptKey;
  const needsToken = state.Resource.endsWith('.waitForTaskToken');
  visit.taskToken = needsToken ? await recorder.decide(`${key}:token`, () => randomUUID()) : undefined;
  const events = taskEvents(state.Resource);
  const plan = await planTask(visit, state);
  await recorder.mayRecord(`${key}:scheduled`, visit.signal);
  visit.frame.cursor = await recorder.event(`${key}:scheduled`, events.scheduled(visit.frame.cursor, plan), {
    ...plan,
  });
  // AWS schedules what all branches want before the first of them starts (recording test_service_lambda_map_timeout).
  await turns.away(Promise.resolve());
  stopIfAborted(visit.signal);
  await recorder.mayRecord(`${key}:started`, visit.signal);
  visit.frame.cursor = await recorder.event(`${key}:started`, events.started(visit.frame.cursor));
  const settlement = await settle(visit, { state, events, plan });
  if ('failure' in settlement) throw new StateFailed(settlement.failure);
  return visit.leave(state, { fallback: settlement.output, extra: { result: settlement.output } });
}

async function planTask(visit: Visit, state: TaskState): Promise<TaskPlan> {
  const known = visit.execution.recorder.recalled(`${visit.attemptKey}:scheduled`);
  if (known !== undefined) return known.memo as unknown as TaskPlan;
  const args =
    state.Arguments === undefined ? visit.input : await visit.evaluate(state.Arguments, 'Arguments');
  if (isTooLarge(args)) throw tooLarge('limit', visit.name);
  const timeout = state.TimeoutSeconds;
  const heartbeat = state.HeartbeatSeconds;
  return {
    arguments: args,
    ...(timeout === undefined
      ? {}
      : { timeoutSeconds: await visit.evaluateSeconds(timeout, 'TimeoutSeconds') }),
    ...(heartbeat === undefined
      ? {}
      : { heartbeatSeconds: await visit.evaluateSeconds(heartbeat, 'HeartbeatSeconds') }),
    ...(state.Credentials === undefined
      ? {}
      : { roleArn: await visit.evaluateTyped('string', state.Credentials.RoleArn, 'Credentials/RoleArn') }),
  };
}

async function settle(
  visit: Visit,
  task: Omit<Parameters<typeof performTask>[1], 'startedAtMs'>,
): Promise<TaskSettlement> {
  const { recorder, turns } = visit.execution;
  const key = `${visit.attemptKey}:settled`;
  if (recorder.recalled(key) === undefined) {
    await recorder.caughtUp();
    stopIfAborted(visit.signal);
    await turns.away(performTask(visit, { ...task, startedAtMs: startOf(visit) }));
  }
  const settled = recorder.recalled(key);
  stopIfAborted(visit.signal);
  visit.frame.cursor = settled?.event.id ?? visit.frame.cursor;
  return settled?.memo as unknown as TaskSettlement;
}

/**
 * When the time limit began to run. A task that was interrupted runs again with its whole time; one that had handed
 * out its token goes on waiting on the old time.
 */
function startOf(visit: Visit): number {
  const { recorder, clock } = visit.execution;
  const started = recorder.recalled(`${visit.attemptKey}:started`);
  const isWaiting = recorder.recalled(`${visit.attemptKey}:submitted`) !== undefined;
  return isWaiting && started !== undefined ? Date.parse(started.event.timestamp) : clock.now();
}
