// How do frames become faces without holding up the main thread?
import { Worker } from 'node:worker_threads';
import { InternalError, TemporaryFailure } from '../../domain/errors.ts';
import type { VisionMeasurements, VisionSample } from '../../domain/measurements.ts';
import { defaultBundleDirectory, findBundle } from './bundle.ts';
import { Gate } from './gate.ts';
import type { FrameMessage, WorkerMessage, WorkerSettings } from './messages.ts';
import { roundFace } from './precision.ts';

export interface VisionOptions {
  /** Size of the frames in pixels; 320 × 180 is what the speed was measured with. */
  readonly width: number;
  readonly height: number;
  /** How many frames per second the caller pushes; goes into the result as it is. */
  readonly samplesPerSecond: number;
  /** Aborting ends the worker at once and rejects whatever is pending with the signal's reason. */
  readonly signal: AbortSignal;
  /** Where `scripts/bundle-vision.ts` put its result. Default: `dist/vision` of this checkout. */
  readonly bundleDirectory?: string;
}

export interface VisionSession {
  /**
   * Hands over one RGB24 frame (`width × height × 3` bytes, rows from the top). Resolves when there is room for the
   * next one, at most four frames being under way: awaiting it holds the source back. The bytes are copied, so the
   * caller may reuse its buffer at once.
   */
  push(frame: Uint8Array, atSeconds: number): Promise<void>;
  /** Waits for the frames under way and gives all samples in order of time; ends the worker. */
  finish(): Promise<VisionMeasurements>;
  /** Ends the worker without a result; harmless after `finish`, and at any other time. */
  close(): Promise<void>;
}

const maxFramesUnderWay = 4;

function failureOf(error: unknown): Error {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new TemporaryFailure('OUT_OF_MEMORY', 'The vision worker ran out of memory.', { cause: error });
  }
  return new InternalError('The vision worker failed.', { cause: error });
}

/** Fills the returned list as the worker answers; each answer, and each failure, moves the gate. */
function collectSamples(worker: Worker, gate: Gate): readonly VisionSample[] {
  const samples: VisionSample[] = [];
  worker.on('error', (error) => gate.fail(failureOf(error)));
  worker.on('exit', (code) => gate.fail(failureOf(new Error(`The worker ended with code ${code}.`))));
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'sample') {
      samples.push({ ...message.sample, faces: message.sample.faces.map(roundFace) });
    }
    gate.change(-1);
  });
  return samples;
}

/**
 * Starts the worker and loads the models (about half a second of CPU).
 * @throws InternalError when the bundle is absent, stale or does not start; the signal's reason on abort.
 */
export async function openVision(options: VisionOptions): Promise<VisionSession> {
  const { width, height, samplesPerSecond, signal } = options;
  signal.throwIfAborted();
  const { worker: file, provider } = await findBundle(options.bundleDirectory ?? defaultBundleDirectory());
  signal.throwIfAborted();
  const workerData: WorkerSettings = { width, height };
  const worker = new Worker(file, { workerData, name: 'vision', execArgv: [] });
  const gate = new Gate();
  const samples = collectSamples(worker, gate);
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', onAbort);
    gate.fail(new InternalError('The vision session is closed.'));
    await worker.terminate();
  };
  const onAbort = (): void => {
    gate.fail(
      signal.reason instanceof Error ? signal.reason : new Error('aborted', { cause: signal.reason }),
    );
    void close();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  // Loading counts as something under way until the worker says that it is ready.
  gate.change(1);
  try {
    await gate.below(1);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    async push(frame, atSeconds) {
      if (frame.byteLength !== width * height * 3) {
        throw new InternalError(`A frame of ${width} × ${height} has not ${frame.byteLength} bytes.`);
      }
      if (gate.failure) throw gate.failure;
      const bytes = Uint8Array.from(frame);
      gate.change(1);
      worker.postMessage({ atSeconds, bytes } satisfies FrameMessage, [bytes.buffer]);
      await gate.below(maxFramesUnderWay);
    },
    async finish() {
      await gate.below(1);
      await close();
      const inOrder = samples.toSorted((a, b) => a.atSeconds - b.atSeconds);
      return { provider, samplesPerSecond, samples: inOrder };
    },
    close,
  };
}
