// How is a stored recording played before it was sent?
import { useEffect, useState } from 'react';
import { recordingStore } from './recording-store.ts';

/** An address of the whole recording, good while the component is shown; `null` until it is there. */
export function usePlaybackAddress(localId: string | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (localId === null) return undefined;
    let made: string | null = null;
    let ended = false;
    const make = async (): Promise<void> => {
      const store = await recordingStore();
      const [recording, chunks] = await Promise.all([store.get(localId), store.chunks(localId)]);
      if (ended || !recording) return;
      made = URL.createObjectURL(new Blob(chunks, { type: recording.contentType }));
      setAddress(made);
    };
    void make().catch(() => setAddress(null));
    return () => {
      ended = true;
      setAddress(null);
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [localId]);
  return address;
}

/**
 * A recorder's file does not say how long it is, and players then cannot seek. Far beyond its end there is only the
 * end, and once a player has been there it knows.
 */
export function findDuration(video: HTMLVideoElement): void {
  if (video.duration !== Infinity) return;
  const back = (): void => {
    if (video.duration === Infinity) return;
    video.removeEventListener('durationchange', back);
    video.currentTime = 0;
  };
  video.addEventListener('durationchange', back);
  video.currentTime = 1e7;
}
