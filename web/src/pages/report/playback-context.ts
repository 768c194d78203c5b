// How do the parts of a report reach its player?
import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import type { Playback, PlaybackState } from './playback.ts';

export const PlaybackContext = createContext<Playback | null>(null);

/** @throws Error outside of a report. */
export function usePlayback(): Playback {
  const playback = useContext(PlaybackContext);
  if (!playback) throw new Error('There is no player around this component.');
  return playback;
}

export function usePlaybackState(): PlaybackState {
  const playback = usePlayback();
  return useSyncExternalStore(playback.subscribe, playback.state);
}

/** Calls at once and at each change of position; `listener` must stay the same between renderings. */
export function useMove(listener: (seconds: number) => void): void {
  const playback = usePlayback();
  useEffect(() => playback.onMove(listener), [playback, listener]);
}
