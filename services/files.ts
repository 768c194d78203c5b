// How does a file on this machine come to be whole or not at all?
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, GreenroomError, InternalError, TemporaryFailure } from '../domain/errors.ts';

/** Only the user who runs Greenroom may look inside. */
export const privateFolderMode = 0o700;
export const privateFileMode = 0o600;

/** Makes the folder and its parents if they are not there. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: privateFolderMode });
}

/** A fresh name in the folder of `path`, so that a rename stays within one file system. */
const temporaryName = (path: string): string => join(dirname(path), `.${randomUUID()}.part`);

/** The error of the file system, if that is what it is: `ENOENT`, `ENOSPC`, … */
export const systemCode = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/** Renames survive a power cut only when the folder is written too. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Replaces the file by `produce(temporary)`, which must write and sync it; on any failure the old file stays. */
export async function replaceFile(
  path: string,
  produce: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await produce(temporary);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Replaces the file by a text, private and synced. */
export async function replaceText(path: string, text: string): Promise<void> {
  await replaceFile(path, async (temporary) => {
    const file = await open(temporary, 'wx', privateFileMode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

/** What to throw for a failure of the file system: a full disk or short memory may pass, anything else is our bug. */
export function storageFailure(error: unknown, what: string): GreenroomError {
  if (error instanceof GreenroomError) return error;
  const code = codeOf(error);
  return code === 'BUG'
    ? new InternalError(`${what} failed.`, { cause: error })
    : new TemporaryFailure(
        code,
        `${what} failed: ${code === 'DISK_FULL' ? 'the disk is full' : 'no memory'}.`,
        {
          cause: error,
        },
      );
}
