// How do pages reach the uploads?
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useApp } from '../app/context.ts';
import { startUploads } from './start-uploads.ts';
import type { Upload, UploadManager } from './upload-manager.ts';

const UploadsContext = createContext<UploadManager | null>(null);

/** Starts the uploads of whoever is signed in, and stops them with the session. */
export function UploadsProvider({ children }: { readonly children: ReactNode }) {
  const app = useApp();
  const queryClient = useQueryClient();
  const [manager, setManager] = useState<UploadManager | null>(null);
  useEffect(() => {
    let started: UploadManager | null = null;
    let ended = false;
    const start = async (): Promise<void> => {
      started = await startUploads(app, queryClient);
      if (ended) started.stopAll();
      else setManager(started);
    };
    // Without a database (some private windows) there is nothing to go on with; recording says so itself.
    void start().catch(() => undefined);
    return () => {
      ended = true;
      started?.stopAll();
    };
  }, [app, queryClient]);
  return <UploadsContext value={manager}>{children}</UploadsContext>;
}

/** The manager, or `null` until the browser's database is open. */
export const useUploadManager = (): UploadManager | null => useContext(UploadsContext);

const none: readonly Upload[] = [];
const noSubscription = () => () => undefined;

export function useUploads(): readonly Upload[] {
  const manager = useUploadManager();
  return useSyncExternalStore(manager?.subscribe ?? noSubscription, () => manager?.uploads() ?? none);
}
