// How is a task's work done and watched: its answer, its token, its time limit, its heartbeat and its abort?

import type { Json, TaskState } from '../../systems/asl.ts';
import type { Failure } from './state-failed.ts';
import { Aborted } from './state-failed.ts';
import type { TaskEvents, TaskPlan, TaskSettlement } from './task-events.ts';
import type { Visit } from './visit.ts';
import { isTooLarge } from './visit.ts';

interface TaskWork {
  readonly state: TaskState;
  readonly events: TaskEvents;
  readonly plan: TaskPlan;
  readonly startedAtMs: number;
}

/**
 * Calls the resource and records how the task settled. Whatever ends it, this resolves only after the call itself
 * has settled, so that no work is left behind. Throws Aborted, recording nothing, when the visit's signal is given.
 */
export async function performTask(visit: Visit, work: TaskWork): Promise<void> {
  const task = new RunningTask(visit, work);
  const answer = task.answer();
  const limit = task.limit();
  const settlement = await Promise.race([answer, limit, onceAborted(visit.signal, task.watching)]);
  task.stopWatching();
  if (settlement === 'aborted' || visit.signal.aborted) {
    await answer;
    throw new Aborted();
  }
  await task.settled(settlement);
  task.cancel();
  await answer;
}

class RunningTask {
  readonly #visit: Visit;
  readonly #work: TaskWork;
  readonly #cancel = new AbortController();
  readonly #watch = new AbortController();
  readonly #signal: AbortSignal;
  #beatMs: number;
  #cursor: number;
  #submitted: Promise<void> | undefined;

  constructor(visit: Visit, work: TaskWork) {
    this.#visit = visit;
    this.#work = work;
    this.#signal = AbortSignal.any([visit.signal, this.#cancel.signal]);
    this.#beatMs = work.startedAtMs;
    this.#cursor = visit.frame.cursor;
  }

  /** Settles with the task's result or failure; never rejects. */
  async answer(): Promise<TaskSettlement> {
    const { tokens, recorder } = this.#visit.execution;
    const token = this.#visit.taskToken;
    const waiting = token === undefined ? undefined : Promise.withResolvers<TaskSettlement>();
    const stopListening =
      token === undefined || waiting === undefined
        ? undefined
        : tokens.listen(token, {
            succeed: (output) => waiting.resolve({ output: plainJson(output) }),
            fail: (failure) => waiting.resolve({ failure: { kind: 'task', ...failure } }),
            beat: () => this.#beat(),
          });
    try {
      const submitted = recorder.recalled(`${this.#visit.attemptKey}:submitted`);
      if (waiting !== undefined && submitted !== undefined) this.#cursor = submitted.event.id;
      const output = waiting !== undefined && submitted !== undefined ? null : plainJson(await this.#call());
      if (waiting === undefined) {
        if (this.#work.state.Resource.includes('.sync')) await this.#submit(undefined);
        return { output };
      }
      if (this.#signal.aborted) return { output };
      await this.#submit(output);
      const given = await Promise.race([waiting.promise, onceAborted(this.#signal)]);
      return given === 'aborted' ? { output } : given;
    } catch (error) {
      return { failure: failureOf(error) };
    } finally {
      stopListening?.();
    }
  }

  /** Settles when TimeoutSeconds or HeartbeatSeconds has run out; never when there is neither. */
  async limit(): Promise<TaskSettlement> {
    const { clock } = this.#visit.execution;
    const { plan, startedAtMs } = this.#work;
    const endMs = startedAtMs + (plan.timeoutSeconds ?? Infinity) * 1000;
    for (;;) {
      const silentMs = this.#beatMs + (plan.heartbeatSeconds ?? Infinity) * 1000;
      const nextMs = Math.min(endMs, silentMs);
      if (nextMs === Infinity) return new Promise(() => undefined);
      try {
        await clock.sleepUntil(nextMs, this.#watch.signal);
      } catch {
        return new Promise(() => undefined);
      }
      if (clock.now() >= endMs) return { failure: { kind: 'timeout', error: 'States.Timeout' } };
      if (clock.now() >= this.#beatMs + (plan.heartbeatSeconds ?? Infinity) * 1000) {
        return { failure: { kind: 'heartbeat', error: 'States.Timeout' } };
      }
    }
  }

  /** Given when the task no longer has to be watched. */
  get watching(): AbortSignal {
    return this.#watch.signal;
  }

  stopWatching(): void {
    this.#watch.abort();
  }

  cancel(): void {
    this.#cancel.abort();
  }

  async settled(settlement: TaskSettlement): Promise<void> {
    await this.#submitted;
    const checked = this.#checkSize(settlement);
    await this.#visit.execution.recorder.event(
      `${this.#visit.attemptKey}:settled`,
      this.#work.events.settled(this.#cursor, checked),
      checked as unknown as Json,
    );
  }

  async #call(): Promise<Json | undefined> {
    const { execution, name, attempt, taskToken } = this.#visit;
    return await execution.options.invoke({
      resource: this.#work.state.Resource,
      stateName: name,
      arguments: this.#work.plan.arguments,
      attempt,
      ...(taskToken === undefined ? {} : { taskToken }),
      context: this.#visit.context(),
      signal: this.#signal,
      heartbeat: () => this.#beat(),
      // Whether it could be recorded is asked when the task settles.
      submitted: (output) => void this.#submit(plainJson(output)).catch(() => undefined),
    });
  }

  #beat(): void {
    this.#beatMs = this.#visit.execution.clock.now();
  }

  #submit(output: Json | undefined): Promise<void> {
    this.#submitted ??= this.#recordSubmitted(output);
    return this.#submitted;
  }

  async #recordSubmitted(output: Json | undefined): Promise<void> {
    this.#cursor = await this.#visit.execution.recorder.event(
      `${this.#visit.attemptKey}:submitted`,
      this.#work.events.submitted(this.#cursor, output),
    );
  }

  #checkSize(settlement: TaskSettlement): TaskSettlement {
    if ('failure' in settlement || !isTooLarge(settlement.output)) return settlement;
    return {
      failure: {
        kind: 'task',
        error: 'States.DataLimitExceeded',
        cause:
          `The state/task '${this.#work.events.resultOf}' returned a result with a size exceeding the maximum ` +
          'number of bytes service limit.',
      },
    };
  }
}

/** The ASL error of anything thrown: `name`, and `cause` where that is a string, else `message`. */
function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { kind: 'task', error: 'Error', cause: String(error) };
  return {
    kind: 'task',
    error: error.name,
    cause: typeof error.cause === 'string' ? error.cause : error.message,
  };
}

function plainJson(value: Json | undefined): Json {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

/** `until` takes the listener away again: an execution's signal outlives thousands of tasks. */
function onceAborted(signal: AbortSignal, until?: AbortSignal): Promise<'aborted'> {
  if (signal.aborted) return Promise.resolve('aborted');
  return new Promise((resolve) => {
    const options = until === undefined ? { once: true } : { once: true, signal: until };
    signal.addEventListener('abort', () => resolve('aborted'), options);
  });
}
