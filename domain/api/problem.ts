// What can a request be answered with when it is not answered? Problem documents (RFC 9457) with stable codes.
import { z } from 'zod';

/** Every code with its HTTP status, the status in words, and what it says unless a route says more. The list is closed. */
export const problemTable = {
  INVALID_REQUEST: {
    status: 400,
    title: 'Bad Request',
    detail: 'The request does not have the expected form.',
  },
  UNAUTHENTICATED: { status: 401, title: 'Unauthorized', detail: 'Please sign in.' },
  FORBIDDEN: { status: 403, title: 'Forbidden', detail: 'Requests from there are not accepted.' },
  NOT_FOUND: { status: 404, title: 'Not Found', detail: 'There is nothing here.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'Method Not Allowed',
    detail: 'This cannot be done with what is here.',
  },
  CONFLICT: { status: 409, title: 'Conflict', detail: 'The state of the thing does not allow it.' },
  CONSENT_OUTDATED: {
    status: 409,
    title: 'Conflict',
    detail: 'The privacy notice has changed; please read it and agree again.',
  },
  TOO_LARGE: { status: 413, title: 'Content Too Large', detail: 'The request is too large.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'Unsupported Media Type',
    detail: 'The body must be JSON.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: 'Too Many Requests',
    detail: 'Too many requests; please wait a moment.',
  },
  INTERNAL: { status: 500, title: 'Internal Server Error', detail: 'Something went wrong on our side.' },
  UNAVAILABLE: {
    status: 503,
    title: 'Service Unavailable',
    detail: 'The system cannot do its work at the moment; please try again later.',
  },
} as const satisfies {
  readonly [code: string]: { readonly status: number; readonly title: string; readonly detail: string };
};
export type ProblemCode = keyof typeof problemTable;
export const problemCodes = Object.keys(problemTable) as [ProblemCode, ...ProblemCode[]];

/** The body of every answer that is no success; `about:blank` because there is no page of its own for the type. */
export const problemDocumentSchema = z
  .object({
    type: z.literal('about:blank'),
    status: z.int().describe('The HTTP status.'),
    title: z.string().describe('The status in words.'),
    code: z.enum(problemCodes).describe('For programs; sentences may change.'),
    detail: z.string().describe('For people; tells nothing of what is inside.'),
    errors: z
      .array(z.object({ at: z.string(), message: z.string() }))
      .optional()
      .describe('What is wrong with which part of the request, such as `body.sizeBytes`.'),
  })
  .meta({ id: 'Problem' });
export type ProblemDocument = z.infer<typeof problemDocumentSchema>;
