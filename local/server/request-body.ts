// How is a small request body read, so that a large or a broken one costs nothing?
import type { IncomingMessage } from 'node:http';
import { largestBody } from '../../handlers/support/read-request.ts';
import { RequestRefused } from './answers.ts';

/** All bytes, unless there are too many; the rest of those is left to whoever looks after the connection. */
const bytesOf = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    const end = (settle: () => void): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose).pause();
      settle();
    };
    const onData = (chunk: Buffer): void => {
      sizeBytes += chunk.length;
      if (sizeBytes > largestBody) end(() => reject(new RequestRefused('TOO_LARGE')));
      else chunks.push(chunk);
    };
    const onEnd = (): void => end(() => resolve(Buffer.concat(chunks)));
    const onClose = (): void =>
      end(() => reject(new RequestRefused('INVALID_REQUEST', 'The request was broken off.')));
    request.on('data', onData).once('end', onEnd).once('close', onClose);
  });

/**
 * The body as text, or `null` when there is none. @throws RequestRefused for more than 256 KiB, as soon as that is
 * known, and for what is not UTF-8 or was broken off
 */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > largestBody) throw new RequestRefused('TOO_LARGE');
  const bytes = await bytesOf(request);
  if (bytes.length === 0) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new RequestRefused('INVALID_REQUEST', 'The body is not UTF-8.');
  }
}
