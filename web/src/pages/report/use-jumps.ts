// Which moment does a press lead to? Everything with `data-at` leads to that second.
import { useEffect, type RefObject } from 'react';
import type { Playback } from './playback.ts';

/** The second that the pressed element or one around it stands for, or `null`. */
function momentOf(target: EventTarget | null): number | null {
  const element = target instanceof Element ? target.closest('[data-at]') : null;
  const seconds = Number(element?.getAttribute('data-at') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
}

/** One pair of listeners for thousands of words and marks: presses, and Enter and Space on what is no real button. */
export function useJumps(root: RefObject<HTMLElement | null>, playback: Playback): void {
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const jump = (event: Event): void => {
      const at = momentOf(event.target);
      if (at === null) return;
      if (event.type === 'keydown') event.preventDefault();
      playback.seek(at, { play: true });
    };
    const press = (event: KeyboardEvent): void => {
      const isPress = event.key === 'Enter' || event.key === ' ';
      if (isPress && !(event.target instanceof HTMLButtonElement)) jump(event);
    };
    root.current?.addEventListener('click', jump, { signal });
    root.current?.addEventListener('keydown', press, { signal });
    return () => leaving.abort();
  }, [root, playback]);
}
