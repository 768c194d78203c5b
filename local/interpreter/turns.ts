// Which of the concurrent branches of an execution may take its next step?

/**
 * Gives the turn to one branch at a time, in the order asked. AWS decides an execution's next steps in one place;
 * so do we, which makes the order of events of parallel branches repeatable.
 */
export class Turns {
  #taken = false;
  readonly #queue: (() => void)[] = [];
  readonly #idle: (() => void)[] = [];

  take(): Promise<void> {
    if (!this.#taken) {
      this.#taken = true;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#queue.push(resolve));
  }

  release(): void {
    const next = this.#queue.shift();
    if (next !== undefined) {
      next();
      return;
    }
    this.#taken = false;
    if (this.#idle.length > 0) this.#noticeIdle();
  }

  /** Waits for something outside (a task, the clock, the branches) and lets others take their steps meanwhile. */
  async away<T>(outside: Promise<T>): Promise<T> {
    outside.catch(() => undefined);
    this.release();
    try {
      return await outside;
    } finally {
      await this.take();
    }
  }

  /** Resolves once no branch can take a step: all wait for something outside. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle.push(resolve);
      if (!this.#taken) this.#noticeIdle();
    });
  }

  #noticeIdle(): void {
    // A branch that just ended wakes its parent some microtasks later: idle counts only after those.
    setImmediate(() => {
      if (this.#taken) return;
      for (const resolve of this.#idle.splice(0)) resolve();
    });
  }
}
