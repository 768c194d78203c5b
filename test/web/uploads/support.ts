// What do the tests of uploads stand on? A store in memory and an API that answers as it is told.
import type { UploadForm } from '../../../domain/api/shapes.ts';
import type { ApiClient } from '../../../web/src/api/client.ts';
import type { RecordingStore, StoredRecording } from '../../../web/src/recorder/recording-store.ts';

export const formUntil = (expiresAt: string, url = 'kept'): UploadForm => ({ url, fields: {}, expiresAt });

export const stored = (given: Partial<StoredRecording>): StoredRecording => ({
  localId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  userId: 'local',
  createdAt: '2026-11-21T11:00:00Z',
  question: 'Why?',
  language: 'en',
  sessionId: '01ARZ3NDEKTSV4RRFFQ69G5FAW',
  consentPolicyVersion: '2026-11-21',
  contentType: 'video/mp4',
  status: 'sending',
  durationSeconds: 2,
  sizeBytes: 12,
  chunkCount: 2,
  sha256: 'a'.repeat(64),
  recordId: null,
  form: null,
  ...given,
});

/** One recording, as the browser's database would keep it. */
export function memoryStore(recording: StoredRecording, chunks: readonly Blob[]): RecordingStore {
  let known: StoredRecording | null = recording;
  const forget = (): Promise<void> => Promise.resolve(void (known = null));
  return {
    list: () => Promise.resolve(known ? [known] : []),
    get: () => Promise.resolve(known),
    create: () => Promise.resolve(),
    change: (_, change) => Promise.resolve((known = known && { ...known, ...change })),
    append: () => Promise.resolve(),
    chunks: () => Promise.resolve([...chunks]),
    remove: forget,
  };
}

/** Answers by operation: a value, or an error to be thrown; what is not named succeeds. */
export type ApiScript = { readonly [id: string]: unknown };

const successes: ApiScript = {
  createRecord: { record: { recordId: 'R' }, upload: formUntil('2026-11-21T12:05:00Z', 'created') },
  renewUpload: formUntil('2026-11-21T12:10:00Z', 'renewed'),
};

export function scriptedApi(script: ApiScript) {
  const asked: { readonly id: string; readonly question: unknown }[] = [];
  const ask = (id: string, question: unknown): Promise<unknown> => {
    asked.push({ id, question });
    const answer = script[id] ?? successes[id];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { client: { ask } as unknown as ApiClient, asked };
}
