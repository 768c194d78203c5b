// Does a request have the form that its operation wants? Checked before any route sees it.
import type { z } from 'zod';
import type { Asked, Operation } from '../../domain/api/operation.ts';
import type { ProblemDocument } from '../../domain/api/problem.ts';
import { headerOf, type ApiRequest, type Fields } from './api-event.ts';
import { ApiProblem } from './api-problem.ts';
import { requestErrors } from './request-errors.ts';

/** Largest body, in bytes: fifty questions of 500 characters are some 100 KiB at most. */
export const largestBody = 256 * 1024;

type Errors = NonNullable<ProblemDocument['errors']>;

/** `application/json`, with or without a character set, which can only be UTF-8 (RFC 8259). */
const jsonType = /^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*$/i;

/** What is too large or of another kind is not read at all. */
export function checkLimits(operation: Operation, request: ApiRequest): void {
  if (request.body.length > largestBody) throw new ApiProblem('TOO_LARGE');
  if (operation.body !== null && !jsonType.test(headerOf(request, 'content-type') ?? ''))
    throw new ApiProblem('UNSUPPORTED_MEDIA_TYPE');
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body as JSON; a body where none belongs counts as wrong. */
function readBody(operation: Operation, { body }: ApiRequest, errors: Errors): unknown {
  if (operation.body === null) {
    if (body.length > 0) errors.push({ at: 'body', message: 'must be empty' });
    return null;
  }
  try {
    return JSON.parse(utf8.decode(body)) as unknown;
  } catch {
    errors.push({ at: 'body', message: 'must be JSON in UTF-8' });
    return undefined;
  }
}

/** An object whose keys are all its own, so that `__proto__` is a name like any other. */
function oncePerName(fields: Fields, errors: Errors): object {
  const names = fields.map(([name]) => name);
  if (new Set(names).size < names.length) errors.push({ at: 'query', message: 'has a name twice' });
  return Object.fromEntries(fields);
}

function check(schema: z.ZodType, value: unknown, part: string, errors: Errors): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) errors.push(...requestErrors(part, parsed.error));
  return parsed.data;
}

/**
 * Everything that the operation's schemas let through.
 * @throws ApiProblem NOT_FOUND for an id that cannot be one, as for one that nobody has; INVALID_REQUEST with what is
 * wrong where
 */
export function readRequest<O extends Operation>(operation: O, request: ApiRequest): Asked<O> {
  const errors: Errors = [];
  const parameters = check(
    operation.parameters,
    Object.fromEntries(request.parameters),
    'parameters',
    errors,
  );
  if (errors.length > 0 && operation.problems.includes('NOT_FOUND')) throw new ApiProblem('NOT_FOUND');
  const query = check(operation.query, oncePerName(request.query, errors), 'query', errors);
  const json = readBody(operation, request, errors);
  const body =
    operation.body === null || json === undefined ? null : check(operation.body, json, 'body', errors);
  if (errors.length > 0) throw new ApiProblem('INVALID_REQUEST', null, errors.slice(0, 20));
  // The schemas are the operation's own, so what they let through is what it asks for.
  return { parameters, query, body } as Asked<O>;
}
