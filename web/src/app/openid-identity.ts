// How does a user sign in with OpenID Connect? Authorization code with PKCE, and a refresh token to stay signed in.
import { ErrorResponse, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import { apiScope, signedInPath } from '../../../domain/api/sign-in.ts';
import type { SiteConfig } from '../../../domain/api/site-config.ts';
import type { Identity } from './identity.ts';
import { createNotifier } from './notifier.ts';

type OpenId = Extract<SiteConfig['identity'], { kind: 'openid' }>;

/** Seconds before its end at which a token is renewed. */
const spareSeconds = 60;

const returnToOf = (user: User): string =>
  typeof user.state === 'string' && /^\/(?!\/)/.test(user.state) ? user.state : '/';

/** Cognito's own way to sign out: its discovery document does not name it, and it wants other parameters. */
const signOutAddress = ({ signOutUrl, clientId }: OpenId): string | null => {
  if (signOutUrl === null) return null;
  const address = new URL(signOutUrl);
  address.searchParams.set('client_id', clientId);
  address.searchParams.set('logout_uri', `${location.origin}/`);
  return address.href;
};

/** Keeps the tokens in the tab's session storage: another tab signs in by itself, a closed one has forgotten them. */
export async function createOpenIdIdentity(openId: OpenId): Promise<Identity> {
  const { subscribe, notify } = createNotifier();
  const manager = new UserManager({
    authority: openId.issuer,
    client_id: openId.clientId,
    redirect_uri: location.origin + signedInPath,
    post_logout_redirect_uri: `${location.origin}/`,
    scope: apiScope,
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: false,
    monitorSession: false,
    loadUserInfo: false,
  });
  let user = await manager.getUser();
  let renewal: Promise<User | null> | null = null;

  const become = (next: User | null): User | null => {
    const changed = (user === null) !== (next === null);
    user = next;
    if (changed) notify();
    return next;
  };
  const forget = async (): Promise<void> => {
    await manager.removeUser();
    become(null);
  };
  const renew = async (): Promise<User | null> => {
    try {
      return become(await manager.signinSilent());
    } catch (error) {
      // Only the issuer's own refusal ends the session; without a network it is as good as before.
      if (error instanceof ErrorResponse) await forget();
      return user;
    }
  };
  const current = async (): Promise<User | null> => {
    if (user === null || (user.expires_in ?? 0) > spareSeconds) return user;
    if (!user.refresh_token) {
      // Without a refresh token only a hidden frame could renew, which the page's policy forbids.
      if (user.expired) await forget();
      return user;
    }
    renewal ??= renew().finally(() => (renewal = null));
    return renewal;
  };
  return {
    kind: 'openid',
    token: async () => (await current())?.access_token ?? null,
    isSignedIn: () => user !== null,
    userId: () => user?.profile.sub ?? '',
    subscribe,
    refuse: () => void forget(),
    signIn: (returnTo) => manager.signinRedirect({ state: returnTo }),
    async finishSignIn() {
      const signedIn = await manager.signinRedirectCallback();
      become(signedIn);
      return returnToOf(signedIn);
    },
    async signOut() {
      if (user?.refresh_token) await manager.revokeTokens(['refresh_token']).catch(() => null);
      const address = signOutAddress(openId);
      // An issuer that says where to sign out wants to know whom, which is forgotten on the way there.
      if (address === null) return manager.signoutRedirect();
      await forget();
      location.assign(address);
    },
  };
}
