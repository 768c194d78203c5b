// Which records are stuck, and what gets each of them to an end? Nothing that was accepted may stay open for ever.
import type { Problem } from './report.ts';
import type { Record } from './record.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** How one execution stands. */
export interface ExecutionSummary {
  readonly name: string;
  readonly status: ExecutionStatus;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly stoppedAt: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}

/** What is known about one open record. */
export interface OpenRecord {
  readonly record: Record;
  /** Whether the upload lies in the store. */
  readonly isUploaded: boolean;
  /** The execution that owns the record, if it still exists. */
  readonly execution: ExecutionSummary | null;
}

export type Remedy =
  /** Nothing: it is on its way. */
  | { readonly action: 'LEAVE'; readonly why: string }
  /** Tell the system of the upload once more; starting twice is starting once. */
  | { readonly action: 'ANNOUNCE'; readonly why: string }
  /** Close the record with this problem: nobody else will. */
  | { readonly action: 'CLOSE'; readonly why: string; readonly problem: Problem };

const minuteMs = 60_000;
/** The event of an upload is given this long to arrive before it counts as lost. */
export const eventPatienceMs = 15 * minuteMs;
/** An upload that was allowed is given up after this long; the permission itself lasts minutes. */
export const uploadPatienceMs = 24 * 60 * minuteMs;

const notUploaded: Problem = { code: 'TIMEOUT', message: 'The recording was never completely uploaded.' };
const died: Problem = { code: 'BUG', message: 'The analysis ended without a result.' };
const tooLong: Problem = { code: 'TIMEOUT', message: 'The analysis took too long and was ended.' };

function ofUploading({ record, isUploaded }: OpenRecord, ageMs: number): Remedy {
  if (isUploaded)
    return ageMs < eventPatienceMs
      ? { action: 'LEAVE', why: 'the event of its upload may still arrive' }
      : { action: 'ANNOUNCE', why: 'it is uploaded, but no analysis was started' };
  return ageMs < uploadPatienceMs
    ? { action: 'LEAVE', why: `the upload has had ${String(Math.floor(ageMs / minuteMs))} min` }
    : { action: 'CLOSE', why: `nothing was uploaded since ${record.createdAt}`, problem: notUploaded };
}

function ofProcessing({ isUploaded, execution }: OpenRecord, ageMs: number): Remedy {
  if (!execution) {
    if (ageMs < eventPatienceMs) return { action: 'LEAVE', why: 'its analysis was claimed just now' };
    return isUploaded
      ? { action: 'ANNOUNCE', why: 'its analysis was claimed, but never started' }
      : { action: 'CLOSE', why: 'its analysis and its upload are gone', problem: died };
  }
  if (execution.status === 'RUNNING') return { action: 'LEAVE', why: 'its analysis is running' };
  // The last state of an analysis closes the record; a moment may lie between that and the look at it.
  if (ageMs < minuteMs) return { action: 'LEAVE', why: 'its analysis has ended just now' };
  const problem = execution.status === 'TIMED_OUT' ? tooLong : died;
  return { action: 'CLOSE', why: `its analysis ended as ${execution.status}`, problem };
}

/** The remedy for a record that is UPLOADING or PROCESSING; a closed record needs none. */
export function remedyFor(open: OpenRecord, now: Date): Remedy {
  const ageMs = now.getTime() - Date.parse(open.record.updatedAt);
  switch (open.record.status) {
    case 'UPLOADING':
      return ofUploading(open, ageMs);
    case 'PROCESSING':
      return ofProcessing(open, ageMs);
    case 'SUCCEEDED':
    case 'PARTIAL':
    case 'FAILED':
      return { action: 'LEAVE', why: 'it is closed' };
  }
}
