// How are objects kept in a bucket of S3, each version whole or not there at all?
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { ServiceRejected } from '../../domain/errors.ts';
import { assertFinite } from '../../domain/json-numbers.ts';
import type { ObjectStore } from '../contracts.ts';
import { assertUsableKey } from '../object-keys.ts';
import { addressing, clientOptions, transfer } from './clients.ts';
import { factsOf, guarded } from './errors.ts';
import { receiveFile, receiveText } from './object-body.ts';

/** A file of more bytes is sent in parts of this size, four at a time, each repeated by itself when it fails. */
const partBytes = 8 * 1024 * 1024;
const partsAtOnce = 4;

/** More is no JSON of ours: the measurements of an hour have less than a tenth of it. */
const maximumJsonBytes = 32 * 1024 * 1024;

/** What the SDK calls an answer without a body, and what a HEAD never has is a body. */
const wordless: ReadonlySet<string> = new Set(['403', 'Forbidden', 'Unknown', 'UnknownError']);

/** One attempt of a small call, in which no body of megabytes is sent, and all of them together. */
const smallRequestMs = 4000;
const smallCallMs = 15_000;

/** A caller without a signal of its own gets an answer in time, well before Lambda would end the function. */
async function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(smallCallMs);
  try {
    return await work(signal);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

/**
 * Whether S3 says that there is no such object. To a caller that may not list the bucket, as our functions may not, it
 * says 403 and names the missing right to list; a HEAD has no words at all.
 */
function isMissing(error: unknown): boolean {
  const { name, message, status } = factsOf(error);
  if (name === 'NoSuchKey' || name === 'NotFound' || name === 'NoSuchVersion') return true;
  return status === 403 && (message.includes('s3:ListBucket') || wordless.has(name));
}

async function reading<T>(
  what: string,
  key: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return guarded(
    what,
    async () => {
      assertUsableKey(key);
      try {
        return await work();
      } catch (error) {
        if (signal?.aborted || !isMissing(error)) throw error;
        throw new ServiceRejected('UPSTREAM', `There is no object ${key}.`, { cause: error });
      }
    },
    signal,
  );
}

interface Sending {
  readonly client: S3Client;
  readonly bucketName: string;
  readonly key: string;
  readonly contentType: string;
}

async function sendBytes(
  { client, bucketName, key, contentType }: Sending,
  bytes: Uint8Array,
  options: { readonly abortSignal: AbortSignal; readonly requestTimeout?: number },
): Promise<void> {
  const command = new PutObjectCommand({
    Bucket: bucketName,
    Key: key,
    ContentType: contentType,
    Body: bytes,
    ChecksumAlgorithm: 'CRC32',
  });
  await client.send(command, options);
}

/** Parts that were sent in vain are given up again, by the bucket's lifecycle if this process cannot. */
async function sendParts(
  { client, bucketName, key, contentType }: Sending,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const abortController = new AbortController();
  const upload = new Upload({
    client,
    partSize: partBytes,
    queueSize: partsAtOnce,
    abortController,
    params: {
      Bucket: bucketName,
      Key: key,
      ContentType: contentType,
      Body: createReadStream(path),
      ChecksumAlgorithm: 'CRC32',
    },
  });
  const abort = (): void => {
    abortController.abort();
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    await upload.done();
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

export interface ObjectStoreOptions {
  readonly bucketName: string;
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: S3Client;
}

/**
 * Objects in a bucket, encrypted as the bucket says. Every byte is covered by a checksum on its way in and, if S3 keeps
 * one of the whole object, on its way out. Broken connections are tried again, three times in all; a missing or refused
 * key is a `ServiceRejected`, an aborted call throws the signal's reason. `head` and the JSON of at most 32 MiB take 15 s
 * at most. The last whole write wins.
 */
export function createObjectStore({
  bucketName,
  client = new S3Client({ ...clientOptions(transfer), ...addressing() }),
}: ObjectStoreOptions): ObjectStore {
  const place = (key: string) => ({ client, bucketName, key });
  return {
    head: (key) =>
      reading(`Looking up ${key}`, key, async () => {
        const command = new HeadObjectCommand({ Bucket: bucketName, Key: key });
        const found = await inTime((abortSignal) =>
          client.send(command, { abortSignal, requestTimeout: smallRequestMs }),
        );
        return {
          key,
          sizeBytes: found.ContentLength ?? 0,
          // Quoted in HTTP, but not in events.
          etag: found.ETag?.replaceAll('"', '') ?? '',
          versionId: found.VersionId ?? 'null',
        };
      }),
    download: (key, path, signal) =>
      reading(`Reading ${key}`, key, () => receiveFile(place(key), path, signal), signal),
    upload: (key, path, contentType, signal) =>
      guarded(
        `Storing ${key}`,
        async () => {
          assertUsableKey(key);
          const sending = { ...place(key), contentType };
          if ((await stat(path)).size > partBytes) await sendParts(sending, path, signal);
          else await sendBytes(sending, await readFile(path), { abortSignal: signal });
        },
        signal,
      ),
    readJson: (key) =>
      reading(`Reading ${key}`, key, async () => {
        const limits = { maximumBytes: maximumJsonBytes, requestMs: smallRequestMs };
        const text = await inTime((signal) => receiveText(place(key), { ...limits, signal }));
        try {
          const value: unknown = JSON.parse(text);
          return value;
        } catch (error) {
          throw new ServiceRejected('UPSTREAM', `${key} does not hold JSON.`, { cause: error });
        }
      }),
    writeJson: (key, value) =>
      guarded(`Storing ${key}`, async () => {
        assertUsableKey(key);
        assertFinite(value);
        const bytes = Buffer.from(JSON.stringify(value));
        const sending = { ...place(key), contentType: 'application/json' };
        await inTime((abortSignal) =>
          sendBytes(sending, bytes, { abortSignal, requestTimeout: smallRequestMs }),
        );
      }),
  };
}
