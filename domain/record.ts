// What is stored about one practice answer, and which changes of state are allowed?
import { z } from 'zod';
import { recordingErrorCodes, type ErrorCode } from './errors.ts';
import { recordIdSchema, userIdSchema } from './ids.ts';
import { problemSchema } from './report.ts';

/** UPLOADING → PROCESSING → SUCCEEDED, PARTIAL or FAILED; a terminal state is never left. */
export const recordStatusSchema = z.enum(['UPLOADING', 'PROCESSING', 'SUCCEEDED', 'PARTIAL', 'FAILED']);
export type RecordStatus = z.infer<typeof recordStatusSchema>;

export const recordVersion = 1;

export const recordSchema = z.object({
  version: z.literal(recordVersion),
  recordId: recordIdSchema,
  userId: userIdSchema,
  status: recordStatusSchema,
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** The name that the candidate's file had; shown, never used as a path. */
  fileName: z.string().nullable(),
  question: z.string().nullable(),
  /** BCP 47 tag, or `null` to let the recogniser find out. */
  language: z.string().nullable(),
  /** SHA-256 of the file as the client saw it; compared after the download (CHECKSUM). */
  sha256: z.string().nullable(),
  /** Which analysis of the upload this is: 0, and one more for each time an operator redrove it. */
  attempt: z.int().nonnegative(),
  /** The execution that owns the record; only it may write results (A15). */
  executionName: z.string().nullable(),
  problems: z.array(problemSchema),
  reportKey: z.string().nullable(),
});
export type Record = z.infer<typeof recordSchema>;

const allowed: { readonly [From in RecordStatus]: readonly RecordStatus[] } = {
  UPLOADING: ['PROCESSING', 'FAILED'],
  PROCESSING: ['SUCCEEDED', 'PARTIAL', 'FAILED'],
  SUCCEEDED: [],
  PARTIAL: [],
  FAILED: [],
};

export const mayBecome = (from: RecordStatus, to: RecordStatus): boolean => allowed[from].includes(to);

const faultsOfTheRecording: ReadonlySet<ErrorCode> = new Set(recordingErrorCodes);

/**
 * Whether another analysis may end better: the record FAILED, and not because of the file. Only an operator reopens a
 * record, and no late writer can: the next attempt is an execution of another name.
 */
export const mayBeRedriven = ({ status, problems }: Pick<Record, 'status' | 'problems'>): boolean =>
  status === 'FAILED' && !problems.some(({ code }) => faultsOfTheRecording.has(code));

export const isTerminal = (status: RecordStatus): boolean => allowed[status].length === 0;
