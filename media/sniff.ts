// Which container is this, by its first bytes and never by its name?
import { open } from 'node:fs/promises';
import { RecordingRejected } from '../domain/errors.ts';
import type { Container } from '../domain/recording.ts';

const headBytes = 4096;
const ebmlMagic = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);
const docTypeId = Buffer.from([0x42, 0x82]);
/** ISO media brands that are still pictures. */
const pictureBrands = new Set(['avif', 'avis', 'heic', 'heix', 'heif', 'mif1', 'msf1', 'jp2 ', 'crx ']);

function ebmlContainer(head: Buffer): Container | null {
  const at = head.indexOf(docTypeId);
  if (at < 0 || at > 64) return null;
  const length = (head[at + 2] ?? 0) & 0x7f;
  const docType = head.toString('latin1', at + 3, at + 3 + length).replace(/\0+$/, '');
  return docType === 'webm' || docType === 'matroska' ? docType : null;
}

/** Text may have these letters in this place too, but no text begins with such a small number. */
const longestBrandBox = 4096;

/** The container that the first bytes prove, or `null`. Playlists, archives, pictures and text are none. */
export function containerOf(head: Buffer): Container | null {
  if (head.subarray(0, 4).equals(ebmlMagic)) return ebmlContainer(head);
  if (head.toString('latin1', 4, 8) === 'ftyp' && head.readUInt32BE(0) <= longestBrandBox)
    return pictureBrands.has(head.toString('latin1', 8, 12)) ? null : 'mp4';
  return null;
}

/** Reads the first 4 KiB of a file and names its container; throws EMPTY or NOT_MEDIA. */
export async function sniff(path: string): Promise<Container> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    if (bytesRead === 0) throw new RecordingRejected('EMPTY', 'The file is empty.');
    const container = containerOf(buffer.subarray(0, bytesRead));
    if (container === null)
      throw new RecordingRejected(
        'NOT_MEDIA',
        'This is not a recording that Greenroom can read: it reads WebM, Matroska, MP4 and QuickTime video.',
      );
    return container;
  } finally {
    await file.close();
  }
}
