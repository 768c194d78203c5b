// How does a SQLite file of this machine come to have the expected tables, and what do its failures mean?
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { GreenroomError, InternalError, TemporaryFailure } from '../../domain/errors.ts';
import { privateFileMode, privateFolderMode } from '../files.ts';

export interface DatabaseDescription {
  /** What it holds, for sentences about it: `records`. */
  readonly holds: string;
  /** Step n brings a file of version n to version n + 1; the first one makes the tables. */
  readonly steps: readonly ((database: DatabaseSync) => void)[];
}

/** How long a writer waits for another process before it gives up with a `TemporaryFailure`. */
const busyMilliseconds = 10_000;

/** SQLite's result codes for "another process writes" and "no room on the disk". */
const sqliteBusy = 5;
const sqliteFull = 13;

/** What to throw for a failure of SQLite: a lock or a full disk may pass, anything else is our bug. */
export function databaseFailure(error: unknown, holds: string): GreenroomError {
  if (error instanceof GreenroomError) return error;
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  if (code === sqliteBusy) {
    return new TemporaryFailure('THROTTLED', `Another process keeps the ${holds} locked.`, { cause: error });
  }
  if (code === sqliteFull) {
    return new TemporaryFailure('DISK_FULL', `The ${holds} cannot be written: the disk is full.`, {
      cause: error,
    });
  }
  return new InternalError(`The ${holds} cannot be used.`, { cause: error });
}

/** Runs `work` as a promise whose failures are ours. */
export async function guarded<T>(holds: string, work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    throw databaseFailure(error, holds);
  }
}

/** Runs `work` while no other process writes; what it wrote counts only if it returns. It must not wait. */
export function exclusively<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

const versionSchema = z.object({ user_version: z.int() });

function bringUpToDate(database: DatabaseSync, { holds, steps }: DatabaseDescription): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  exclusively(database, () => {
    const { user_version: found } = versionSchema.parse(database.prepare('PRAGMA user_version').get());
    if (found > steps.length) {
      throw new InternalError(
        `The ${holds} were written by a newer Greenroom; use that one or another data folder.`,
      );
    }
    for (const step of steps.slice(found)) step(database);
    database.exec(`PRAGMA user_version = ${steps.length}`);
  });
}

/**
 * Opens or makes the file, private to this user and shared by any number of processes; what is committed survives a
 * power cut. An older file is brought up to date as a whole or not at all, a newer one is refused.
 */
export function openDatabase(path: string, description: DatabaseDescription): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: privateFolderMode });
  // SQLite gives its write-ahead log the mode of the database, so that one is made first.
  closeSync(openSync(path, 'a', privateFileMode));
  const database = new DatabaseSync(path, { timeout: busyMilliseconds });
  try {
    bringUpToDate(database, description);
    return database;
  } catch (error) {
    database.close();
    throw databaseFailure(error, description.holds);
  }
}
