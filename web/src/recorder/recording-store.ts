// Where are recordings until the server has them? In the browser's database, chunk by chunk.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { UploadForm } from '../../../domain/api/shapes.ts';
import type { UploadContentType } from '../../../domain/upload-format.ts';

/** What is known of a recording of this browser. */
export interface StoredRecording {
  /** ULID, so that they sort by time. */
  readonly localId: string;
  /** Whose it is; see `Identity.userId`. */
  readonly userId: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly question: string | null;
  readonly language: string | null;
  readonly sessionId: string;
  readonly consentPolicyVersion: string;
  readonly contentType: UploadContentType;
  /** `recording`: a tab writes it, or died while it did. `kept`: for the user to decide. `sending`: is to be uploaded. */
  readonly status: 'recording' | 'kept' | 'sending';
  readonly durationSeconds: number;
  readonly sizeBytes: number;
  readonly chunkCount: number;
  /** Of all chunks in their order; `null` until the recording has ended. */
  readonly sha256: string | null;
  /** The server's record, once there is one, and its latest upload form. */
  readonly recordId: string | null;
  readonly form: UploadForm | null;
}

interface Schema extends DBSchema {
  recordings: { key: string; value: StoredRecording };
  chunks: { key: [string, number]; value: Blob };
}

export interface RecordingStore {
  /** The recordings of one user. */
  readonly list: (userId: string) => Promise<StoredRecording[]>;
  readonly get: (localId: string) => Promise<StoredRecording | null>;
  /** Writes a recording's facts; those of a recording that is gone are not written again. */
  readonly create: (recording: StoredRecording) => Promise<void>;
  readonly change: (localId: string, change: Partial<StoredRecording>) => Promise<StoredRecording | null>;
  /** Writes a chunk and the facts that it changes in one transaction: both or neither. */
  readonly append: (localId: string, chunk: Blob, durationSeconds: number) => Promise<void>;
  /** The chunks in their order. */
  readonly chunks: (localId: string) => Promise<Blob[]>;
  readonly remove: (localId: string) => Promise<void>;
}

const chunksOf = (localId: string): IDBKeyRange =>
  IDBKeyRange.bound([localId, 0], [localId, Number.MAX_SAFE_INTEGER]);

const open = (): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>('greenroom', 1, {
    upgrade(database) {
      database.createObjectStore('recordings', { keyPath: 'localId' });
      database.createObjectStore('chunks');
    },
  });

/** @throws DOMException `QuotaExceededError` from `append` and `create` when there is no room. */
export async function openRecordingStore(): Promise<RecordingStore> {
  const database = await open();
  const change = async (
    localId: string,
    given: Partial<StoredRecording>,
  ): Promise<StoredRecording | null> => {
    const transaction = database.transaction('recordings', 'readwrite');
    const known = await transaction.store.get(localId);
    const next = known ? { ...known, ...given } : null;
    if (next) await transaction.store.put(next);
    await transaction.done;
    return next;
  };
  return {
    list: async (userId) =>
      (await database.getAll('recordings')).filter((recording) => recording.userId === userId),
    get: async (localId) => (await database.get('recordings', localId)) ?? null,
    create: async (recording) => void (await database.add('recordings', recording)),
    change,
    async append(localId, chunk, durationSeconds) {
      const transaction = database.transaction(['recordings', 'chunks'], 'readwrite', {
        durability: 'strict',
      });
      const recordings = transaction.objectStore('recordings');
      const known = await recordings.get(localId);
      if (known) {
        const chunkCount = known.chunkCount + 1;
        const sizeBytes = known.sizeBytes + chunk.size;
        // Awaited together with `done`: a request that fails by itself would be an unhandled rejection.
        await Promise.all([
          transaction.objectStore('chunks').put(chunk, [localId, known.chunkCount]),
          recordings.put({ ...known, chunkCount, sizeBytes, durationSeconds }),
          transaction.done,
        ]);
      }
    },
    chunks: (localId) => database.getAll('chunks', chunksOf(localId)),
    async remove(localId) {
      const transaction = database.transaction(['recordings', 'chunks'], 'readwrite');
      await Promise.all([
        transaction.objectStore('recordings').delete(localId),
        transaction.objectStore('chunks').delete(chunksOf(localId)),
        transaction.done,
      ]);
    },
  };
}

let opened: Promise<RecordingStore> | null = null;

/** The one store of this page, opened when it is first needed. */
export function recordingStore(): Promise<RecordingStore> {
  opened ??= openRecordingStore().catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}
