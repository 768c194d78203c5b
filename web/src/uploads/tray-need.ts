// Is the tray needed, or does the page itself show the uploads?
import { useEffect, useSyncExternalStore } from 'react';

let pagesThatShow = 0;
const listeners = new Set<() => void>();

function count(change: number): void {
  pagesThatShow += change;
  for (const listener of listeners) listener();
}

/** For a page that shows the uploads in its own place. */
export function useShowsUploads(): void {
  useEffect(() => {
    count(1);
    return () => count(-1);
  }, []);
}

export const useIsTrayNeeded = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => pagesThatShow === 0,
  );
