// How do the bytes of an object arrive whole, although a connection may break at any of them?
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { open } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf, ServiceRejected } from '../../domain/errors.ts';
import { privateFileMode, replaceFile } from '../files.ts';
import { attempts } from './clients.ts';

export interface ObjectSource {
  readonly client: S3Client;
  readonly bucketName: string;
  readonly key: string;
}

/** The SDK repeats a call only until its answer begins; from there on the repeating is ours. */
class BodyBroken extends Error {
  override readonly name = 'BodyBroken';
}

/** The SDK's own words; it compares the bytes with the checksum that S3 keeps of them. */
const isMismatch = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Checksum mismatch');

async function receive(
  { client, bucketName, key }: ObjectSource,
  { target, maximumBytes, signal, requestMs }: Receiving,
): Promise<void> {
  const command = new GetObjectCommand({ Bucket: bucketName, Key: key, ChecksumMode: 'ENABLED' });
  const { Body, ContentLength } = await client.send(command, {
    abortSignal: signal,
    ...(requestMs !== undefined && { requestTimeout: requestMs }),
  });
  if (!(Body instanceof Readable)) throw new ServiceRejected('UPSTREAM', `${key} came without a body.`);
  if (ContentLength !== undefined && ContentLength > maximumBytes) {
    Body.destroy();
    throw new ServiceRejected('UPSTREAM', `${key} has more than ${maximumBytes} bytes.`);
  }
  let sizeBytes = 0;
  const count = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      sizeBytes += chunk.length;
      yield chunk;
    }
  };
  try {
    await pipeline(Body, count, await target(), { signal });
  } catch (error) {
    Body.destroy();
    if (codeOf(error) !== 'BUG') throw error;
    throw new BodyBroken('The connection broke off.', { cause: error });
  }
  if (ContentLength !== undefined && sizeBytes !== ContentLength)
    throw new BodyBroken(`It has ${sizeBytes} bytes instead of ${ContentLength}.`);
}

interface Receiving {
  /** A new place for the bytes of this attempt; what an earlier one left is overwritten. */
  readonly target: () => Promise<Writable>;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
  /** Until the answer begins; default is the client's. */
  readonly requestMs?: number;
}

/**
 * Receives the object from its first byte, again when the connection breaks; after the last attempt a `ServiceRejected`
 * (CHECKSUM) if the bytes are others than S3's checksum says, else the error of the connection.
 */
async function receiveWhole(source: ObjectSource, receiving: Receiving): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await receive(source, receiving);
    } catch (error) {
      if (!(error instanceof BodyBroken) || receiving.signal.aborted) throw error;
      if (attempt < attempts) await delay(Math.random() * 100 * 2 ** attempt);
      else if (!isMismatch(error.cause)) throw error.cause instanceof Error ? error.cause : error;
      else
        throw new ServiceRejected('CHECKSUM', `${source.key} does not have the checksum that S3 knows.`, {
          cause: error.cause,
        });
    }
  }
}

/** The file appears at `path` when it is whole, never before; what was there stays until then. */
export async function receiveFile(source: ObjectSource, path: string, signal: AbortSignal): Promise<void> {
  await replaceFile(path, (temporary) =>
    receiveWhole(source, {
      signal,
      maximumBytes: Number.POSITIVE_INFINITY,
      target: async () => (await open(temporary, 'w', privateFileMode)).createWriteStream(),
    }),
  );
}

/** The object as text; a larger one is a `ServiceRejected`. */
export async function receiveText(
  source: ObjectSource,
  limits: Pick<Receiving, 'maximumBytes' | 'requestMs' | 'signal'>,
): Promise<string> {
  let chunks: Buffer[] = [];
  await receiveWhole(source, {
    ...limits,
    target: () => {
      chunks = [];
      const target = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          chunks.push(chunk);
          done();
        },
      });
      return Promise.resolve(target);
    },
  });
  return Buffer.concat(chunks).toString('utf8');
}
