// How does a version of an object come to be in its folder, whole or not at all?
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { open, readdir, readFile, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { InternalError, ServiceRejected } from '../../domain/errors.ts';
import { makePrivateFolder, privateFileMode, syncFolder, systemCode } from '../files.ts';
import type { ObjectIndex } from './object-index.ts';
import { currentName, objectFolder } from './object-keys.ts';

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
export type CurrentVersion = z.infer<typeof currentSchema>;

/** Bytes that no version names and that nobody has written to for this long were left by a crash. */
const abandonedAfterMilliseconds = 3_600_000;

function parseCurrent(key: string, text: string): CurrentVersion {
  const current = currentSchema.parse(JSON.parse(text));
  if (current.key !== key) throw new InternalError(`The folder of ${key} belongs to ${current.key}.`);
  return current;
}

/** The version that readers see, or `null`. */
export async function readCurrent(root: string, key: string): Promise<CurrentVersion | null> {
  try {
    return parseCurrent(key, await readFile(join(objectFolder(root, key), currentName), 'utf8'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** @throws ServiceRejected when there is none */
export async function requireCurrent(root: string, key: string): Promise<CurrentVersion> {
  const current = await readCurrent(root, key);
  if (!current) throw new ServiceRejected('UPSTREAM', `There is no object ${key}.`);
  return current;
}

export interface Writing {
  readonly root: string;
  readonly index: ObjectIndex;
  readonly key: string;
  readonly contentType: string;
  /** Called once the place is ready: a stream that waits unread could fail unheard. */
  readonly source: () => Readable;
  /** Exactly so many bytes, or nothing is stored; default: as many as come. */
  readonly sizeBytes?: number;
  readonly signal?: AbortSignal;
}

interface Place {
  readonly path: string;
  readonly versionId: string;
  readonly file: FileHandle;
}

/** An empty file for the bytes. */
async function takePlace({ root, key }: Writing): Promise<Place> {
  const folder = objectFolder(root, key);
  await makePrivateFolder(root);
  for (let tries = 1; ; tries += 1) {
    const versionId = randomUUID();
    const path = join(folder, versionId);
    try {
      await makePrivateFolder(folder);
      const file = await open(path, 'wx', privateFileMode);
      return { path, versionId, file };
    } catch (error) {
      if (systemCode(error) !== 'ENOENT' || tries === 10) throw error;
    }
  }
}

/** Bytes as they come, their hash and their number found on the way; the file is synced when it resolves. */
async function writeBytes(file: FileHandle, { key, source, sizeBytes: expected, signal }: Writing) {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  await pipeline(
    source(),
    async function* count(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        if (expected !== undefined && sizeBytes > expected)
          throw new ServiceRejected('TOO_LARGE', `${key} has more than the ${expected} bytes it may have.`);
        yield chunk;
      }
    },
    file.createWriteStream({ flush: true }),
    signal ? { signal } : {},
  );
  if (expected !== undefined && sizeBytes < expected)
    throw new ServiceRejected('TRUNCATED', `${key} has ${sizeBytes} bytes instead of ${expected}.`);
  return { sizeBytes, etag: hash.digest('hex') };
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', privateFileMode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Lets readers see the version; gives the one they saw before. Who was erased while writing stays erased. */
async function commit({ root, index, key }: Writing, path: string, current: CurrentVersion) {
  const folder = objectFolder(root, key);
  const prepared = join(folder, `.${randomUUID()}.part`);
  const target = join(folder, currentName);
  try {
    await writeSynced(prepared, JSON.stringify(current));
    const previous = index.exclusively(() => {
      const found = existsSync(target) ? parseCurrent(key, readFileSync(target, 'utf8')) : null;
      statSync(path);
      renameSync(prepared, target);
      return found;
    });
    await syncFolder(folder);
    return previous;
  } catch (error) {
    await rm(prepared, { force: true });
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new ServiceRejected('UPSTREAM', `${key} was erased while it was written.`, { cause: error });
  }
}

async function removeAbandoned(folder: string, keep: string): Promise<void> {
  // An erasure may have taken the folder since.
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    if (name === currentName || name === keep) continue;
    const path = join(folder, name);
    const written = await stat(path).catch(() => null);
    if (written && Date.now() - written.mtimeMs > abandonedAfterMilliseconds) await rm(path, { force: true });
  }
}

async function writeAndCommit(writing: Writing) {
  const { path, versionId, file } = await takePlace(writing);
  try {
    // The key is known before the first byte comes: what a crash leaves can be found.
    writing.index.add(writing.key);
    const written = await writeBytes(file, writing);
    const current: CurrentVersion = {
      key: writing.key,
      ...written,
      versionId,
      contentType: writing.contentType,
    };
    return { current, previous: await commit(writing, path, current) };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Stores the bytes as the key's newest version, durable when it resolves; leaves everything as it was when it fails. */
export async function writeVersion(writing: Writing): Promise<CurrentVersion> {
  const { current, previous } = await writeAndCommit(writing);
  const folder = objectFolder(writing.root, writing.key);
  if (previous) await rm(join(folder, previous.versionId), { force: true });
  await removeAbandoned(folder, current.versionId);
  return current;
}
