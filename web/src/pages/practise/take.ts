// How does one take get from the devices into the browser's database?
import { ulid } from 'ulid';
import { createChunkSink } from '../../recorder/chunk-sink.ts';
import { keepAwake } from '../../recorder/keep-awake.ts';
import { holdRecording } from '../../recorder/locks.ts';
import { chooseFormat } from '../../recorder/recorder-format.ts';
import { isActive } from '../../recorder/recorder-state.ts';
import { startRecorder, type Recorder } from '../../recorder/recorder.ts';
import { recordingStore } from '../../recorder/recording-store.ts';
import { currentPolicyVersion } from './consent.ts';

const encoding: MediaRecorderOptions & { readonly videoKeyFrameIntervalDuration: number } = {
  /** Bits per second: clear at 720p, and half an hour stays near half a gigabyte. */
  videoBitsPerSecond: 2_500_000,
  audioBitsPerSecond: 128_000,
  /**
   * Milliseconds between key frames. Chromium's MP4 recorder gives out whole fragments only, each from one key frame
   * to the next: with its own interval a crash cost five seconds, and a short recording was lost altogether.
   */
  videoKeyFrameIntervalDuration: 500,
};

/** The browser can record neither MP4 nor WebM. */
export class NoRecorderFormat extends Error {
  override readonly name = 'NoRecorderFormat';
}

export interface TakeOptions {
  readonly stream: MediaStream;
  readonly limitSeconds: number;
  readonly question: string | null;
  readonly language: string | null;
  readonly sessionId: string;
  readonly userId: string;
}

export interface Take {
  readonly localId: string;
  readonly recorder: Recorder;
}

/** What must be true while a take is recorded, and undone when it ends. */
function surround(recorder: Recorder, release: () => void): void {
  const sleep = keepAwake();
  const page = document.documentElement;
  page.dataset['recording'] = 'true';
  document.addEventListener('visibilitychange', recorder.look);
  const stopListening = recorder.subscribe(() => {
    if (isActive(recorder.state())) return;
    stopListening();
    sleep();
    release();
    delete page.dataset['recording'];
    document.removeEventListener('visibilitychange', recorder.look);
  });
}

/**
 * Begins to record at once.
 *
 * @throws NoRecorderFormat, or DOMException `QuotaExceededError` when the browser has no room left.
 */
export async function startTake({ stream, limitSeconds, ...known }: TakeOptions): Promise<Take> {
  const format = chooseFormat((mimeType) => MediaRecorder.isTypeSupported(mimeType));
  if (!format) throw new NoRecorderFormat('This browser records neither MP4 nor WebM.');
  const store = await recordingStore();
  const localId = ulid();
  const release = (await holdRecording(localId)) ?? (() => undefined);
  // Asked for, not needed: a browser short of room should throw away other things first.
  void navigator.storage?.persist?.().catch(() => false);
  try {
    await store.create({
      ...known,
      localId,
      createdAt: new Date().toISOString(),
      consentPolicyVersion: currentPolicyVersion,
      contentType: format.contentType,
      status: 'recording',
      durationSeconds: 0,
      sizeBytes: 0,
      chunkCount: 0,
      sha256: null,
      recordId: null,
      form: null,
    });
    const recorder = startRecorder({
      media: new MediaRecorder(stream, { mimeType: format.mimeType, ...encoding }),
      tracks: stream.getTracks(),
      sink: createChunkSink(store, localId, () => recorder.stop('storage-full')),
      limitSeconds,
      now: () => performance.now(),
      setInterval: (look, ms) => window.setInterval(look, ms),
      clearInterval: (timer) => window.clearInterval(timer as number),
    });
    surround(recorder, release);
    return { localId, recorder };
  } catch (error) {
    release();
    await store.remove(localId);
    throw error;
  }
}
