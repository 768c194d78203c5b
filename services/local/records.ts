// How are records kept in SQLite, and how does a late or foreign writer fail?
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { GreenroomError, InternalError, TemporaryFailure } from '../../domain/errors.ts';
import { recordSchema, type Record } from '../../domain/record.ts';
import { problemSchema } from '../../domain/report.ts';
import type { RecordResult, RecordTable } from '../contracts.ts';
import type { Ledger } from '../operations.ts';
import { privateFileMode, privateFolderMode } from '../files.ts';

/** Raised when the columns change; an older file is brought up to date, a newer one is refused. */
const schemaVersion = 2;

/** Brings a file of version 1 to version 2. */
const addAttempt = 'ALTER TABLE records ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0';

const schema = `
  CREATE TABLE records (
    record_id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    file_name TEXT,
    question TEXT,
    language TEXT,
    sha256 TEXT,
    execution_name TEXT,
    problems TEXT NOT NULL,
    report_key TEXT,
    attempt INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID`;

/** How long a writer waits for another process before it gives up with a `TemporaryFailure`. */
const busyMilliseconds = 10_000;

const problemsSchema = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(problemSchema));

const rowSchema = z
  .object({
    record_id: z.string(),
    user_id: z.string(),
    version: z.number(),
    status: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
    file_name: z.string().nullable(),
    question: z.string().nullable(),
    language: z.string().nullable(),
    sha256: z.string().nullable(),
    execution_name: z.string().nullable(),
    problems: problemsSchema,
    report_key: z.string().nullable(),
    attempt: z.number(),
  })
  .transform((row) => ({
    version: row.version,
    recordId: row.record_id,
    userId: row.user_id,
    status: row.status,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    fileName: row.file_name,
    question: row.question,
    language: row.language,
    sha256: row.sha256,
    executionName: row.execution_name,
    problems: row.problems,
    reportKey: row.report_key,
    attempt: row.attempt,
  }))
  .pipe(recordSchema);

/** SQLite's result codes for "another process writes" and "no room on the disk". */
const sqliteBusy = 5;
const sqliteFull = 13;

function tableFailure(error: unknown): GreenroomError {
  if (error instanceof GreenroomError) return error;
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  if (code === sqliteBusy) {
    return new TemporaryFailure('THROTTLED', 'Another process keeps the records locked.', { cause: error });
  }
  if (code === sqliteFull) {
    return new TemporaryFailure('DISK_FULL', 'The records cannot be written: the disk is full.', {
      cause: error,
    });
  }
  return new InternalError('The records cannot be used.', { cause: error });
}

async function guarded<T>(work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    throw tableFailure(error);
  }
}

function migrate(database: DatabaseSync): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec('BEGIN IMMEDIATE');
  const found = z.object({ user_version: z.number() }).parse(database.prepare('PRAGMA user_version').get());
  if (found.user_version > schemaVersion) {
    database.exec('ROLLBACK');
    throw new InternalError(
      'The records were written by a newer Greenroom; use that one or another data folder.',
    );
  }
  if (found.user_version === 0) database.exec(schema);
  if (found.user_version === 1) database.exec(addAttempt);
  database.exec(`PRAGMA user_version = ${schemaVersion}; COMMIT`);
}

function openDatabase(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: privateFolderMode });
  // SQLite gives its write-ahead log the mode of the database, so that one is made first.
  closeSync(openSync(path, 'a', privateFileMode));
  const database = new DatabaseSync(path, { timeout: busyMilliseconds });
  try {
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw tableFailure(error);
  }
}

function statements(database: DatabaseSync) {
  return {
    insert: database.prepare(`
      INSERT INTO records VALUES ($recordId, $userId, $version, $status, $createdAt, $updatedAt, $fileName,
        $question, $language, $sha256, $executionName, $problems, $reportKey, $attempt)
      ON CONFLICT (record_id) DO NOTHING`),
    select: database.prepare('SELECT * FROM records WHERE record_id = ?'),
    claim: database.prepare(`
      UPDATE records SET status = 'PROCESSING', execution_name = $executionName, updated_at = $updatedAt
      WHERE record_id = $recordId AND status = 'UPLOADING'`),
    reopen: database.prepare(`
      UPDATE records SET status = 'UPLOADING', execution_name = NULL, problems = '[]', report_key = NULL,
        attempt = attempt + 1, updated_at = $updatedAt
      WHERE record_id = $recordId AND execution_name = $executionName AND status = 'FAILED'`),
    list: database.prepare(
      'SELECT * FROM records WHERE status IN (SELECT value FROM json_each(?)) ORDER BY updated_at, record_id',
    ),
    isOwner: database.prepare('SELECT 1 FROM records WHERE record_id = ? AND execution_name = ?'),
    finish: database.prepare(`
      UPDATE records SET status = $status, problems = $problems, report_key = $reportKey, updated_at = $updatedAt
      WHERE record_id = $recordId AND execution_name = $executionName AND status = 'PROCESSING'`),
    hasResult: database.prepare(`
      SELECT 1 FROM records WHERE record_id = $recordId AND execution_name = $executionName
        AND status = $status AND problems = $problems AND report_key IS $reportKey`),
  };
}

/** Problems with their keys in one order, so that equal results are equal texts. */
const problemsText = (problems: RecordResult['problems']): string =>
  JSON.stringify(problems.map(({ code, message }) => ({ code, message })));

/** Records in a file of this machine; several processes may share it. `close` it when the process is done. */
export type LocalRecordTable = RecordTable &
  Pick<Ledger, 'records' | 'reopen'> & { readonly close: () => void };

/**
 * Opens or makes the table at `path`, private to this user. Each change is one conditional statement, durable when it
 * resolves; `claim` stays true for its execution after the end too, and changes nothing then. A locked file or a full
 * disk is a `TemporaryFailure`, a row that breaks the schema an `InternalError`.
 */
export function openRecordTable(path: string, now: () => Date = () => new Date()): LocalRecordTable {
  const database = openDatabase(path);
  const sql = statements(database);
  const updatedAt = (): string => now().toISOString();
  return {
    create: (record: Record) =>
      guarded(
        () =>
          sql.insert.run({ ...record, problems: problemsText(record.problems) }).changes === 1 ||
          isDeepStrictEqual(rowSchema.parse(sql.select.get(record.recordId)), record),
      ),
    read: (recordId) =>
      guarded(() => {
        const row = sql.select.get(recordId);
        return row === undefined ? null : rowSchema.parse(row);
      }),
    claim: (recordId, executionName) =>
      guarded(
        () =>
          sql.claim.run({ recordId, executionName, updatedAt: updatedAt() }).changes === 1 ||
          sql.isOwner.get(recordId, executionName) !== undefined,
      ),
    finish: (recordId, executionName, { status, problems, reportKey }) =>
      guarded(() => {
        const result = { recordId, executionName, status, problems: problemsText(problems), reportKey };
        return (
          sql.finish.run({ ...result, updatedAt: updatedAt() }).changes === 1 ||
          sql.hasResult.get(result) !== undefined
        );
      }),
    reopen: (recordId, executionName) =>
      guarded(() => sql.reopen.run({ recordId, executionName, updatedAt: updatedAt() }).changes === 1),
    records: (statuses) =>
      guarded(() => sql.list.all(JSON.stringify(statuses)).map((row) => rowSchema.parse(row))),
    close: () => database.close(),
  };
}
