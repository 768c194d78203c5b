// How are the uploads of this browser begun, and gone on with after a reload?
import type { QueryClient } from '@tanstack/react-query';
import type { AppSurroundings } from '../app/context.ts';
import { keys } from '../api/queries.ts';
import { holdRecording } from '../recorder/locks.ts';
import { recordingStore } from '../recorder/recording-store.ts';
import { postForm } from './post-form.ts';
import { sendRecording } from './send-recording.ts';
import { createUploadManager, type UploadManager } from './upload-manager.ts';
import { pauseForNetwork } from './wait-for-network.ts';

/** Milliseconds after which a recording that another tab was sending is looked at again. */
const elsewhereMs = 3000;

/** A manager that already knows what an earlier visit left to be sent. */
export async function startUploads(
  { api, identity }: Pick<AppSurroundings, 'api' | 'identity'>,
  queryClient: QueryClient,
): Promise<UploadManager> {
  const store = await recordingStore();
  const manager = createUploadManager({
    async send(localId, tell, signal) {
      const release = await holdRecording(localId);
      if (!release) {
        setTimeout(() => void lookAgain(localId), elsewhereMs);
        return tell({ name: 'other-tab' });
      }
      try {
        await sendRecording(localId, {
          api,
          store,
          tell(event) {
            tell(event);
            // What cannot be sent as it is waits for the user, on the page where one practises.
            if (event.name === 'fail') void store.change(localId, { status: 'kept' });
          },
          signal,
          post: postForm,
          pause: pauseForNetwork,
          now: Date.now,
        });
      } finally {
        release();
        void queryClient.invalidateQueries({ queryKey: keys.records });
      }
    },
    onCancelled: (localId) => void giveUp(localId),
    onError: (error) => console.error(error),
  });
  async function lookAgain(localId: string): Promise<void> {
    const recording = await store.get(localId);
    if (recording?.status === 'sending') manager.add(recording);
    else manager.dismiss(localId);
  }
  async function giveUp(localId: string): Promise<void> {
    const recordId = (await store.get(localId))?.recordId ?? null;
    await store.change(localId, { status: 'kept', recordId: null, form: null });
    if (recordId === null) return;
    // A record that waits for nothing would stand in the list; the server removes it after a day if this fails.
    await api.ask('deleteRecord', { parameters: { recordId } }).catch(() => null);
    await queryClient.invalidateQueries({ queryKey: keys.records });
  }
  const left = await store.list(identity.userId());
  for (const recording of left) if (recording.status === 'sending') manager.add(recording);
  return manager;
}
