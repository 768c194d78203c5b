// What does the app know of its host? It asks once, before anything else.
import type { SiteConfig } from '../../../domain/api/site-config.ts';

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null;

function identityOf(value: unknown): SiteConfig['identity'] {
  if (!isObject(value)) throw new Error('config.json does not say how to sign in.');
  const { kind, issuer, clientId, signOutUrl } = value;
  if (kind === 'local-session') return { kind };
  if (kind === 'openid' && typeof issuer === 'string' && typeof clientId === 'string') {
    return { kind, issuer, clientId, signOutUrl: typeof signOutUrl === 'string' ? signOutUrl : null };
  }
  throw new Error('config.json names a way to sign in that this version does not know.');
}

/** Checks by hand what `siteConfigSchema` says, because the schema language weighs as much as a page. */
export function parseConfig(value: unknown): SiteConfig {
  if (!isObject(value)) throw new Error('config.json is no object.');
  const { apiUrl, recordingLimitSeconds } = value;
  return {
    apiUrl: typeof apiUrl === 'string' ? apiUrl.replace(/\/+$/, '') : '/api',
    identity: identityOf(value['identity']),
    recordingLimitSeconds:
      typeof recordingLimitSeconds === 'number' && recordingLimitSeconds > 0
        ? Math.floor(recordingLimitSeconds)
        : 1800,
  };
}

/** @throws Error when the host has no usable `config.json`. */
export async function readConfig(): Promise<SiteConfig> {
  const response = await fetch('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`config.json: ${String(response.status)}`);
  return parseConfig(await response.json());
}
