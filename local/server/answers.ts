// How does the server answer where no handler is asked? With the same problem documents as the API.
import type { ProblemCode } from '../../domain/api/problem.ts';
import { problemAnswer, type HttpAnswer, type ProblemOptions } from '../../handlers/support/http.ts';

/** Only for sites that are reached by HTTPS. */
const notHere = new Set(['strict-transport-security']);

/** A handler's answer as a response of this server. */
export const responseOf = ({ statusCode, headers, body }: HttpAnswer): Response =>
  new Response(body === '' ? null : body, {
    status: statusCode,
    headers: Object.entries(headers).filter(([name]) => !notHere.has(name)),
  });

/** An answer that is no success (RFC 9457). */
export const problemResponse = (code: ProblemCode, options: ProblemOptions = {}): Response =>
  responseOf(problemAnswer(code, options));

/** Thrown where a request must end with a problem and nothing else is to be done. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  constructor(code: ProblemCode, detail?: string) {
    super(detail ?? code);
    this.code = code;
    this.detail = detail;
  }
}

/** The answer for whoever's request was refused. */
export const refusalResponse = ({ code, detail }: RequestRefused): Response =>
  problemResponse(code, detail === undefined ? {} : { detail });
