// Which recordings are being sent? One after the other, across pages and reloads.
import type { StoredRecording } from '../recorder/recording-store.ts';
import { isClosed, nextUploadState, type UploadEvent, type UploadState } from './upload-state.ts';

export interface Upload {
  readonly localId: string;
  readonly question: string | null;
  readonly sizeBytes: number;
  readonly state: UploadState;
}

export interface UploadManager {
  readonly uploads: () => readonly Upload[];
  readonly subscribe: (listener: () => void) => () => void;
  /** Puts a recording at the end of the queue; one that is there already is tried again. */
  readonly add: (recording: StoredRecording) => void;
  /** Stops sending; the recording stays in this browser. */
  readonly cancel: (localId: string) => void;
  /** Takes a closed upload off the list. */
  readonly dismiss: (localId: string) => void;
  readonly stopAll: () => void;
}

export interface ManagerSurroundings {
  /** Sends one recording and tells of it; settles when it is over. */
  readonly send: (localId: string, tell: (event: UploadEvent) => void, signal: AbortSignal) => Promise<void>;
  /** The user stopped it: the recording is no longer one to be sent. */
  readonly onCancelled: (localId: string) => void;
  readonly onError: (error: unknown) => void;
}

export function createUploadManager({ send, onCancelled, onError }: ManagerSurroundings): UploadManager {
  let uploads: readonly Upload[] = [];
  let current: { readonly localId: string; readonly abort: AbortController } | null = null;
  const listeners = new Set<() => void>();

  const show = (next: readonly Upload[]): void => {
    uploads = next;
    for (const listener of listeners) listener();
  };
  const apply = (localId: string, event: UploadEvent): void =>
    show(
      uploads.map((upload) =>
        upload.localId === localId ? { ...upload, state: nextUploadState(upload.state, event) } : upload,
      ),
    );
  const work = async (): Promise<void> => {
    if (current) return;
    const next = uploads.find(({ state }) => state.name === 'waiting');
    if (!next) return;
    const { localId } = next;
    current = { localId, abort: new AbortController() };
    try {
      await send(localId, (event) => apply(localId, event), current.abort.signal);
    } catch (error) {
      apply(localId, { name: 'fail', failure: 'PROTOCOL' });
      onError(error);
    }
    current = null;
    void work();
  };
  return {
    uploads: () => uploads,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add({ localId, question, sizeBytes }) {
      const known = uploads.find((upload) => upload.localId === localId);
      if (known && !isClosed(known.state) && known.state.name !== 'elsewhere') return;
      if (known) apply(localId, { name: 'again' });
      else show([...uploads, { localId, question, sizeBytes, state: { name: 'waiting' } }]);
      void work();
    },
    cancel(localId) {
      apply(localId, { name: 'cancel' });
      if (current?.localId === localId) current.abort.abort();
      onCancelled(localId);
    },
    dismiss: (localId) => show(uploads.filter((upload) => upload.localId !== localId)),
    stopAll() {
      current?.abort.abort();
      show([]);
    },
  };
}
