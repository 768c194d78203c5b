// In which ways can a state end other than by leaving?

/**
 * What made a state fail, as plain JSON so that the journal can hold it.
 * `runtime` (States.Runtime) closes the execution at once; `limit` is a DataLimitExceeded of the state itself, which
 * States.ALL does not match. A task's own oversized result is an ordinary `task` failure: AWS lets States.ALL catch it
 * (LocalStack's AWS recording test_task_lambda_catch_state_all_data_limit_exceeded_on_large_utf8_response).
 */
export interface Failure {
  readonly kind: 'task' | 'timeout' | 'heartbeat' | 'fail' | 'evaluation' | 'map-run' | 'limit' | 'runtime';
  readonly error?: string;
  readonly cause?: string;
  /** The field of the state whose expression failed, e.g. `Output/total`; only for `evaluation`. */
  readonly location?: string;
}

/** A state failed; Retry and Catch look at `failure`. */
export class StateFailed extends Error {
  override readonly name = 'StateFailed';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`${failure.error ?? 'no error name'}: ${failure.cause ?? 'no cause'}`);
    this.failure = failure;
  }
}

/** The execution, or a branch whose sibling failed, was told to stop: nothing more may be recorded in it. */
export class Aborted extends Error {
  override readonly name = 'Aborted';
  constructor() {
    super('the branch was aborted');
  }
}

/** Throws Aborted when the signal has been given. */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new Aborted();
}

/** The largest JSON text of an input, an output or a result, in bytes of UTF-8. Source: Step Functions quotas. */
export const maxPayloadBytes = 256 * 1024;

/** The failure Step Functions reports when a result is larger than `maxPayloadBytes`. `of` is a state or a resource. */
export function tooLarge(kind: 'task' | 'limit', of: string): StateFailed {
  return new StateFailed({
    kind,
    error: 'States.DataLimitExceeded',
    cause: `The state/task '${of}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  });
}

/** The most events in one execution's history, its last included. Source: Step Functions quotas. */
export const maxHistoryEvents = 25_000;

/** What AWS reports when a history is full: measured in us-east-1 by floci, nothing catches it. */
export function historyFull(): StateFailed {
  return new StateFailed({
    kind: 'runtime',
    error: 'States.Runtime',
    cause: `The execution reached the maximum number of history events (${maxHistoryEvents}).`,
  });
}
