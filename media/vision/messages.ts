// What do the main thread and the vision worker tell each other?
import type { VisionSample } from '../../domain/measurements.ts';

/** What the worker is started with. */
export interface WorkerSettings {
  readonly width: number;
  readonly height: number;
}

/** To the worker: one frame, its buffer transferred. */
export interface FrameMessage {
  readonly atSeconds: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** From the worker: once that it is ready, then a sample per frame, in the order of the frames. */
export type WorkerMessage =
  { readonly kind: 'ready' } | { readonly kind: 'sample'; readonly sample: VisionSample };
