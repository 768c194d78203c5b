// What does the owner of a record see of it?
import type { Progress, RecordView } from './api/shapes.ts';
import { isTerminal, type Record } from './record.ts';

/** Without its owner, keys and executions; a closed record has no progress, whatever is given. */
export const recordView = (record: Record, progress: Progress | null): RecordView => ({
  recordId: record.recordId,
  status: record.status,
  createdAt: record.createdAt,
  updatedAt: record.updatedAt,
  fileName: record.fileName,
  question: record.question,
  language: record.language,
  sizeBytes: record.sizeBytes,
  contentType: record.contentType,
  sessionId: record.sessionId,
  consent: record.consent,
  keepUntil: record.keepUntil,
  problems: record.problems,
  summary: record.summary,
  hasReport: record.reportKey !== null,
  hasRun: record.executionName !== null,
  progress: isTerminal(record.status) ? null : progress,
});
