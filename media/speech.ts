// When are the syllables spoken? Found in the sound alone, after De Jong & Wempe (2009).
import { open } from 'node:fs/promises';
import { roundTo } from '../domain/span.ts';
import { VowelEnvelope } from './sound-envelope.ts';
import { findNuclei } from './syllable-nuclei.ts';
import { readWavHeader } from './wav-header.ts';

const chunkBytes = 256 * 1024;

/**
 * Moments of the syllables' nuclei in seconds, ascending, from a 16 kHz mono 16-bit WAV file; empty for
 * silence. The file is streamed: memory grows by 6 MB per hour, CPU by about 1.5 s. On 32 utterances of flite
 * (four voices, two speeds, known texts) the count was off by 4.5 % on average and 13 % at worst; over all
 * of them by 1.2 %. Music and barking dogs have nuclei too: nothing here knows that it is speech.
 * @throws InternalError when the file is no such WAV; the signal's reason when it is aborted
 */
export async function findSyllables(path: string, signal?: AbortSignal): Promise<number[]> {
  const file = await open(path, 'r');
  try {
    const { dataOffset, dataBytes } = await readWavHeader(file, path);
    const envelope = new VowelEnvelope();
    const samples = new Int16Array(chunkBytes / 2);
    const bytes = new Uint8Array(samples.buffer);
    let read = 0;
    while (read < dataBytes) {
      signal?.throwIfAborted();
      const wanted = Math.min(chunkBytes, dataBytes - read);
      const { bytesRead } = await file.read(bytes, 0, wanted, dataOffset + read);
      if (bytesRead === 0) break;
      const whole = bytesRead - (bytesRead % 2);
      envelope.push(samples.subarray(0, whole / 2));
      // An odd count can only come from a short read: the half sample is read again.
      read += Math.max(1, whole);
    }
    return findNuclei(envelope.levelsDb()).map((seconds) => roundTo(seconds));
  } finally {
    await file.close();
  }
}
