// What does a failed call throw? One error class, with the API's code or a code of our own for the way there.
import type { ProblemCode, ProblemDocument } from '../../../domain/api/problem.ts';

/** `NETWORK`: no answer came. `PROTOCOL`: an answer came that no Greenroom gave, such as a proxy's page. */
export type FailureCode = ProblemCode | 'NETWORK' | 'PROTOCOL';

/** A call that was not answered with success. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: FailureCode;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** What is wrong with which part of the request. */
  readonly errors: NonNullable<ProblemDocument['errors']>;

  constructor(
    code: FailureCode,
    message: string,
    details: {
      readonly status?: number;
      readonly errors?: ProblemDocument['errors'];
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.status = details.status ?? 0;
    this.errors = details.errors ?? [];
  }
}

const isDocument = (value: unknown): value is ProblemDocument =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  'detail' in value &&
  typeof value.detail === 'string';

/** The error that an answer without success means. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => null);
  const { status } = response;
  if (isDocument(body)) return new ProblemError(body.code, body.detail, { status, errors: body.errors });
  // API Gateway's own refusals, and those of what stands before it, have no code of ours.
  if (status === 401) return new ProblemError('UNAUTHENTICATED', 'Please sign in.', { status });
  if (status === 429) return new ProblemError('TOO_MANY_REQUESTS', 'Too many requests.', { status });
  if (status >= 500)
    return new ProblemError('UNAVAILABLE', `The server answered ${String(status)}.`, { status });
  return new ProblemError('PROTOCOL', `The server answered ${String(status)}.`, { status });
}

export const codeOfFailure = (error: unknown): FailureCode =>
  error instanceof ProblemError ? error.code : 'PROTOCOL';
