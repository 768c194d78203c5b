// How does the page get the local session's token? From the address's fragment, from which it vanishes at once.
import type { Identity } from './identity.ts';
import { createNotifier } from './notifier.ts';

const storageKey = 'greenroom.session-token';

/** The token in `#token=…`, or `null`. */
export const tokenInFragment = (hash: string): string | null => {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token');
  return token !== null && /^[\w.~+/=-]{16,512}$/.test(token) ? token : null;
};

type Place = Pick<Window, 'location' | 'history' | 'sessionStorage' | 'localStorage' | 'addEventListener'>;

const storagesOf = (place: Place): Storage[] => {
  try {
    return [place.sessionStorage, place.localStorage];
  } catch {
    return [];
  }
};

/** Takes a token out of the address, where nobody may read it over a shoulder or in the history. */
function takeFromAddress({ location, history }: Place): string | null {
  if (!location.hash.includes('token=')) return null;
  const token = tokenInFragment(location.hash);
  history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}

/** Takes the token from the address (or what an earlier visit kept), and keeps it for this tab and later visits. */
export function createLocalIdentity(place: Place): Identity {
  const { subscribe, notify } = createNotifier();
  const storages = storagesOf(place);
  let token: string | null = null;
  const become = (next: string | null): void => {
    const changed = next !== token;
    token = next;
    for (const storage of storages) {
      if (next === null) storage.removeItem(storageKey);
      else storage.setItem(storageKey, next);
    }
    if (changed) notify();
  };
  become(
    takeFromAddress(place) ?? storages.map((storage) => storage.getItem(storageKey)).find(Boolean) ?? null,
  );
  // The link opened where the app already is changes the fragment and loads nothing.
  place.addEventListener('hashchange', () => {
    const given = takeFromAddress(place);
    if (given !== null) become(given);
  });
  return {
    kind: 'local-session',
    token: () => Promise.resolve(token),
    isSignedIn: () => token !== null,
    // There is one user, whose token may change.
    userId: () => (token === null ? '' : 'local'),
    subscribe,
    refuse: () => become(null),
    signIn: () => Promise.resolve(),
    finishSignIn: () => Promise.resolve('/'),
    signOut: () => Promise.resolve(become(null)),
  };
}
