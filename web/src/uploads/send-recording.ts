// How does one recording get to the server, whatever happens on the way?
import type { UploadForm } from '../../../domain/api/shapes.ts';
import type { ApiClient } from '../api/client.ts';
import { codeOfFailure, ProblemError } from '../api/problem-error.ts';
import { delayBeforeMs, mayPass } from '../api/retry-policy.ts';
import { hashOf } from '../recorder/content-hash.ts';
import type { RecordingStore, StoredRecording } from '../recorder/recording-store.ts';
import type { PostOptions, PostResult } from './post-form.ts';
import type { UploadEvent, UploadFailure } from './upload-state.ts';

export interface SendSurroundings {
  readonly api: ApiClient;
  readonly store: RecordingStore;
  readonly post: (form: UploadForm, file: Blob, options: PostOptions) => Promise<PostResult>;
  readonly tell: (event: UploadEvent) => void;
  /** Waits so many milliseconds and until there is a network; rejects when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Now, in milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Seconds that a form must still be good for to begin with it. */
const spareMs = 20_000;

class UploadFailed extends Error {
  override readonly name = 'UploadFailed';
  readonly failure: UploadFailure;
  constructor(failure: UploadFailure) {
    super(`The recording was not accepted: ${failure}.`);
    this.failure = failure;
  }
}

interface Prepared {
  readonly recordId: string;
  /** `null`: the server has the recording already. */
  readonly form: UploadForm | null;
}

async function createRecord(
  recording: StoredRecording,
  chunks: readonly Blob[],
  { api, store, signal }: SendSurroundings,
): Promise<Prepared> {
  // A recording whose tab died was never hashed to its end.
  const sha256 = recording.sha256 ?? (await hashOf(chunks));
  const { question, language, contentType, sizeBytes, sessionId, consentPolicyVersion } = recording;
  const body = { question, language, contentType, sizeBytes, sessionId, consentPolicyVersion, sha256 };
  const { record, upload } = await api.ask('createRecord', { body }, { signal });
  await store.change(recording.localId, { sha256, recordId: record.recordId, form: upload });
  return { recordId: record.recordId, form: upload };
}

async function renew(
  localId: string,
  recordId: string,
  { api, store, signal }: SendSurroundings,
): Promise<Prepared> {
  const parameters = { recordId };
  try {
    const form = await api.ask('renewUpload', { parameters }, { signal });
    await store.change(localId, { form });
    return { recordId, form };
  } catch (error) {
    const code = codeOfFailure(error);
    // The record is gone, such as one that waited for its upload too long: another try begins with a new one.
    if (code === 'NOT_FOUND') await store.change(localId, { recordId: null, form: null });
    if (code !== 'CONFLICT') throw error;
  }
  // It waits for no upload any more. Either the file came although its answer was lost, or it was given up.
  const { status, hasRun } = await api.ask('readRecord', { parameters }, { signal });
  if (status === 'FAILED' && !hasRun) {
    await store.change(localId, { recordId: null, form: null });
    throw new UploadFailed('CONFLICT');
  }
  return { recordId, form: null };
}

async function prepare(
  recording: StoredRecording,
  chunks: readonly Blob[],
  surroundings: SendSurroundings,
): Promise<Prepared> {
  const { localId, recordId, form } = recording;
  if (recordId === null) return createRecord(recording, chunks, surroundings);
  const isGood = form !== null && Date.parse(form.expiresAt) - surroundings.now() > spareMs;
  return isGood ? { recordId, form } : renew(localId, recordId, surroundings);
}

/** One try; the record's id when the server has the recording, or `null` when another try may help. */
async function tryOnce(localId: string, surroundings: SendSurroundings): Promise<string | null> {
  const { store, post, tell, signal } = surroundings;
  const recording = await store.get(localId);
  const chunks = await store.chunks(localId);
  if (!recording || chunks.length === 0) throw new UploadFailed('LOST_LOCALLY');
  tell({ name: 'prepare' });
  const { recordId, form } = await prepare(recording, chunks, surroundings);
  if (form === null) return recordId;
  const file = new Blob(chunks, { type: recording.contentType });
  tell({ name: 'progress', sentBytes: 0 });
  const result = await post(form, file, {
    onProgress: (sentBytes) => tell({ name: 'progress', sentBytes }),
    signal,
  });
  signal.throwIfAborted();
  if (result.name === 'stored') return recordId;
  if (result.name === 'refused') throw new UploadFailed('REFUSED');
  // Whatever else happened, the next form is a new one: renewing it also tells whether the file came after all.
  await store.change(localId, { form: null });
  return null;
}

/**
 * Sends a recording until the server has it, and only then removes it from this browser. Network trouble is waited
 * out without an end; what cannot pass is told as `fail` and leaves the recording where it is.
 */
export async function sendRecording(localId: string, surroundings: SendSurroundings): Promise<void> {
  const { store, tell, pause, signal } = surroundings;
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      const recordId = await tryOnce(localId, surroundings);
      if (recordId !== null) {
        await store.remove(localId);
        return tell({ name: 'sent', recordId });
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof UploadFailed) return tell({ name: 'fail', failure: error.failure });
      if (!(error instanceof ProblemError)) throw error;
      if (!mayPass(error)) return tell({ name: 'fail', failure: error.code });
    }
    tell({ name: 'interrupt', failures });
    await pause(delayBeforeMs(failures), signal).catch(() => undefined);
  }
}
