// Where does the sound of a WAV file start?
import type { FileHandle } from 'node:fs/promises';
import { InternalError } from '../domain/errors.ts';

export interface WavHeader {
  /** Position of the first sample in the file. */
  readonly dataOffset: number;
  /** Bytes of sound that the file really has, whatever its header claims. */
  readonly dataBytes: number;
}

const mostChunks = 64;

function checkFormat(format: Buffer, path: string): void {
  const isPcm = [1, 0xfffe].includes(format.readUInt16LE(0));
  const channels = format.readUInt16LE(2);
  const sampleRateHz = format.readUInt32LE(4);
  const bits = format.readUInt16LE(14);
  if (!isPcm || channels !== 1 || sampleRateHz !== 16_000 || bits !== 16)
    throw new InternalError(
      `${path} is not 16 kHz mono 16-bit PCM but ${sampleRateHz} Hz, ${channels} channels, ${bits} bits.`,
    );
}

/**
 * Finds the sound in a 16 kHz mono 16-bit WAV file. A file that was never finished claims 0 or 4 GiB of
 * sound, a cut one too much: the size of the file decides.
 * @throws InternalError for anything else, since Greenroom writes these files itself
 */
export async function readWavHeader(file: FileHandle, path: string): Promise<WavHeader> {
  const { size } = await file.stat();
  const head = Buffer.alloc(12);
  await file.read(head, 0, 12, 0);
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE')
    throw new InternalError(`${path} is no WAV file.`);
  let at = 12;
  let hasFormat = false;
  for (let chunk = 0; chunk < mostChunks && at + 8 <= size; chunk++) {
    const start = Buffer.alloc(8 + 16);
    await file.read(start, 0, start.length, at);
    const id = start.toString('latin1', 0, 4);
    const claimed = start.readUInt32LE(4);
    if (id === 'fmt ') {
      checkFormat(start.subarray(8), path);
      hasFormat = true;
    } else if (id === 'data' && hasFormat) {
      const left = size - at - 8;
      const bytes = claimed === 0 ? left : Math.min(claimed, left);
      return { dataOffset: at + 8, dataBytes: bytes - (bytes % 2) };
    }
    // Chunks are padded to an even length.
    at += 8 + claimed + (claimed % 2);
  }
  throw new InternalError(`${path} has no sound in it.`);
}
