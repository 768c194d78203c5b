// How does a page follow a take?
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { isActive, type RecorderState } from '../../recorder/recorder-state.ts';
import { startTake, type Take, type TakeOptions } from './take.ts';

export interface FollowedTake {
  readonly localId: string | null;
  /** `null` before the first press of the button. */
  readonly state: RecorderState | null;
  readonly elapsedSeconds: number;
  /** Why the take could not begin. */
  readonly error: unknown;
  readonly start: (options: TakeOptions) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
}

/** Seconds before which “finish” is the second half of a double click on “start”, in whose place it appears. */
const shortestSeconds = 0.7;

const noSubscription = () => () => undefined;

/** Seconds so far, looked at four times a second while something is recorded. */
function useElapsed(take: Take | null, state: RecorderState | null): number {
  const [, redraw] = useState(0);
  useEffect(() => {
    if (state?.name !== 'recording') return undefined;
    const timer = setInterval(() => redraw((count) => count + 1), 250);
    return () => clearInterval(timer);
  }, [state?.name]);
  return take?.recorder.elapsedSeconds() ?? 0;
}

/** A take that is left behind with its page is stopped; what it recorded is kept for the next visit. */
export function useTake(): FollowedTake {
  const [take, setTake] = useState<Take | null>(null);
  const [error, setError] = useState<unknown>(null);
  const current = useRef<Take | null>(null);
  const isGone = useRef(false);
  const isStarting = useRef(false);
  const state = useSyncExternalStore(
    take?.recorder.subscribe ?? noSubscription,
    () => take?.recorder.state() ?? null,
  );

  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      current.current?.recorder.stop();
    };
  }, []);
  const start = useCallback(async (options: TakeOptions): Promise<void> => {
    if (isStarting.current || (current.current && isActive(current.current.recorder.state()))) return;
    isStarting.current = true;
    setError(null);
    try {
      const next = await startTake(options);
      current.current = next;
      setTake(next);
      if (isGone.current) next.recorder.stop();
    } catch (failure) {
      setError(failure);
    }
    isStarting.current = false;
  }, []);
  return {
    localId: take?.localId ?? null,
    state,
    elapsedSeconds: useElapsed(take, state),
    error,
    start: (options) => void start(options),
    pause: () => take?.recorder.pause(),
    resume: () => take?.recorder.resume(),
    stop: () => {
      if (take && take.recorder.elapsedSeconds() >= shortestSeconds) take.recorder.stop();
    },
  };
}
