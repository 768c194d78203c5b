// How does a process hold a folder for itself, until it ends however it ends?
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { privateFile } from './private-file.ts';

/** A folder that nobody else can lock; `close` lets the next one in, and so does the end of the process. */
export interface FolderLock {
  readonly isHeld: () => boolean;
  readonly close: () => void;
}

/**
 * Locks `folder` by SQLite's lock on a file in it, which belongs to the process: the kernel lets go of it even after
 * SIGKILL. Waits at most `waitMs` (blocking); `null` when another process holds it then.
 */
export function lockFolder(
  folder: string,
  { name = 'lock', waitMs = 0 }: { readonly name?: string; readonly waitMs?: number } = {},
): FolderLock | null {
  const database = new DatabaseSync(privateFile(join(folder, name)), { timeout: waitMs });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return null;
    throw error;
  }
  held.add(database);
  return {
    isHeld: () => database.isOpen,
    close: () => {
      held.delete(database);
      if (database.isOpen) database.close();
    },
  };
}

/** A lock that nobody refers to any more would be closed with the rest of the garbage. */
const held = new Set<DatabaseSync>();

const sqliteBusy = 5;
