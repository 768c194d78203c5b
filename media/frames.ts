// How does a stream of raw bytes become one frame after another?
import type { Readable } from 'node:stream';
import type { PipeReader } from './process.ts';

/**
 * Cuts a byte stream into frames and hands each over before it reads on. The frame's memory is used again for the
 * next one; a part of a frame at the end is dropped.
 */
export function readFrames(
  frameBytes: number,
  onFrame: (frame: Uint8Array, index: number) => Promise<void>,
): PipeReader {
  return async (stream: Readable) => {
    const frame = Buffer.alloc(frameBytes);
    let filled = 0;
    let index = 0;
    for await (const data of stream) {
      const chunk = data as Buffer;
      for (let at = 0; at < chunk.length;) {
        const copied = chunk.copy(frame, filled, at);
        at += copied;
        filled += copied;
        if (filled === frameBytes) {
          await onFrame(frame, index);
          index += 1;
          filled = 0;
        }
      }
    }
  };
}
