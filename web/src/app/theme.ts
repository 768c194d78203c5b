// Which colours does the page have? The system's, unless the user chose.
import { useSyncExternalStore } from 'react';
import { recall, remember } from './remembered.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const listeners = new Set<() => void>();

const currentTheme = (): Theme => {
  const kept = recall('theme');
  return kept === 'light' || kept === 'dark' ? kept : 'system';
};

/** Shows the colours at once and remembers them; `public/theme.js` begins with them on the next visit. */
export function chooseTheme(theme: Theme): void {
  remember('theme', theme === 'system' ? null : theme);
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  for (const listener of listeners) listener();
}

export const useTheme = (): Theme =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentTheme);
