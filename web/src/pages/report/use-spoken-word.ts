// How does the transcript follow the player?
import { useEffect, type RefObject } from 'react';
import type { Word } from '../../../../domain/transcript.ts';
import { lastAtOrBefore } from './moment-steps.ts';
import { usePlayback } from './playback-context.ts';

/** A reader who scrolls is left alone for this long. */
const scrollRestMs = 4000;

/** Scrolls the region only, never the page. */
function keepInView(word: Element, region: Element): void {
  const box = region.getBoundingClientRect();
  const place = word.getBoundingClientRect();
  const margin = place.height * 2;
  if (place.top >= box.top + margin && place.bottom <= box.bottom - margin) return;
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  region.scrollBy({ top: place.top - box.top - box.height / 3, behavior: isCalm ? 'auto' : 'smooth' });
}

interface SpokenWordOptions {
  readonly region: RefObject<HTMLElement | null>;
  readonly words: readonly Word[];
  readonly isFollowing: boolean;
}

/** Marks the word that is spoken, by hand: a rendering for each word would be felt. Arrow keys go from word to word. */
export function useSpokenWord({ region, words, isFollowing }: SpokenWordOptions): void {
  const playback = usePlayback();
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const starts = words.map(({ startSeconds }) => startSeconds);
    const leaving = new AbortController();
    const { signal } = leaving;
    let spoken: Element | null = null;
    let scrolledAt = -scrollRestMs;
    let hasMoved = false;
    const rest = (): void => void (scrolledAt = performance.now());
    const follow = (seconds: number): void => {
      const word = element.querySelector(`[data-word="${lastAtOrBefore(starts, seconds + 0.001)}"]`);
      if (word === spoken) return;
      spoken?.classList.remove('is-spoken');
      word?.classList.add('is-spoken');
      spoken = word;
      // Where the page begins nothing is to be scrolled, and a look at the layout costs.
      if (word && hasMoved && isFollowing && performance.now() - scrolledAt > scrollRestMs)
        keepInView(word, element);
    };
    const step = (event: KeyboardEvent): void => {
      const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (direction === 0) return rest();
      const now = lastAtOrBefore(starts, playback.position() + 0.001);
      const target = starts[Math.min(starts.length - 1, Math.max(0, now + direction))];
      if (target === undefined) return;
      event.preventDefault();
      scrolledAt = -scrollRestMs;
      playback.seek(target);
    };
    element.addEventListener('wheel', rest, { signal, passive: true });
    element.addEventListener('touchmove', rest, { signal, passive: true });
    element.addEventListener('keydown', step, { signal });
    const leave = playback.onMove(follow);
    hasMoved = true;
    return () => {
      leaving.abort();
      leave();
      spoken?.classList.remove('is-spoken');
    };
  }, [playback, region, words, isFollowing]);
}
