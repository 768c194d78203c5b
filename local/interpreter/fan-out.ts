// How do the branches of a Parallel or the iterations of a Map run side by side, and what is recorded when one fails?

import type { Json } from '../../systems/asl.ts';
import { Aborted, StateFailed, stopIfAborted } from './state-failed.ts';
import type { Frame, Visit } from './visit.ts';

/** What Parallel and Map do differently. `begin` and `finish` record iteration events and return where to go on. */
export interface Branches {
  readonly count: number;
  /** How many run at the same time, at least 1. */
  readonly limit: number;
  begin(index: number, previousEventId: number): Promise<Frame>;
  run(index: number, frame: Frame, signal: AbortSignal): Promise<Json>;
  /** Returns the id of the event the whole state goes on from if this was the last branch. */
  finish(index: number, frame: Frame): Promise<number>;
  /** Records `MapIterationFailed` or `MapIterationAborted`; nothing for a Parallel. */
  end(index: number, how: 'Failed' | 'Aborted', previousEventId: number): Promise<void>;
}

/**
 * Runs all branches and returns their outputs in order; the frame then stands at the last event of the last branch.
 * When one fails the others are stopped, waited for and recorded as aborted, and its failure is thrown; the frame
 * then stands at the failed branch's last event. The caller holds the turn.
 */
export async function fanOut(visit: Visit, branches: Branches): Promise<Json[]> {
  const run = new FanOut(visit, branches);
  return run.toTheEnd();
}

class FanOut {
  readonly #visit: Visit;
  readonly #branches: Branches;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #results: Json[] = [];
  readonly #errors = new Map<number, unknown>();
  readonly #decidedFailure: number | undefined;
  #firstFailure: number | undefined;
  #next = 0;
  #lastEventId: number;

  constructor(visit: Visit, branches: Branches) {
    this.#visit = visit;
    this.#branches = branches;
    this.#signal = AbortSignal.any([visit.signal, this.#stop.signal]);
    this.#lastEventId = visit.frame.cursor;
    this.#decidedFailure = visit.execution.recorder.decided(this.#failureKey()) as number | undefined;
  }

  async toTheEnd(): Promise<Json[]> {
    const { turns } = this.#visit.execution;
    const first: number[] = [];
    while (this.#next < Math.min(this.#branches.limit, this.#branches.count)) {
      first.push(await this.#begin(this.#visit.frame.cursor));
    }
    await turns.away(Promise.all(first.map((index) => this.#work(index))));
    stopIfAborted(this.#visit.signal);
    const [anyFailure] = this.#errors.keys();
    const failure = this.#firstFailure ?? anyFailure;
    if (failure !== undefined) await this.#fail(failure);
    this.#visit.frame.cursor = this.#lastEventId;
    return this.#results;
  }

  async #begin(previousEventId: number): Promise<number> {
    const index = this.#next;
    this.#next += 1;
    const frame = await this.#branches.begin(index, previousEventId);
    this.#visit.standing.branches[index] = { index, frame, isDone: false };
    return index;
  }

  /** Runs one branch after the other until none is left to begin. */
  async #work(first: number): Promise<void> {
    const { turns } = this.#visit.execution;
    await turns.take();
    let index = first;
    try {
      for (;;) {
        const branch = this.#visit.standing.branches[index];
        if (branch === undefined) return;
        stopIfAborted(this.#signal);
        this.#results[index] = await this.#branches.run(index, branch.frame, this.#signal);
        await this.#visit.execution.recorder.mayRecord(`${branch.frame.path}:succeeded`, this.#signal);
        this.#lastEventId = Math.max(this.#lastEventId, await this.#branches.finish(index, branch.frame));
        branch.isDone = true;
        if (this.#next >= this.#branches.count || this.#signal.aborted) return;
        // The next iteration takes over from the last event of the one that made room for it
        // (recording test_map_state_break_condition).
        index = await this.#begin(branch.frame.cursor);
      }
    } catch (error) {
      this.#errors.set(index, error);
      if (error instanceof Aborted || this.#firstFailure !== undefined) return;
      if (this.#decidedFailure !== undefined && this.#decidedFailure !== index) return;
      this.#firstFailure = index;
      this.#stop.abort();
    } finally {
      turns.release();
    }
  }

  async #fail(index: number): Promise<never> {
    const error = this.#errors.get(index);
    const failed = this.#visit.standing.branches[index];
    if (!(error instanceof StateFailed) || failed === undefined) throw error;
    const { cursor } = failed.frame;
    this.#visit.frame.cursor = cursor;
    if (error.failure.kind === 'runtime') throw error;
    await this.#visit.execution.recorder.decide(this.#failureKey(), () => index);
    await this.#branches.end(index, 'Failed', cursor);
    await this.#closeStates(failed.frame, cursor);
    for (const branch of this.#visit.standing.branches) {
      if (branch.index === index || branch.isDone) continue;
      await this.#branches.end(branch.index, 'Aborted', cursor);
      await this.#closeStates(branch.frame, cursor);
    }
    throw error;
  }

  /**
   * Records that the state a branch stood in was aborted. A failed Task counts too (recording
   * test_service_lambda_map_timeout, and floci on AWS for Parallel). Which order AWS takes for states nested deeper is
   * not known from a recording; here the outer comes first, as an iteration comes before its task.
   */
  async #closeStates(frame: Frame, previousEventId: number): Promise<void> {
    const { standing } = frame;
    if (standing === undefined) return;
    const { type, key } = standing;
    if (type !== 'Task' && type !== 'Wait' && type !== 'Parallel' && type !== 'Map') return;
    if (standing.isClosed) return;
    await this.#visit.execution.recorder.event(`${key}:aborted`, {
      type: `${type}StateAborted`,
      previousEventId,
    });
    for (const branch of standing.branches) {
      if (!branch.isDone) await this.#closeStates(branch.frame, previousEventId);
    }
  }

  #failureKey(): string {
    return `${this.#visit.attemptKey}:failed-branch`;
  }
}
