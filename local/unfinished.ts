// Why could an analysis not be finished: the file, the machine, or we ourselves?
import { codeOf, GreenroomError, RecordingRejected } from '../domain/errors.ts';
import { problemOf } from '../domain/failure.ts';
import type { Problem } from '../domain/report.ts';

/** What SQLite says when there is no room for the database (SQLITE_FULL) or its index (SQLITE_IOERR_SHMSIZE). */
const sqliteFull = new Set<unknown>([13, 4874]);

function isDiskFull(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if (codeOf(at) === 'DISK_FULL' || ('errcode' in at && sqliteFull.has(at.errcode))) return true;
  return false;
}

/** The problem for whoever waits for the report, or `null` when it is our own fault. */
export function problemOfError(error: unknown): Problem | null {
  if (error instanceof RecordingRejected) return { code: error.code, message: error.message };
  if (isDiskFull(error)) return problemOf({ Error: 'TemporaryFailure', Cause: 'DISK_FULL: no room' });
  if (!(error instanceof GreenroomError) || error.code === 'BUG') return null;
  return problemOf({ Error: error.name, Cause: `${error.code}: ${error.message}` });
}
