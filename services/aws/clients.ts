// How patient is a client of AWS? One place for attempts and time limits; region, credentials and AWS_ENDPOINT_URL come
// from the environment, by the SDK itself.

/** How long one attempt of a call may take. */
export interface Patience {
  /** Until the answer begins, the sending of the request included. */
  readonly requestMs: number;
  /** Without a single byte in either direction, while an answer's body is read too. */
  readonly silenceMs: number;
}

/** Calls of some kilobytes: with all attempts and waits one call ends within 11 s. */
export const brief: Patience = { requestMs: 3000, silenceMs: 3000 };
/** Files: a part of 8 MiB in 60 s is 1.1 Mb/s, far below what Lambda has. */
export const transfer: Patience = { requestMs: 60_000, silenceMs: 15_000 };

/** The first attempt and two more, each after a random wait of at most 100 ms, then 200 ms (1 s when throttled). */
export const attempts = 3;

/** Options of any client: standard retries, and limits that end a call instead of writing a warning. */
export const clientOptions = (patience: Patience) => ({
  retryMode: 'standard' as const,
  maxAttempts: attempts,
  requestHandler: {
    connectionTimeout: 1500,
    requestTimeout: patience.requestMs,
    // Without it the SDK only warns that the time is over.
    throwOnRequestTimeout: true,
    socketTimeout: patience.silenceMs,
  },
});

/** Path-style addresses (`http://host/bucket/key`) for a server that stands in for S3 and has one name only. */
export const addressing = () => ({
  forcePathStyle: Boolean(process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL']),
});
