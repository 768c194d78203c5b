// When must the recording stop? Asked by a timer, by every chunk and whenever the page comes back into view.
import type { RecordingClock } from './recording-clock.ts';

/** Seconds before the limit at which the user is warned. */
export const warningSeconds = 60;

export interface LimitWatch {
  /** Looks at the clock; may be called as often as one likes, and by whoever is awake. */
  readonly look: () => void;
  readonly end: () => void;
}

export interface LimitWatchSurroundings {
  readonly clock: RecordingClock;
  readonly limitSeconds: number;
  readonly onWarning: () => void;
  /** Called once. */
  readonly onLimit: () => void;
  readonly setInterval: (look: () => void, ms: number) => unknown;
  readonly clearInterval: (timer: unknown) => void;
}

/** Milliseconds between two looks of the timer; a hidden page's timers are slower, which the other callers make up for. */
const everyMs = 200;

export function watchLimit(surroundings: LimitWatchSurroundings): LimitWatch {
  const { clock, limitSeconds, onWarning, onLimit } = surroundings;
  let warned = limitSeconds <= warningSeconds;
  let ended = false;
  const end = (): void => {
    ended = true;
    surroundings.clearInterval(timer);
  };
  const look = (): void => {
    if (ended) return;
    const leftMs = limitSeconds * 1000 - clock.elapsedMs();
    if (!warned && leftMs <= warningSeconds * 1000) {
      warned = true;
      onWarning();
    }
    if (leftMs > 0) return;
    end();
    onLimit();
  };
  const timer = surroundings.setInterval(look, everyMs);
  return { look, end };
}
