// How does the app show who its user is? One interface, two ways: a local session's token, or OpenID Connect.
import type { SiteConfig } from '../../../domain/api/site-config.ts';

export interface Identity {
  readonly kind: SiteConfig['identity']['kind'];
  /** A token that is good now, renewed where needed, or `null` when nobody is signed in. */
  readonly token: () => Promise<string | null>;
  readonly isSignedIn: () => boolean;
  /**
   * Who is signed in, as far as this browser must tell its users apart: what one of them recorded here is no business
   * of the next. Empty when nobody is.
   */
  readonly userId: () => string;
  /** Told at each change of `isSignedIn`; returns how to stop listening. */
  readonly subscribe: (listener: () => void) => () => void;
  /** The server did not take the token. */
  readonly refuse: () => void;
  /** Leaves the page to sign in; comes back to `returnTo`. Does nothing in a local session. */
  readonly signIn: (returnTo: string) => Promise<void>;
  /** Ends what `signIn` began, on the page that the issuer comes back to; answers where the user was. */
  readonly finishSignIn: () => Promise<string>;
  readonly signOut: () => Promise<void>;
}
