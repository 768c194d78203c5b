// When is a call tried again, and after how long?
import { ProblemError, type FailureCode } from './problem-error.ts';

const passing: ReadonlySet<FailureCode> = new Set([
  'NETWORK',
  'UNAVAILABLE',
  'TOO_MANY_REQUESTS',
  'INTERNAL',
]);

/** Whether the same call may succeed a moment later. */
export const mayPass = (error: unknown): boolean => error instanceof ProblemError && passing.has(error.code);

/** Tries of an idempotent call, the first included. */
export const mostTries = 4;

/**
 * Milliseconds before the next try: half a second, doubled each time, 30 s at most, and spread over the upper half so
 * that not all pages of the world come back at once.
 *
 * @param failures - Tries that failed so far, from 1.
 * @param random - 0–1.
 */
export const delayBeforeMs = (failures: number, random = Math.random()): number => {
  const full = Math.min(30_000, 500 * 2 ** (failures - 1));
  return Math.round(full / 2 + (full / 2) * random);
};
