// Which keys move the player wherever the focus is on the page?
import { useEffect } from 'react';
import type { Playback } from './playback.ts';
import { actionOfKey, type PlayerAction } from './step-keys.ts';

const stepSeconds = 5;

/** Elements that have a use of their own for these keys. */
const ownKeys =
  'input, textarea, select, button, a, summary, [role="slider"], [role="button"], [role="listbox"], [role="option"], [role="menu"], [role="menuitem"], [role="dialog"], [role="alertdialog"], [role="region"], [contenteditable="true"]';

const hasOwnKeys = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(ownKeys) !== null;

interface Doings {
  readonly isOn: boolean;
  readonly toggleCaptions: () => void;
  readonly fullscreen: () => void;
}

/** Space or k, arrows, m, c and f, as players on the web have them; never while something else has the keys. */
export function usePlayerKeys(playback: Playback, { isOn, toggleCaptions, fullscreen }: Doings): void {
  useEffect(() => {
    if (!isOn) return;
    const act: { readonly [Action in PlayerAction]: () => void } = {
      toggle: playback.toggle,
      back: () => playback.seek(playback.position() - stepSeconds),
      forward: () => playback.seek(playback.position() + stepSeconds),
      mute: playback.toggleMute,
      captions: toggleCaptions,
      fullscreen,
    };
    const press = (event: KeyboardEvent): void => {
      const action = actionOfKey(event);
      if (action === null || event.defaultPrevented) return;
      // Letters do nothing on buttons and links; Space and the arrows do.
      const isLetter = event.key.length === 1 && event.key !== ' ';
      const isTyping = event.target instanceof Element && event.target.matches('input, textarea, select');
      if (isTyping || (!isLetter && hasOwnKeys(event.target))) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      act[action]();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [playback, isOn, toggleCaptions, fullscreen]);
}
