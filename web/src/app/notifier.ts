// How do others learn that something changed?
import type { Identity } from './identity.ts';

/** Listeners that are called in the order in which they came. */
export function createNotifier(): {
  readonly subscribe: Identity['subscribe'];
  readonly notify: () => void;
} {
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    notify() {
      for (const listener of listeners) listener();
    },
  };
}
