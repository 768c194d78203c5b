// How do objects of this machine go for good, whoever writes them meanwhile?
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceRejected } from '../../domain/errors.ts';
import type { ObjectEraser } from '../contracts.ts';
import { makePrivateFolder, storageFailure, syncFolder, systemCode } from '../files.ts';
import { databaseFailure } from './database.ts';
import { objectIndexOf, type ObjectIndex } from './object-index.ts';
import { currentName, erasedName, objectFolder } from './object-keys.ts';

type Erased = Awaited<ReturnType<ObjectEraser['erase']>>;

const nothing: Erased = { objects: 0, versions: 0 };

const isVersion = (name: string): boolean => name !== currentName && !name.endsWith('.part');

function namesIn(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Takes the object's folder out of sight as a whole; a key in the index may have none. */
function takeAway(root: string, key: string): Erased {
  const folder = objectFolder(root, key);
  const names = namesIn(folder);
  if (names === null) return nothing;
  renameSync(folder, join(root, erasedName, randomUUID()));
  return {
    objects: names.includes(currentName) ? 1 : 0,
    versions: names.filter((name) => isVersion(name)).length,
  };
}

function syncFolderNow(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Objects that are taken away in one go: enough to share one write to the disk, few enough to let others in soon. */
const batchSize = 100;

function takeAllAway(root: string, index: ObjectIndex, prefix: string): Erased {
  const left = index.startingWith(prefix);
  let total = nothing;
  for (let start = 0; start < left.length; start += batchSize) {
    const batch = left.slice(start, start + batchSize);
    index.exclusively((keys) => {
      for (const key of batch) {
        const { objects, versions } = takeAway(root, key);
        total = { objects: total.objects + objects, versions: total.versions + versions };
      }
      // A key that left the index while its object came back after a power cut could never be found again.
      syncFolderNow(join(root, erasedName));
      for (const key of batch) keys.remove(key);
    });
  }
  return total;
}

/** Removes what was taken away, also what an erasure left that was killed in the middle. */
async function sweep(outgoing: string): Promise<void> {
  const names = await readdir(outgoing);
  for (let start = 0; start < names.length; start += batchSize) {
    const batch = names.slice(start, start + batchSize);
    await Promise.all(
      batch.map((name) => rm(join(outgoing, name), { recursive: true, force: true, maxRetries: 3 })),
    );
  }
  await syncFolder(outgoing);
}

async function erase(root: string, openIndex: () => ObjectIndex, prefix: string): Promise<Erased> {
  if (!existsSync(root)) return nothing;
  const outgoing = join(root, erasedName);
  await makePrivateFolder(outgoing);
  const total = takeAllAway(root, openIndex(), prefix);
  await sweep(outgoing);
  return total;
}

/**
 * Erases what a store of the same folder holds, in whichever process that is. When it resolves, no byte of an object
 * with such a key is left, nor of a write that had begun before; such a write fails. The versions are those whose
 * bytes were there: one of each object, and what crashed writers left.
 * @throws ServiceRejected for the empty prefix, which would be everything of everybody
 */
export function createObjectEraser(folder: string): ObjectEraser {
  const openIndex = objectIndexOf(folder);
  return {
    erase: async (prefix) => {
      if (prefix === '') throw new ServiceRejected('UPSTREAM', 'Not everything can be erased at once.');
      try {
        return await erase(folder, openIndex, prefix);
      } catch (error) {
        throw error instanceof Error && 'errcode' in error
          ? databaseFailure(error, 'keys of the objects')
          : storageFailure(error, `Erasing ${prefix}`);
      }
    },
  };
}
