// What does the browser remember for us between visits? Small texts; a browser that refuses forgets, and that is all.

/** The remembered text, or `null`. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`greenroom.${name}`);
  } catch {
    return null;
  }
}

/** Remembers a text; `null` forgets it. */
export function remember(name: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(`greenroom.${name}`);
    else localStorage.setItem(`greenroom.${name}`, text);
  } catch {
    // Private windows of some browsers have no storage: the choice then holds for this visit only.
  }
}

/** Forgets what was chosen and agreed to, as after everything was deleted; the session goes on. */
export function forgetAll(): void {
  for (const name of ['consent', 'camera', 'microphone', 'language', 'theme']) remember(name, null);
}
