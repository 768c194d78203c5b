// How are objects kept in a folder of this machine, each version whole or not there at all?
import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, open, readdir, readFile, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { InternalError, ServiceRejected } from '../../domain/errors.ts';
import { assertFinite } from '../../domain/json-numbers.ts';
import type { ObjectStore } from '../contracts.ts';
import {
  makePrivateFolder,
  privateFileMode,
  replaceFile,
  replaceText,
  storageFailure,
  systemCode,
} from '../files.ts';
import { objectFolder } from './object-keys.ts';

/**
 * `current.json` in an object's folder: the one thing that decides which version readers see. It is replaced by a
 * rename, so a version appears at once or never; the bytes lie beside it in a file named after the version.
 */
const currentSchema = z.object({
  key: z.string(),
  sizeBytes: z.int().min(0),
  /** SHA-256 of the bytes, hexadecimal. */
  etag: z.string(),
  versionId: z.uuid(),
  contentType: z.string(),
});
type Current = z.infer<typeof currentSchema>;

const currentName = 'current.json';

/** Bytes that no version names and that nobody has written to for this long were left by a crash. */
const abandonedAfterMilliseconds = 3_600_000;

async function readCurrent(root: string, key: string): Promise<Current | null> {
  const path = join(objectFolder(root, key), currentName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
  const current = currentSchema.parse(JSON.parse(text));
  if (current.key !== key) throw new InternalError(`The folder of ${key} belongs to ${current.key}.`);
  return current;
}

async function requireCurrent(root: string, key: string): Promise<Current> {
  const current = await readCurrent(root, key);
  if (!current) throw new ServiceRejected('UPSTREAM', `There is no object ${key}.`);
  return current;
}

/** Bytes as they come, their hash and their number found on the way; the file is synced when it resolves. */
async function writeBytes(file: FileHandle, source: Readable, signal: AbortSignal | undefined) {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  await pipeline(
    source,
    async function* count(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        yield chunk;
      }
    },
    file.createWriteStream({ flush: true }),
    signal ? { signal } : {},
  );
  return { sizeBytes, etag: hash.digest('hex') };
}

async function removeAbandoned(folder: string, keep: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name === currentName || name === keep) continue;
    const path = join(folder, name);
    const written = await stat(path).catch(() => null);
    if (written && Date.now() - written.mtimeMs > abandonedAfterMilliseconds) await rm(path, { force: true });
  }
}

interface Writing {
  readonly root: string;
  readonly key: string;
  readonly contentType: string;
  /** Called once the place is ready: a stream that waits unread could fail unheard. */
  readonly source: () => Readable;
  readonly signal?: AbortSignal;
}

async function write({ root, key, contentType, source, signal }: Writing): Promise<void> {
  const folder = objectFolder(root, key);
  await makePrivateFolder(folder);
  const versionId = randomUUID();
  const path = join(folder, versionId);
  const file = await open(path, 'wx', privateFileMode);
  let previous: Current | null;
  try {
    const { sizeBytes, etag } = await writeBytes(file, source(), signal);
    previous = await readCurrent(root, key);
    const current: Current = { key, sizeBytes, etag, versionId, contentType };
    await replaceText(join(folder, currentName), JSON.stringify(current));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  if (previous) await rm(join(folder, previous.versionId), { force: true });
  await removeAbandoned(folder, versionId);
}

/** A clone that shares the blocks where the file system can do that, else a copy that can be aborted. */
async function copyBytes(from: string, to: string, signal: AbortSignal): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
    return;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw error;
    await rm(to, { force: true });
  }
  const source = await open(from, 'r');
  const target = await open(to, 'wx', privateFileMode);
  await pipeline(source.createReadStream(), target.createWriteStream(), { signal });
}

/** Runs `use` on the bytes of the current version, again when a writer took that version away under our hands. */
async function withBytes<T>(
  root: string,
  key: string,
  use: (path: string, current: Current) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const current = await requireCurrent(root, key);
    try {
      return await use(join(objectFolder(root, key), current.versionId), current);
    } catch (error) {
      const wasReplaced =
        systemCode(error) === 'ENOENT' && (await readCurrent(root, key))?.versionId !== current.versionId;
      if (!wasReplaced || tries === 10) throw error;
    }
  }
}

const copyOut = (root: string, key: string, path: string, signal: AbortSignal): Promise<void> =>
  withBytes(root, key, (bytes, current) =>
    replaceFile(path, async (temporary) => {
      await copyBytes(bytes, temporary, signal);
      const { size } = await stat(temporary);
      if (size === current.sizeBytes) return;
      throw new ServiceRejected('CHECKSUM', `${key} has ${size} bytes instead of ${current.sizeBytes}.`);
    }),
  );

async function guarded<T>(what: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    signal?.throwIfAborted();
    return await work();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw storageFailure(error, what);
  }
}

/**
 * Objects in `folder`, private to this user. A version is durable when its write resolves; the last whole write wins.
 * A missing or refused key is a `ServiceRejected`, a full disk a `TemporaryFailure` (DISK_FULL) that leaves the old
 * version as it was; an aborted call throws the signal's reason.
 */
export function createObjectStore(folder: string): ObjectStore {
  return {
    head: (key) =>
      guarded(`Looking up ${key}`, async () => {
        const { sizeBytes, etag, versionId } = await requireCurrent(folder, key);
        return { key, sizeBytes, etag, versionId };
      }),
    download: (key, path, signal) =>
      guarded(`Reading ${key}`, () => copyOut(folder, key, path, signal), signal),
    upload: (key, path, contentType, signal) =>
      guarded(
        `Storing ${key}`,
        () => write({ root: folder, key, contentType, source: () => createReadStream(path), signal }),
        signal,
      ),
    readJson: (key) =>
      guarded(`Reading ${key}`, async () => {
        const text = await withBytes(folder, key, (path) => readFile(path, 'utf8'));
        try {
          const value: unknown = JSON.parse(text);
          return value;
        } catch (error) {
          throw new ServiceRejected('UPSTREAM', `${key} does not hold JSON.`, { cause: error });
        }
      }),
    writeJson: (key, value) =>
      guarded(`Storing ${key}`, () => {
        assertFinite(value);
        const bytes = Buffer.from(JSON.stringify(value));
        return write({
          root: folder,
          key,
          contentType: 'application/json',
          source: () => Readable.from([bytes]),
        });
      }),
  };
}
