// Which tab works on a recording? The one that holds its lock, which a dead tab cannot.

const nameOf = (localId: string): string => `greenroom.recording.${localId}`;

/** Holds a recording until the returned function is called or the tab is gone; `null` when another tab holds it. */
export function holdRecording(localId: string): Promise<(() => void) | null> {
  if (!('locks' in navigator)) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(nameOf(localId), { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

/** The recordings that some tab holds now. */
export async function heldRecordings(): Promise<(localId: string) => boolean> {
  if (!('locks' in navigator)) return () => false;
  const { held = [] } = await navigator.locks.query();
  const names = new Set(held.map(({ name }) => name));
  return (localId) => names.has(nameOf(localId));
}
