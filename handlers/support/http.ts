// How does a route answer? JSON with the headers that a browser should see, or a problem document (RFC 9457).
import type { ErrorCode } from '../../domain/errors.ts';

/** What API Gateway's proxy integration makes an HTTP answer of. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<{ [name: string]: string }>;
  readonly body: string;
}

/** For answers that are no pages: nothing in them is ever to be run, framed, guessed at or kept. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-site',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
} as const;

export const jsonAnswer = (statusCode: number, value: unknown): HttpAnswer => ({
  statusCode,
  headers: { ...headers, 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

export interface HttpProblem {
  readonly status: number;
  /** The HTTP status in words. */
  readonly title: string;
  /** A stable word for programs; sentences may change. */
  readonly code: ErrorCode;
  /** For people; tells nothing of what is inside. */
  readonly detail: string;
}

/** RFC 9457 without a page of its own for the type: `about:blank`, and `code` as extension member. */
export const problemAnswer = (problem: HttpProblem): HttpAnswer => ({
  statusCode: problem.status,
  headers: { ...headers, 'content-type': 'application/problem+json' },
  body: JSON.stringify({ type: 'about:blank', ...problem }),
});
