// What does every part of the app have at hand?
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { SiteConfig } from '../../../domain/api/site-config.ts';
import type { ApiClient } from '../api/client.ts';
import type { Identity } from './identity.ts';

export interface AppSurroundings {
  readonly config: SiteConfig;
  readonly identity: Identity;
  readonly api: ApiClient;
}

export const AppContext = createContext<AppSurroundings | null>(null);

/** @throws Error outside of the app's providers. */
export function useApp(): AppSurroundings {
  const app = useContext(AppContext);
  if (!app) throw new Error('There is no app around this component.');
  return app;
}

/** See `Identity.userId`. */
export const useUserId = (): string => useApp().identity.userId();

export const useApi = (): ApiClient => useApp().api;

export function useIsSignedIn(): boolean {
  const { identity } = useApp();
  return useSyncExternalStore(identity.subscribe, identity.isSignedIn);
}
