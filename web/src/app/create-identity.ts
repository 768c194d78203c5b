// Which way of signing in does this site have?
import type { SiteConfig } from '../../../domain/api/site-config.ts';
import type { Identity } from './identity.ts';

/** The identity that the site's configuration asks for; OpenID's client is loaded only where it is used. */
export async function createIdentity(config: SiteConfig): Promise<Identity> {
  if (config.identity.kind === 'local-session') {
    const { createLocalIdentity } = await import('./local-identity.ts');
    return createLocalIdentity(window);
  }
  const { createOpenIdIdentity } = await import('./openid-identity.ts');
  return createOpenIdIdentity(config.identity);
}
