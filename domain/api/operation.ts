// What is one operation of the API? Method, path, and the shapes of what is asked and answered.
import type { z } from 'zod';
import type { ProblemCode } from './problem.ts';

export interface Operation {
  /** camelCase, unique in the API: the operationId of the OpenAPI document and the name in the client. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/records/{recordId}`; parameters in braces, with their schemas in `parameters`. */
  readonly path: `/${string}`;
  /** One line for the list of operations. */
  readonly summary: string;
  /** `public` needs no token. */
  readonly access: 'public' | 'user';
  readonly parameters: z.ZodObject;
  readonly query: z.ZodObject;
  /** JSON body; `null` when there is none. */
  readonly body: z.ZodObject | null;
  readonly answer: { readonly status: 200 | 201 | 202 | 204; readonly body: z.ZodType | null };
  /** What it may be answered with beside what every operation may be (`INVALID_REQUEST`, `INTERNAL`, …). */
  readonly problems: readonly ProblemCode[];
}

/** What every operation may be answered with, whatever it does. */
export const commonProblems = [
  'INVALID_REQUEST',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'TOO_MANY_REQUESTS',
  'INTERNAL',
  'UNAVAILABLE',
] as const satisfies readonly ProblemCode[];

/** Keeps the schemas' own types, from which handlers and the client take theirs. */
export const defineOperation = <const O extends Operation>(operation: O): O => operation;

/** What a handler gets: everything checked. */
export interface Asked<O extends Operation> {
  readonly parameters: z.output<O['parameters']>;
  readonly query: z.output<O['query']>;
  readonly body: O['body'] extends z.ZodType ? z.output<O['body']> : null;
}

/** What a client sends. */
export interface Asking<O extends Operation> {
  readonly parameters: z.input<O['parameters']>;
  readonly query: z.input<O['query']>;
  readonly body: O['body'] extends z.ZodType ? z.input<O['body']> : null;
}

/** The body of a success; `null` for 204. */
export type Answered<O extends Operation> = O['answer']['body'] extends z.ZodType
  ? z.output<O['answer']['body']>
  : null;
