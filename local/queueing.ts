// Which stages wait for each other on this machine? The big ones: each takes all processors and much of the memory.
import type { StageSettings } from '../systems/stage.ts';

/** More than half of a small laptop's memory: two at once would only slow each other down. */
const bigMiB = 4096;

/** Runs the work of a stage when its turn has come; an aborted wait throws the signal's reason. */
export type InTurn = <T>(stage: StageSettings, signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

/** One queue for all big stages, first come, first served; the others do not wait. */
export function createQueueing(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return async (stage, signal, work) => {
    if (stage.memoryMiB < bigMiB) return work();
    const before = last;
    const mine = before.then(async () => {
      signal.throwIfAborted();
      return work();
    });
    last = mine.catch(() => undefined);
    const aborted = Promise.withResolvers<never>();
    const onAbort = (): void => aborted.reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      // Only the wait can be cut short; work that has begun ends by itself when the signal tells it to.
      await Promise.race([before, aborted.promise]);
      return await mine;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  };
}
