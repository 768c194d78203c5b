// How does a recording get into the store while it is made? One chunk after the other, hashed on the way.
import type { RecordingStore } from './recording-store.ts';
import { createGrowingHash } from './content-hash.ts';

export interface ChunkSink {
  /** Queues a chunk; chunks are stored in the order of the calls. */
  readonly add: (chunk: Blob, durationSeconds: number) => void;
  /** Waits for what is queued, notes the hash and that the recording has ended; answers the bytes that are stored. */
  readonly end: () => Promise<number>;
}

/** @param onFull - Called once when a chunk could not be stored; what was stored before it stays. */
export function createChunkSink(
  store: Pick<RecordingStore, 'append' | 'change'>,
  localId: string,
  onFull: (error: unknown) => void,
): ChunkSink {
  const hash = createGrowingHash();
  let storedBytes = 0;
  let isFull = false;
  let queue = Promise.resolve();
  const put = async (chunk: Blob, durationSeconds: number): Promise<void> => {
    // After a gap nothing may follow: a file with a hole is worth less than one that ends early.
    if (isFull || chunk.size === 0) return;
    try {
      await store.append(localId, chunk, durationSeconds);
    } catch (error) {
      isFull = true;
      onFull(error);
      return;
    }
    await hash.add(chunk);
    storedBytes += chunk.size;
  };
  return {
    add(chunk, durationSeconds) {
      queue = queue.then(() => put(chunk, durationSeconds));
    },
    async end() {
      await queue;
      await store.change(localId, { status: 'kept', sha256: storedBytes > 0 ? hash.digest() : null });
      return storedBytes;
    },
  };
}
