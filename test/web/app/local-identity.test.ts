// Does the page keep the session's token to itself?
import { expect } from 'chai';
import { createLocalIdentity, tokenInFragment } from '../../../web/src/app/local-identity.ts';

const token = 'abcdefghijklmnopqrstuvwxyz-0123456789_ABCDE';

function memoryStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  } as Storage;
}

/** A tab; `storages` of an earlier one may be handed on. */
function tabAt(hash: string, localStorage = memoryStorage()) {
  const events = new EventTarget();
  const location = { hash, pathname: '/attempts', search: '?x=1' };
  const history = {
    state: null,
    replaceState: (_state: unknown, _title: string, address: string) => {
      location.hash = address.includes('#') ? address.slice(address.indexOf('#')) : '';
    },
  };
  const place = { location, history, localStorage, sessionStorage: memoryStorage() };
  const page = { ...place, addEventListener: events.addEventListener.bind(events) } as unknown as Window;
  return { page, location, events, localStorage };
}

describe('local session', () => {
  it('takes the token from the fragment, which is gone at once', async () => {
    const { page, location } = tabAt(`#token=${token}`);
    const identity = createLocalIdentity(page);
    expect(await identity.token()).to.equal(token);
    expect(location.hash).to.equal('');
  });

  it('is still signed in on a later visit', async () => {
    const { page, localStorage } = tabAt(`#token=${token}`);
    createLocalIdentity(page);
    expect(await createLocalIdentity(tabAt('', localStorage).page).token()).to.equal(token);
  });

  it('takes a link that is opened in the tab that is there already', () => {
    const { page, location, events } = tabAt('');
    const identity = createLocalIdentity(page);
    let changes = 0;
    identity.subscribe(() => (changes += 1));
    location.hash = `#token=${token}`;
    events.dispatchEvent(new Event('hashchange'));
    expect([identity.isSignedIn(), changes, location.hash]).to.deep.equal([true, 1, '']);
  });

  it('forgets a token that the server refused, in every later visit too', async () => {
    const { page, localStorage } = tabAt(`#token=${token}`);
    createLocalIdentity(page).refuse();
    const later = createLocalIdentity(tabAt('', localStorage).page);
    expect(await later.token()).to.equal(null);
  });

  it('prefers the token of the link to an older one', async () => {
    const { page, localStorage } = tabAt(`#token=${token}`);
    createLocalIdentity(page);
    const next = `${token}next`;
    expect(await createLocalIdentity(tabAt(`#token=${next}`, localStorage).page).token()).to.equal(next);
  });

  const noTokens = [
    '',
    '#',
    '#main',
    '#token=',
    '#token=short',
    '#token=<script>alert(1)</script>',
    `#token=${'a'.repeat(600)}`,
  ];
  for (const hash of noTokens) {
    it(`finds no token in ${JSON.stringify(hash.slice(0, 24))}`, () => {
      expect(tokenInFragment(hash)).to.equal(null);
    });
  }
});
