// What can go wrong, under which code, and whose fault is it?

/** Faults of the recording itself: another analysis would end the same way. */
export const recordingErrorCodes = [
  'EMPTY',
  'NOT_MEDIA',
  'TRUNCATED',
  'CHECKSUM',
  'TOO_LONG',
  'TOO_LARGE',
  'TOO_MANY_PIXELS',
  'NO_VIDEO',
  'NO_AUDIO',
] as const;

/** Every code a record or a report can carry. The list is closed: a new cause is a decision. */
export const errorCodes = [
  ...recordingErrorCodes,
  'DISK_FULL',
  'OUT_OF_MEMORY',
  'TIMEOUT',
  'THROTTLED',
  'UPSTREAM',
  'MODEL_OUTPUT',
  'CANCELLED',
  'BUG',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

interface Details {
  readonly cause?: unknown;
}

/** The root of all errors Greenroom throws on purpose; `name` is what Step Functions matches on. */
export abstract class GreenroomError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, { cause }: Details = {}) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
  }
}

/** The user's file cannot be used: permanent, never retried, told to the user in one sentence. */
export class RecordingRejected extends GreenroomError {
  override readonly name = 'RecordingRejected';
}

/** The machine or a service failed for now: retried with growing waits. */
export class TemporaryFailure extends GreenroomError {
  override readonly name = 'TemporaryFailure';
}

/** This machine's time or memory was not enough: the same work will hardly fit the next time, so one retry at most. */
export class ResourceExhausted extends GreenroomError {
  override readonly name = 'ResourceExhausted';
}

/** A service answered, but with something that must not be used: permanent for this input. */
export class ServiceRejected extends GreenroomError {
  override readonly name = 'ServiceRejected';
}

/** Our own fault: never retried, fails loudly. */
export class InternalError extends GreenroomError {
  override readonly name = 'InternalError';
  constructor(message: string, details: Details = {}) {
    super('BUG', message, details);
  }
}

/** The names a Retry or Catch may match; a misspelt one does not compile. */
export type ErrorName =
  | RecordingRejected['name']
  | TemporaryFailure['name']
  | ResourceExhausted['name']
  | ServiceRejected['name']
  | InternalError['name'];

/** The code under which any thrown value is recorded. Unknown values are our bug. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof GreenroomError) return error.code;
  const system = error instanceof Error && 'code' in error ? error.code : undefined;
  if (system === 'ENOSPC' || system === 'EDQUOT') return 'DISK_FULL';
  if (system === 'ENOMEM') return 'OUT_OF_MEMORY';
  return 'BUG';
}
