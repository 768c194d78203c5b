// How does a playing video stay in sight while its place on the page is scrolled away?
import { useEffect, type RefObject } from 'react';
import { usePlaybackState } from './playback-context.ts';

/** The frame keeps its height, so that nothing on the page moves. */
export function useFloating(frame: RefObject<HTMLElement | null>): void {
  const { isPlaying } = usePlaybackState();
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const update = (isAway: boolean): void => {
      const isFloating = isAway && isPlaying && document.fullscreenElement === null;
      if (isFloating) element.style.height ||= `${element.offsetHeight}px`;
      else element.style.removeProperty('height');
      element.classList.toggle('is-floating', isFloating);
    };
    const watch = new IntersectionObserver((entries) =>
      update(!entries.some((entry) => entry.isIntersecting)),
    );
    watch.observe(element);
    return () => {
      watch.disconnect();
      update(false);
    };
  }, [frame, isPlaying]);
}
