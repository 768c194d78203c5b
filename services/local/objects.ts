// How are objects kept in a folder of this machine, each version whole or not there at all?
import { constants, createReadStream } from 'node:fs';
import { copyFile, open, readFile, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ServiceRejected } from '../../domain/errors.ts';
import { assertFinite } from '../../domain/json-numbers.ts';
import type { ObjectStore, StoredObject } from '../contracts.ts';
import { privateFileMode, replaceFile, storageFailure, systemCode } from '../files.ts';
import { databaseFailure } from './database.ts';
import { objectIndexOf } from './object-index.ts';
import { objectFolder } from './object-keys.ts';
import {
  readCurrent,
  requireCurrent,
  writeVersion,
  type CurrentVersion,
  type Writing,
} from './object-versions.ts';

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
  use: (path: string, current: CurrentVersion) => Promise<T>,
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

/** A sender that goes away in the middle is nobody's bug; a disk that fails is not the sender's doing. */
function receivingFailure(error: unknown, key: string): unknown {
  const isOfDisk = error instanceof Error && 'syscall' in error && error.syscall !== 'read';
  if (isOfDisk || error instanceof ServiceRejected) return error;
  return new ServiceRejected('TRUNCATED', `The sender of ${key} broke off.`, { cause: error });
}

async function guarded<T>(what: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    signal?.throwIfAborted();
    return await work();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw error instanceof Error && 'errcode' in error
      ? databaseFailure(error, 'keys of the objects')
      : storageFailure(error, what);
  }
}

/** An object that is open for reading: it stays readable when it is replaced or erased. */
export interface OpenedObject extends StoredObject {
  readonly contentType: string;
  /** Whoever opened it closes it; a read stream of it does so at its end. */
  readonly file: FileHandle;
}

export interface Receiving {
  /** Called when the place for the bytes is ready. */
  readonly source: () => Readable;
  readonly contentType: string;
  /** Fewer bytes are refused (TRUNCATED), as is a sender who breaks off; more are (TOO_LARGE) as soon as they come. */
  readonly sizeBytes: number;
  readonly signal: AbortSignal;
}

/** An object store that also serves and takes bytes as streams. */
export interface LocalObjectStore extends ObjectStore {
  open(key: string): Promise<OpenedObject>;
  /** Stores exactly so many bytes, or nothing with a `ServiceRejected`. The etag is their SHA-256, hexadecimal. */
  receive(key: string, receiving: Receiving): Promise<StoredObject>;
}

/**
 * Objects in `folder`, private to this user. A version is durable when its write resolves; the last whole write wins.
 * A missing or refused key is a `ServiceRejected`, and so is a write whose key is erased meanwhile; a full disk is a
 * `TemporaryFailure` (DISK_FULL) that leaves the old version as it was; an aborted call throws the signal's reason.
 */
export function createObjectStore(folder: string): LocalObjectStore {
  const openIndex = objectIndexOf(folder);
  const write = (writing: Omit<Writing, 'root' | 'index'>): Promise<CurrentVersion> => {
    // A key that must not be used never comes into the index.
    objectFolder(folder, writing.key);
    return writeVersion({ root: folder, index: openIndex(), ...writing });
  };
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
        async () => void (await write({ key, contentType, source: () => createReadStream(path), signal })),
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
      guarded(`Storing ${key}`, async () => {
        assertFinite(value);
        const bytes = Buffer.from(JSON.stringify(value));
        await write({ key, contentType: 'application/json', source: () => Readable.from([bytes]) });
      }),
    open: (key) =>
      guarded(`Opening ${key}`, () =>
        withBytes(folder, key, async (path, current) => ({ ...current, file: await open(path, 'r') })),
      ),
    receive: (key, { source, contentType, sizeBytes, signal }) =>
      guarded(
        `Receiving ${key}`,
        async () => {
          try {
            const { etag, versionId } = await write({ key, contentType, source, sizeBytes, signal });
            return { key, sizeBytes, etag, versionId };
          } catch (error) {
            throw receivingFailure(error, key);
          }
        },
        signal,
      ),
  };
}
