// How does the outside world answer a task that waits for its token?

import type { Json } from '../../systems/asl.ts';

/** No task waits under this token: it never existed, was answered already, timed out, or its execution ended. */
export class TaskTokenUnknown extends Error {
  override readonly name = 'TaskTokenUnknown';
  constructor() {
    super('No task is waiting for this token.');
  }
}

/** What a waiting task listens to. */
export interface TokenListener {
  readonly succeed: (output: Json) => void;
  readonly fail: (failure: { readonly error?: string; readonly cause?: string }) => void;
  readonly beat: () => void;
}

/** The tokens of the tasks that wait now; share one between an execution and whoever answers its tasks. */
export class TaskTokens {
  readonly #waiting = new Map<string, TokenListener>();

  /** Ends the task with its result. Throws TaskTokenUnknown. */
  sendTaskSuccess(token: string, output: Json): void {
    this.#listener(token).succeed(output);
    this.#waiting.delete(token);
  }

  /** Ends the task with an error, which Retry and Catch may handle. Throws TaskTokenUnknown. */
  sendTaskFailure(token: string, failure: { readonly error?: string; readonly cause?: string } = {}): void {
    this.#listener(token).fail(failure);
    this.#waiting.delete(token);
  }

  /** Restarts the task's HeartbeatSeconds. Throws TaskTokenUnknown. */
  sendTaskHeartbeat(token: string): void {
    this.#listener(token).beat();
  }

  /** Used by the interpreter: listens until the returned function is called. */
  listen(token: string, listener: TokenListener): () => void {
    this.#waiting.set(token, listener);
    return () => this.#waiting.delete(token);
  }

  #listener(token: string): TokenListener {
    const listener = this.#waiting.get(token);
    if (listener === undefined) throw new TaskTokenUnknown();
    return listener;
  }
}
