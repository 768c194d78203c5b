// How do several programs in a row share the time of one call?
import { ResourceExhausted } from '../domain/errors.ts';

export interface Deadline {
  /** Aborts when the caller's signal does, and when the time is over: then with `ResourceExhausted` (TIMEOUT). */
  readonly signal: AbortSignal;
  /** What the next program may take; 0 when the time is over. */
  readonly secondsLeft: () => number;
}

/**
 * Runs `work` with one deadline for everything in it, so that attempts and checks do not add up to more.
 * @throws ResourceExhausted (TIMEOUT) by way of the signal; what `work` throws
 */
export async function withDeadline<Result>(
  { signal, seconds }: { readonly signal: AbortSignal; readonly seconds: number },
  work: (deadline: Deadline) => Promise<Result>,
): Promise<Result> {
  const endMs = performance.now() + seconds * 1000;
  const over = new AbortController();
  const timer = setTimeout(
    () => {
      over.abort(new ResourceExhausted('TIMEOUT', 'The work on the recording took too long.'));
    },
    Math.max(0, seconds * 1000),
  );
  try {
    return await work({
      signal: AbortSignal.any([signal, over.signal]),
      secondsLeft: () => Math.max(0, (endMs - performance.now()) / 1000),
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Runs two tasks at once. When one fails the other is told to stop and waited for: nothing outlives the call. */
export async function bothOrNeither<First, Second>(
  signal: AbortSignal,
  first: (signal: AbortSignal) => Promise<First>,
  second: (signal: AbortSignal) => Promise<Second>,
): Promise<readonly [First, Second]> {
  const stop = new AbortController();
  const shared = AbortSignal.any([signal, stop.signal]);
  const stopOther = (error: unknown): never => {
    stop.abort(error);
    throw error;
  };
  const tasks = [first(shared).catch(stopOther), second(shared).catch(stopOther)] as const;
  await Promise.allSettled(tasks);
  return Promise.all(tasks);
}
