// How does a record lie in a row of SQLite?
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { assertFinite } from '../../domain/json-numbers.ts';
import { recordSchema, type Record, type RecordSummary } from '../../domain/record.ts';
import type { RecordResult } from '../contracts.ts';
import type { DatabaseDescription } from './database.ts';

const run = (sql: string) => (database: DatabaseSync) => database.exec(sql);

/** A change of the columns is one more step; steps that were released stay as they are. */
export const recordDatabase: DatabaseDescription = {
  holds: 'records',
  steps: [
    run(`CREATE TABLE records (
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
      report_key TEXT
    ) STRICT, WITHOUT ROWID`),
    run('ALTER TABLE records ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0'),
    run(`
      ALTER TABLE records ADD COLUMN size_bytes INTEGER;
      ALTER TABLE records ADD COLUMN content_type TEXT;
      ALTER TABLE records ADD COLUMN session_id TEXT;
      ALTER TABLE records ADD COLUMN consent TEXT;
      ALTER TABLE records ADD COLUMN keep_until TEXT;
      ALTER TABLE records ADD COLUMN summary TEXT;
      CREATE INDEX records_by_user ON records (user_id, created_at, record_id);
      CREATE INDEX records_by_end ON records (keep_until) WHERE keep_until IS NOT NULL`),
  ],
};

const jsonSchema = z.string().transform((text): unknown => JSON.parse(text));

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
    problems: jsonSchema,
    report_key: z.string().nullable(),
    attempt: z.number(),
    size_bytes: z.number().nullable(),
    content_type: z.string().nullable(),
    session_id: z.string().nullable(),
    consent: jsonSchema.nullable(),
    keep_until: z.string().nullable(),
    summary: jsonSchema.nullable(),
  })
  .transform((row): unknown => ({
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
    sizeBytes: row.size_bytes,
    contentType: row.content_type,
    sessionId: row.session_id,
    consent: row.consent,
    keepUntil: row.keep_until,
    attempt: row.attempt,
    executionName: row.execution_name,
    problems: row.problems,
    reportKey: row.report_key,
    summary: row.summary,
  }))
  .pipe(recordSchema);

/** @throws ZodError for a row that breaks the schema */
export const recordOf = (row: unknown): Record => rowSchema.parse(row);

/** Problems with their keys in one order, so that equal results are equal texts. */
export const problemsText = (problems: RecordResult['problems']): string =>
  JSON.stringify(problems.map(({ code, message }) => ({ code, message })));

/** The same for a summary; `null` for none. */
export function summaryText(summary: RecordSummary | null): string | null {
  if (summary === null) return null;
  assertFinite(summary);
  const { durationSeconds, structureScore } = summary;
  const figures = Object.fromEntries(
    Object.entries(summary.figures).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
  return JSON.stringify({ durationSeconds, structureScore, figures });
}

/** The row of a record, by the names of the parameters in `insertRecord`. */
export const rowOf = (record: Record) => ({
  ...record,
  problems: problemsText(record.problems),
  consent: record.consent === null ? null : JSON.stringify(record.consent),
  summary: summaryText(record.summary),
});

/** Adds a row; does nothing when the id is taken. */
export const insertRecord = `
  INSERT INTO records (record_id, user_id, version, status, created_at, updated_at, file_name, question, language,
    sha256, execution_name, problems, report_key, attempt, size_bytes, content_type, session_id, consent, keep_until,
    summary)
  VALUES ($recordId, $userId, $version, $status, $createdAt, $updatedAt, $fileName, $question, $language,
    $sha256, $executionName, $problems, $reportKey, $attempt, $sizeBytes, $contentType, $sessionId, $consent, $keepUntil,
    $summary)
  ON CONFLICT (record_id) DO NOTHING`;
