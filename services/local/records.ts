// How are records kept in SQLite, and how does a late or foreign writer fail?
import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { Record } from '../../domain/record.ts';
import type { RecordCatalogue, RecordTable } from '../contracts.ts';
import type { Ledger } from '../operations.ts';
import { guarded, openDatabase } from './database.ts';
import { insertRecord, problemsText, recordDatabase, recordOf, rowOf, summaryText } from './record-rows.ts';

function changes(database: DatabaseSync) {
  return {
    insert: database.prepare(insertRecord),
    claim: database.prepare(`
      UPDATE records SET status = 'PROCESSING', execution_name = $executionName, updated_at = $updatedAt
      WHERE record_id = $recordId AND status = 'UPLOADING'`),
    reopen: database.prepare(`
      UPDATE records SET status = 'UPLOADING', execution_name = NULL, problems = '[]', report_key = NULL,
        summary = NULL, attempt = attempt + 1, updated_at = $updatedAt
      WHERE record_id = $recordId AND execution_name = $executionName AND status = 'FAILED'`),
    finish: database.prepare(`
      UPDATE records SET status = $status, problems = $problems, report_key = $reportKey, summary = $summary,
        updated_at = $updatedAt
      WHERE record_id = $recordId AND execution_name = $executionName AND status = 'PROCESSING'`),
    remove: database.prepare('DELETE FROM records WHERE record_id = ? AND user_id = ?'),
  };
}

function questions(database: DatabaseSync) {
  return {
    select: database.prepare('SELECT * FROM records WHERE record_id = ?'),
    isOwner: database.prepare('SELECT 1 FROM records WHERE record_id = ? AND execution_name = ?'),
    hasResult: database.prepare(`
      SELECT 1 FROM records WHERE record_id = $recordId AND execution_name = $executionName
        AND status = $status AND problems = $problems AND report_key IS $reportKey AND summary IS $summary`),
    inStates: database.prepare(
      'SELECT * FROM records WHERE status IN (SELECT value FROM json_each(?)) ORDER BY updated_at, record_id',
    ),
    newest: database.prepare(
      'SELECT * FROM records WHERE user_id = ? ORDER BY created_at DESC, record_id DESC LIMIT ?',
    ),
    newestAfter: database.prepare(`
      SELECT * FROM records WHERE user_id = ? AND (created_at, record_id) < (?, ?)
      ORDER BY created_at DESC, record_id DESC LIMIT ?`),
    due: database.prepare(
      'SELECT * FROM records WHERE keep_until <= ? ORDER BY keep_until, record_id LIMIT ?',
    ),
  };
}

/** Records in a file of this machine; several processes may share it. `close` it when the process is done. */
export type LocalRecordTable = RecordTable &
  RecordCatalogue &
  Pick<Ledger, 'records' | 'reopen'> & { readonly close: () => void };

const attempted = <T>(work: () => T): Promise<T> => guarded('records', work);

function catalogueOf(database: DatabaseSync): RecordCatalogue {
  const { newest, newestAfter, due } = questions(database);
  const { remove } = changes(database);
  return {
    list: (userId, { limit, after }) =>
      attempted(() => {
        const rows =
          after === null
            ? newest.all(userId, limit)
            : newestAfter.all(userId, after.createdAt, after.recordId, limit);
        return rows.map(recordOf);
      }),
    due: (now, limit) => attempted(() => due.all(now.toISOString(), limit).map(recordOf)),
    remove: (recordId, userId) => attempted(() => remove.run(recordId, userId).changes === 1),
  };
}

/**
 * Opens or makes the table at `path`, private to this user. Each change is one conditional statement, durable when it
 * resolves; `claim` stays true for its execution after the end too, and changes nothing then. What is due comes first
 * that has been due longest. A locked file or a full disk is a `TemporaryFailure`, a row that breaks the schema an
 * `InternalError`.
 */
export function openRecordTable(path: string, now: () => Date = () => new Date()): LocalRecordTable {
  const database = openDatabase(path, recordDatabase);
  const { insert, claim, finish, reopen } = changes(database);
  const { select, isOwner, hasResult, inStates } = questions(database);
  const updatedAt = (): string => now().toISOString();
  return {
    ...catalogueOf(database),
    create: (record: Record) =>
      attempted(
        () =>
          insert.run(rowOf(record)).changes === 1 ||
          isDeepStrictEqual(recordOf(select.get(record.recordId)), record),
      ),
    read: (recordId) =>
      attempted(() => {
        const row = select.get(recordId);
        return row === undefined ? null : recordOf(row);
      }),
    claim: (recordId, executionName) =>
      attempted(
        () =>
          claim.run({ recordId, executionName, updatedAt: updatedAt() }).changes === 1 ||
          isOwner.get(recordId, executionName) !== undefined,
      ),
    finish: (recordId, executionName, { status, problems, reportKey, summary = null }) =>
      attempted(() => {
        const result = {
          recordId,
          executionName,
          status,
          problems: problemsText(problems),
          reportKey,
          summary: summaryText(summary),
        };
        return (
          finish.run({ ...result, updatedAt: updatedAt() }).changes === 1 ||
          hasResult.get(result) !== undefined
        );
      }),
    reopen: (recordId, executionName) =>
      attempted(() => reopen.run({ recordId, executionName, updatedAt: updatedAt() }).changes === 1),
    records: (statuses) => attempted(() => inStates.all(JSON.stringify(statuses)).map(recordOf)),
    close: () => database.close(),
  };
}
