// Why did an execution fail, in a code and a sentence? Read from what a Catch hands on.
import { errorCodes, type ErrorCode, type ErrorName } from './errors.ts';
import type { Problem } from './report.ts';

const messagePattern = new RegExp(`^(${errorCodes.join('|')}): (.+)$`, 's');

/** What the candidate reads when the fault is not in the file; details stay in the log. */
const ownFault: { readonly [Code in ErrorCode]?: string } & {
  readonly TIMEOUT: string;
  readonly BUG: string;
} = {
  TIMEOUT: 'The analysis took too long and was ended.',
  THROTTLED: 'Too much was going on; please try again later.',
  UPSTREAM: 'A program or service that the analysis needs failed; please try again later.',
  DISK_FULL: 'The disk is full.',
  OUT_OF_MEMORY: 'The recording needs more memory than there is.',
  MODEL_OUTPUT: 'The language model gave no usable answer.',
  BUG: 'Something went wrong on our side.',
};

/** Errors that name their cause by themselves, raised by Step Functions and by Lambda. */
const codesOfErrors: { readonly [error: string]: ErrorCode } = {
  'States.Timeout': 'TIMEOUT',
  'States.HeartbeatTimeout': 'TIMEOUT',
  'Sandbox.Timedout': 'TIMEOUT',
  'Lambda.TooManyRequestsException': 'THROTTLED',
};

/** How Lambda words the end of a function that could not say anything any more. */
function codeOfDeath(cause: string): ErrorCode {
  if (/\bTask timed out after [\d.]+ seconds/.test(cause)) return 'TIMEOUT';
  // The kernel kills whatever takes more memory than the function has.
  if (/\b(?:signal: killed|Runtime\.OutOfMemory)\b/.test(cause)) return 'OUT_OF_MEMORY';
  return 'BUG';
}

function messageOf(cause: string): string {
  try {
    const parsed: unknown = JSON.parse(cause);
    if (typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed)
      return String(parsed.errorMessage);
  } catch {
    // Not a function's error: Step Functions writes plain causes for its own.
  }
  return cause;
}

/**
 * The problem that an error means to the candidate. Only the errors named in `spoken` keep their sentence, because it
 * was written for the candidate; any other stays in the log.
 */
export function problemOf(
  failure: { readonly Error: string; readonly Cause: string },
  spoken: readonly ErrorName[] = ['RecordingRejected'],
): Problem {
  const named = codesOfErrors[failure.Error];
  if (named !== undefined) return { code: named, message: ownFault[named] ?? ownFault.BUG };
  const [, found, sentence] = messagePattern.exec(messageOf(failure.Cause)) ?? [];
  const code = errorCodes.find((known) => known === found) ?? codeOfDeath(failure.Cause);
  if (spoken.some((name) => name === failure.Error) && sentence !== undefined)
    return { code, message: sentence };
  const message = ownFault[code];
  // A code about the file, but nobody rejected the file: the fault is ours.
  return message === undefined ? { code: 'BUG', message: ownFault.BUG } : { code, message };
}
