// What runs in the vision thread? Bundled into dist/vision/worker.cjs, beside the models and the WASM file.
import { parentPort, workerData } from 'node:worker_threads';
import { findFaces, loadFaceModels } from './faces.ts';
import type { FrameMessage, WorkerMessage, WorkerSettings } from './messages.ts';

const port = parentPort;
const { width, height } = workerData as WorkerSettings;
const tell = (message: WorkerMessage): void => port?.postMessage(message);

// A failure in here ends the thread and reaches `openVision` as the worker's `error` event.
void loadFaceModels(__dirname).then((models) => {
  port?.on('message', ({ atSeconds, bytes }: FrameMessage) => {
    tell({ kind: 'sample', sample: { atSeconds, faces: findFaces(models, { bytes, width, height }) } });
  });
  return tell({ kind: 'ready' });
});
