// How does a call of an emulated function end, and what does Lambda say about it?

/** The error document of the Runtime API. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace?: readonly string[] | undefined;
}

export type Outcome = { readonly payload: Buffer } | { readonly error: FunctionError };

/** Most bytes of a synchronous call's event: 6 MiB. */
export const maximumEventBytes = 6 * 1024 * 1024;
/** Most bytes of an answer: Lambda allows itself 100 more. */
export const maximumAnswerBytes = maximumEventBytes + 100;
/** What Lambda gives the start of a function. */
export const initSeconds = 10;

const about = (requestId: string, sentence: string): string => `RequestId: ${requestId} Error: ${sentence}`;

export const answerTooLarge: FunctionError = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${String(maximumAnswerBytes)} bytes).`,
};

export const timedOut = (requestId: string, seconds: number): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: about(requestId, `Task timed out after ${seconds.toFixed(2)} seconds`),
});

/** `how` is `exit status 1` or `signal: killed`; `null` for a runtime that ended as if all were well. */
export const runtimeExited = (requestId: string, how: string | null): FunctionError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: about(
    requestId,
    how === null ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${how}`,
  ),
});

/** An error document as the runtime sent it; one that is none is told as it is. */
export function readFunctionError(body: Buffer): FunctionError {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null) {
      const fields: { readonly [name: string]: unknown } = { ...parsed };
      const { errorType, errorMessage, stackTrace } = fields;
      return {
        errorType: typeof errorType === 'string' ? errorType : 'Unhandled',
        errorMessage: typeof errorMessage === 'string' ? errorMessage : '',
        ...(Array.isArray(stackTrace) ? { stackTrace: stackTrace.map(String) } : {}),
      };
    }
  } catch {
    // Lambda passes on whatever a runtime says.
  }
  return { errorType: 'Unhandled', errorMessage: body.toString('utf8') };
}
