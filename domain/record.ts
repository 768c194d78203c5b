// What is stored about one practice answer, and which changes of state are allowed?
import { z } from 'zod';
import { consentSchema } from './consent.ts';
import { recordingErrorCodes, type ErrorCode } from './errors.ts';
import { formulaNames } from './formulas.ts';
import { recordIdSchema, userIdSchema, type RecordId, type UserId } from './ids.ts';
import { problemSchema } from './report.ts';
import { uploadContentTypeSchema } from './upload-format.ts';

/** UPLOADING → PROCESSING → SUCCEEDED, PARTIAL or FAILED; a terminal state is never left. */
export const recordStatusSchema = z.enum(['UPLOADING', 'PROCESSING', 'SUCCEEDED', 'PARTIAL', 'FAILED']);
export type RecordStatus = z.infer<typeof recordStatusSchema>;

export const recordVersion = 1;

/** What a list of attempts shows of a finished report without opening it. */
export const recordSummarySchema = z.object({
  durationSeconds: z.number(),
  structureScore: z.number().nullable().describe('0–100; null when there was nothing to assess.'),
  figures: z
    .partialRecord(z.enum(formulaNames), z.number().nullable())
    .describe('Figures that are followed from attempt to attempt; null where one could not be found.'),
});
export type RecordSummary = z.infer<typeof recordSummarySchema>;

export const recordSchema = z.object({
  version: z.literal(recordVersion),
  recordId: recordIdSchema,
  userId: userIdSchema,
  status: recordStatusSchema,
  createdAt: z.iso.datetime().describe('ISO 8601, UTC.'),
  updatedAt: z.iso.datetime().describe('Last change of the state, ISO 8601, UTC.'),
  fileName: z.string().nullable().describe('The name that the file had; shown, never used as a path.'),
  question: z.string().nullable().describe('What was answered.'),
  language: z
    .string()
    .nullable()
    .describe('BCP 47 tag of what is spoken; null lets the recogniser find out.'),
  /** SHA-256 of the file as the client saw it; compared after the download (CHECKSUM). */
  sha256: z.string().nullable(),
  sizeBytes: z.int().positive().nullable().default(null).describe('Size of the upload in bytes.'),
  contentType: uploadContentTypeSchema.nullable().default(null).describe('As what it was uploaded.'),
  sessionId: z.ulid().nullable().default(null).describe('ULID that the answers of one sitting share.'),
  /** What the user agreed to before the recording; `null` only where the user runs Greenroom by their own hand. */
  consent: consentSchema.nullable().default(null),
  keepUntil: z.iso
    .datetime()
    .nullable()
    .default(null)
    .describe('When everything about the record is deleted, ISO 8601, UTC; null: its user set no day.'),
  /** Which analysis of the upload this is: 0, and one more for each time an operator redrove it. */
  attempt: z.int().nonnegative(),
  /** The execution that owns the record; only it may write results (A15). */
  executionName: z.string().nullable(),
  problems: z.array(problemSchema),
  reportKey: z.string().nullable(),
  summary: recordSummarySchema.nullable().default(null),
});
export type Record = z.infer<typeof recordSchema>;

/** A record as it is created: UPLOADING, nothing known that is not given. */
export const newRecord = (
  given: { readonly recordId: RecordId; readonly userId: UserId; readonly now: Date } & Partial<
    Pick<
      Record,
      | 'fileName'
      | 'question'
      | 'language'
      | 'sha256'
      | 'sizeBytes'
      | 'contentType'
      | 'sessionId'
      | 'consent'
      | 'keepUntil'
    >
  >,
): Record => {
  const { now, ...known } = given;
  return {
    version: recordVersion,
    status: 'UPLOADING',
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    fileName: null,
    question: null,
    language: null,
    sha256: null,
    sizeBytes: null,
    contentType: null,
    sessionId: null,
    consent: null,
    keepUntil: null,
    attempt: 0,
    executionName: null,
    problems: [],
    reportKey: null,
    summary: null,
    ...known,
  };
};

const allowed: { readonly [From in RecordStatus]: readonly RecordStatus[] } = {
  UPLOADING: ['PROCESSING', 'FAILED'],
  PROCESSING: ['SUCCEEDED', 'PARTIAL', 'FAILED'],
  SUCCEEDED: [],
  PARTIAL: [],
  FAILED: [],
};

export const mayBecome = (from: RecordStatus, to: RecordStatus): boolean => allowed[from].includes(to);

/** What another attempt would not change: the file, and the will of the user who cancelled. */
const finalCodes: ReadonlySet<ErrorCode> = new Set([...recordingErrorCodes, 'CANCELLED']);

/**
 * Whether another analysis may end better: the record FAILED, and not because of the file or of its user. Only an
 * operator reopens a record, and no late writer can: the next attempt is an execution of another name.
 */
export const mayBeRedriven = ({ status, problems }: Pick<Record, 'status' | 'problems'>): boolean =>
  status === 'FAILED' && !problems.some(({ code }) => finalCodes.has(code));

/** Whether its user stopped the analysis: nothing of it is wanted any more, whoever still works on it. */
export const isCancelled = ({ problems }: Pick<Record, 'problems'>): boolean =>
  problems.some(({ code }) => code === 'CANCELLED');

export const isTerminal = (status: RecordStatus): boolean => allowed[status].length === 0;
