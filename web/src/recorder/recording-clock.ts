// How long has been recorded? By the wall clock, whatever the timers of the page do.

/** Counts the milliseconds between starts and pauses on a clock that only goes forward (`performance.now`). */
export interface RecordingClock {
  readonly start: () => void;
  readonly pause: () => void;
  readonly isRunning: () => boolean;
  readonly elapsedMs: () => number;
}

export function createRecordingClock(now: () => number): RecordingClock {
  let countedMs = 0;
  let runningSince: number | null = null;
  const elapsedMs = (): number => countedMs + (runningSince === null ? 0 : now() - runningSince);
  return {
    start() {
      runningSince ??= now();
    },
    pause() {
      countedMs = elapsedMs();
      runningSince = null;
    },
    isRunning: () => runningSince !== null,
    elapsedMs,
  };
}
