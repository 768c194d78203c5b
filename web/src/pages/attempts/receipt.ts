// Where does the receipt of a deletion wait until it was read? What was deleted is gone from every page.
import { useSyncExternalStore } from 'react';
import type { Receipt } from '../../../../domain/api/shapes.ts';

let current: Receipt | null = null;
const listeners = new Set<() => void>();

/** Shows a receipt on the list of attempts, whichever page deleted something; `null` puts it away. */
export function showReceipt(receipt: Receipt | null): void {
  current = receipt;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useReceipt = (): Receipt | null => useSyncExternalStore(subscribe, () => current);
