// Where does a key move a slider over time?

const stepSeconds = 1;
const pageSeconds = 10;

/** The second that a key leads to, or `null` for a key that moves nothing. */
export function targetOfKey(key: string, now: number, lengthSeconds: number): number | null {
  const target = targetOf(key, now, lengthSeconds);
  return target === null ? null : Math.min(lengthSeconds, Math.max(0, target));
}

function targetOf(key: string, now: number, lengthSeconds: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return now - stepSeconds;
    case 'ArrowRight':
    case 'ArrowUp':
      return now + stepSeconds;
    case 'PageDown':
      return now - pageSeconds;
    case 'PageUp':
      return now + pageSeconds;
    case 'Home':
      return 0;
    case 'End':
      return lengthSeconds;
    default:
      return null;
  }
}

/** What a key does anywhere on the page of a report. */
export type PlayerAction = 'toggle' | 'back' | 'forward' | 'captions' | 'fullscreen' | 'mute';

const actions: Readonly<Record<string, PlayerAction>> = {
  ' ': 'toggle',
  k: 'toggle',
  ArrowLeft: 'back',
  ArrowRight: 'forward',
  c: 'captions',
  f: 'fullscreen',
  m: 'mute',
};

interface PressedKey {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** The action of a key; `null` with a modifier, which belongs to the browser. */
export function actionOfKey({ key, altKey, ctrlKey, metaKey }: PressedKey): PlayerAction | null {
  if (altKey || ctrlKey || metaKey) return null;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return Object.hasOwn(actions, name) ? (actions[name] ?? null) : null;
}
