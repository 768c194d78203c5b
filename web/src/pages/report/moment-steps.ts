// Which moment of a figure comes before and after where the player is?
import type { Evidence } from '../../../../domain/figure.ts';

/** A jump lands a little before its target on some browsers; the moment it was aimed at is not the next one. */
const slackSeconds = 0.15;

export interface MomentSteps {
  readonly previous: Evidence | null;
  readonly next: Evidence | null;
  /** Index of the moment that the position lies in or was last passed; -1 before the first. */
  readonly current: number;
}

/** `evidence` in order of time, as figures keep it. */
export function momentSteps(evidence: readonly Evidence[], seconds: number): MomentSteps {
  const current = evidence.findLastIndex(({ startSeconds }) => startSeconds <= seconds + slackSeconds);
  return {
    current,
    previous: evidence[current - 1] ?? null,
    next: evidence[current + 1] ?? null,
  };
}

/** The index of the last value that is not greater, or -1. `sorted` ascends. */
export function lastAtOrBefore(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
