// What is stored of a recording, as a page sees it?
import { useEffect, useState } from 'react';
import { recordingStore, type StoredRecording } from './recording-store.ts';

/** `undefined` until it was looked for. */
export function useRecording(localId: string | null): StoredRecording | null | undefined {
  const [recording, setRecording] = useState<StoredRecording | null | undefined>(undefined);
  useEffect(() => {
    let ended = false;
    const look = async (): Promise<void> => {
      const found = localId === null ? null : await (await recordingStore()).get(localId);
      if (!ended) setRecording(found);
    };
    void look().catch(() => setRecording(null));
    return () => {
      ended = true;
    };
  }, [localId]);
  return recording;
}
