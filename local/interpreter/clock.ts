// What time is it for an execution, and how does it wait?

import { Aborted } from './state-failed.ts';

/** Milliseconds since 1970; `sleepUntil` rejects with Aborted when the signal is given. */
export interface Clock {
  now(): number;
  sleepUntil(timeMs: number, signal: AbortSignal): Promise<void>;
}

/** setTimeout takes a signed 32-bit number of milliseconds, about 24.8 days. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own clock. Waits of any length; a time in the past resolves at once. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleepUntil: async (timeMs, signal) => {
    for (;;) {
      if (signal.aborted) throw new Aborted();
      const leftMs = timeMs - Date.now();
      if (leftMs <= 0) return;
      await timer(Math.min(leftMs, longestTimerMs), signal);
    }
  },
};

function timer(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(handle);
      reject(new Aborted());
    };
    const handle = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Turns of the event loop before time jumps. One is enough for branches to finish their steps; a resumed execution
 * needs more, because it first notices in the same way that all its branches have caught up (Turns.idle).
 */
const quietRounds = 4;

interface Sleeper {
  readonly timeMs: number;
  readonly order: number;
  readonly wake: () => void;
}

/**
 * A clock on which waiting costs no time: when the program has nothing left to do but wait, the time jumps to the
 * next sleeper. Sleepers due at the same moment wake in the order in which they went to sleep. Meant for tasks that
 * answer at once or sleep on this clock; it does not wait for work done in real time.
 */
export class VirtualClock implements Clock {
  #nowMs: number;
  #count = 0;
  #scheduled = false;
  readonly #sleepers = new Set<Sleeper>();

  constructor(startMs: number = Date.now()) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  sleepUntil(timeMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(new Aborted());
    if (timeMs <= this.#nowMs) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#sleepers.delete(sleeper);
        reject(new Aborted());
      };
      const wake = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const sleeper: Sleeper = { timeMs, order: this.#count++, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', stop, { once: true });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const wait = (rounds: number): void => {
      setImmediate(() => {
        if (rounds > 0) {
          wait(rounds - 1);
          return;
        }
        this.#scheduled = false;
        this.#advance();
      });
    };
    wait(quietRounds);
  }

  #advance(): void {
    const [first] = [...this.#sleepers].toSorted((a, b) => a.timeMs - b.timeMs || a.order - b.order);
    if (first === undefined) return;
    this.#nowMs = Math.max(this.#nowMs, first.timeMs);
    for (const sleeper of [...this.#sleepers].toSorted((a, b) => a.order - b.order)) {
      if (sleeper.timeMs > this.#nowMs) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
    if (this.#sleepers.size > 0) this.#schedule();
  }
}
