// How does the app ask the API?
import type { Answered, Asking } from '../../../domain/api/operation.ts';
import type { OperationId, Operations } from '../../../domain/api/operations.ts';
import { addresses } from './addresses.ts';
import { delayBeforeMs, mayPass, mostTries } from './retry-policy.ts';
import { problemOf, ProblemError } from './problem-error.ts';

type Part<Name extends string, T> = T extends null
  ? unknown
  : Record<string, never> extends T
    ? { readonly [Key in Name]?: T }
    : { readonly [Key in Name]: T };

/** What an operation needs; a part that may be empty may be left out. */
export type Question<Id extends OperationId> = Part<'parameters', Asking<Operations[Id]>['parameters']> &
  Part<'query', Asking<Operations[Id]>['query']> &
  Part<'body', Asking<Operations[Id]>['body']>;

export type Answer<Id extends OperationId> = Answered<Operations[Id]>;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface ApiClient {
  /**
   * Asks once, or up to four times with growing pauses when the operation may be repeated (GET, PUT, DELETE).
   *
   * @throws ProblemError for whatever is no success; an aborted call throws its signal's reason.
   */
  readonly ask: <Id extends OperationId>(
    id: Id,
    question: Question<Id>,
    options?: CallOptions,
  ) => Promise<Answer<Id>>;
}

export interface ApiSurroundings {
  readonly apiUrl: string;
  /** The token to send, or `null` when nobody is signed in. */
  readonly token: () => Promise<string | null>;
  /** Told when the server does not take the token (any more). */
  readonly onRefused: () => void;
  readonly fetch?: typeof fetch;
  /** Waits so many milliseconds. */
  readonly pause?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

interface LooseQuestion {
  readonly parameters?: { readonly [name: string]: string };
  readonly query?: { readonly [name: string]: unknown };
  readonly body?: unknown;
}

/** The address below the API's own, with every parameter and query value encoded. */
export function pathOf(template: string, { parameters = {}, query = {} }: LooseQuestion): string {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string' || typeof value === 'number') search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

const rest = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });

async function send(surroundings: ApiSurroundings, url: string, request: RequestInit): Promise<unknown> {
  const fetchNow = surroundings.fetch ?? fetch;
  const response = await fetchNow(url, request).catch((cause: unknown) => {
    if (request.signal?.aborted) throw cause;
    throw new ProblemError('NETWORK', 'There was no answer.', { cause });
  });
  if (response.status === 401) surroundings.onRefused();
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return null;
  return response.json().catch((cause: unknown) => {
    throw new ProblemError('PROTOCOL', 'The answer is no JSON.', { status: response.status, cause });
  });
}

/** A client of the API that one site's configuration names. */
export function createApiClient(surroundings: ApiSurroundings): ApiClient {
  const pause = surroundings.pause ?? rest;
  const ask = async (
    id: OperationId,
    question: LooseQuestion,
    { signal }: CallOptions = {},
  ): Promise<unknown> => {
    const { method, path } = addresses[id];
    const url = surroundings.apiUrl + pathOf(path, question);
    for (let tries = 1; ; tries += 1) {
      const token = await surroundings.token();
      const headers = new Headers({ accept: 'application/json, application/problem+json' });
      if (token !== null) headers.set('authorization', `Bearer ${token}`);
      const request: RequestInit = { method, headers, cache: 'no-store', credentials: 'omit' };
      if (signal) request.signal = signal;
      if (question.body !== undefined) {
        headers.set('content-type', 'application/json');
        request.body = JSON.stringify(question.body);
      }
      try {
        return await send(surroundings, url, request);
      } catch (error) {
        if (method === 'POST' || tries === mostTries || !mayPass(error)) throw error;
        await pause(delayBeforeMs(tries), signal);
      }
    }
  };
  // The table's types say what each id is asked with and answered with; the loose shapes above are all of them at once.
  return { ask: ask as unknown as ApiClient['ask'] };
}
