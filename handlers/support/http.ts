// How does a route answer? JSON with the headers that a browser should see, or a problem document (RFC 9457).
import { problemTable, type ProblemCode, type ProblemDocument } from '../../domain/api/problem.ts';

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

/** 204: it is done, and there is nothing to say. */
export const emptyAnswer: HttpAnswer = { statusCode: 204, headers, body: '' };

/** What a client should know beside the code; each is a header that the code's status asks for. */
const headersOf: { readonly [Code in ProblemCode]?: HttpAnswer['headers'] } = {
  UNAUTHENTICATED: { 'www-authenticate': 'Bearer' },
  TOO_MANY_REQUESTS: { 'retry-after': '2' },
  UNAVAILABLE: { 'retry-after': '5' },
};

export interface ProblemOptions {
  /** Default: the sentence of the table. */
  readonly detail?: string;
  readonly errors?: ProblemDocument['errors'];
  readonly headers?: HttpAnswer['headers'];
}

/** The problem document of a code, without a page of its own for the type: `about:blank`. */
export function problemAnswer(code: ProblemCode, options: ProblemOptions = {}): HttpAnswer {
  const { status, title, detail } = problemTable[code];
  const { errors } = options;
  const document: ProblemDocument = {
    type: 'about:blank',
    status,
    title,
    code,
    detail: options.detail ?? detail,
    ...(errors === undefined ? {} : { errors }),
  };
  return {
    statusCode: status,
    headers: {
      ...headers,
      ...headersOf[code],
      ...options.headers,
      'content-type': 'application/problem+json',
    },
    body: JSON.stringify(document),
  };
}
