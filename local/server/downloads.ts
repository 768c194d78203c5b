// How does a file go out? By an address that this host has signed, whole or in the parts that a player asks for.
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { GreenroomError } from '../../domain/errors.ts';
import { contentDisposition } from '../../services/content-disposition.ts';
import type { LocalLinks } from '../../services/local/links.ts';
import type { LocalObjectStore, OpenedObject } from '../../services/local/objects.ts';
import { problemResponse } from './answers.ts';
import { contentRange, parseRange, type ByteRange } from './byte-range.ts';

export interface DownloadOptions {
  readonly links: LocalLinks;
  readonly objects: LocalObjectStore;
}

/** What a file of a user is served with: it runs nothing, and no other site may show it. */
const fileHeaders = {
  'accept-ranges': 'bytes',
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** The stored object, or `null` when it is gone. */
async function openStored(key: string, objects: LocalObjectStore): Promise<OpenedObject | null> {
  try {
    return await objects.open(key);
  } catch (error) {
    if (error instanceof GreenroomError && error.name === 'ServiceRejected') return null;
    throw error;
  }
}

/** A part is asked for only while the file is still the one that the client has the other parts of. */
function rangeOf(request: IncomingMessage, etag: string, sizeBytes: number): ReturnType<typeof parseRange> {
  const { range, 'if-range': ifRange } = request.headers;
  return ifRange !== undefined && ifRange !== etag ? null : parseRange(range, sizeBytes);
}

/** The bytes; the file is closed at their end, or when the client goes. */
function bodyOf({ file }: OpenedObject, { first, last }: ByteRange): ReadableStream {
  const stream = file.createReadStream({ start: first, end: last, highWaterMark: 256 * 1024 });
  return Readable.toWeb(stream) as ReadableStream;
}

const isUnchanged = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag || one.trim() === '*');

/** The file behind a signed address: 200, 206, 304, 416, or 403 for an address that is not ours or has ended. */
export async function sendFile(
  request: IncomingMessage,
  query: URLSearchParams,
  { links, objects }: DownloadOptions,
): Promise<Response> {
  const asked = links.checkDownload(query, new Date());
  if (!asked)
    return problemResponse('FORBIDDEN', { detail: 'The address is not one of ours or has expired.' });
  const stored = await openStored(asked.key, objects);
  if (!stored) return problemResponse('NOT_FOUND');
  const { sizeBytes } = stored;
  const etag = `"${stored.etag}"`;
  const secondsLeft = Math.max(0, Math.floor((asked.expiresAt.getTime() - Date.now()) / 1000));
  const headers: { [name: string]: string } = {
    ...fileHeaders,
    etag,
    'cache-control': `private, max-age=${String(secondsLeft)}`,
    'content-type': asked.contentType,
    'content-disposition': contentDisposition(asked.fileName ?? undefined),
  };
  const range = rangeOf(request, etag, sizeBytes);
  const isHead = request.method === 'HEAD';
  if (isUnchanged(request.headers['if-none-match'], etag)) return closing(stored, { status: 304, headers });
  if (range === 'UNSATISFIABLE') {
    await stored.file.close();
    const wanted = { 'content-range': `bytes */${String(sizeBytes)}` };
    return new Response(null, { status: 416, headers: { ...headers, ...wanted, 'content-length': '0' } });
  }
  const { first, last } = range ?? { first: 0, last: sizeBytes - 1 };
  headers['content-length'] = String(last - first + 1);
  if (range) headers['content-range'] = contentRange(range, sizeBytes);
  const status = range ? 206 : 200;
  if (isHead || sizeBytes === 0) return closing(stored, { status, headers });
  return new Response(bodyOf(stored, { first, last }), { status, headers });
}

async function closing({ file }: OpenedObject, init: ResponseInit): Promise<Response> {
  await file.close();
  return new Response(null, init);
}
