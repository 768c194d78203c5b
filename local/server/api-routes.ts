// How do the operations of the API get their answers here? From the handlers that also run on Lambda.
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { HandlerFailed } from '../../handlers/support/handler.ts';
import type { HttpAnswer } from '../../handlers/support/http.ts';
import { interviewRoutes } from '../../systems/interview/routes.ts';
import type { RouteSpecification } from '../../systems/system.ts';
import { handlers, type LocalContext } from '../stages.ts';
import { problemResponse, responseOf } from './answers.ts';
import { proxyEventOf } from './proxy-event.ts';
import { readBody } from './request-body.ts';

export type LocalApp = Hono<{ Bindings: HttpBindings }>;

export interface ApiOptions {
  readonly context: LocalContext;
  /** Told of every success, with the id of the operation. */
  readonly onDone: (operationId: string) => void;
}

/** Hono's way to write `/records/{recordId}`. */
const patternOf = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** Never of an error's own words: they are of the inside. */
function failureResponse(error: unknown, { context }: ApiOptions): Response {
  context.log('request failed', { error: String(error) });
  const isTemporary = error instanceof HandlerFailed && error.name === 'TemporaryFailure';
  return problemResponse(isTemporary ? 'UNAVAILABLE' : 'INTERNAL');
}

function answer(app: LocalApp, { operation, stage }: RouteSpecification, options: ApiOptions): void {
  const run = handlers[stage.name];
  app.on(operation.method, patternOf(operation.path), async (c) => {
    const { incoming } = c.env;
    const url = new URL(c.req.url);
    const event = proxyEventOf({
      resource: operation.path,
      method: operation.method,
      path: url.pathname,
      headers: incoming.headersDistinct,
      query: url.searchParams,
      parameters: c.req.param(),
      body: operation.method === 'GET' ? null : await readBody(incoming),
    });
    try {
      if (!run) throw new Error(`no handler runs the stage ${stage.name}`);
      const signal = AbortSignal.timeout(stage.timeoutSeconds * 1000);
      const { timeoutSeconds } = stage;
      const given = (await run(event, { ...options.context, signal, timeoutSeconds })) as HttpAnswer;
      if (given.statusCode < 300) options.onDone(operation.id);
      return responseOf(given);
    } catch (error) {
      return failureResponse(error, options);
    }
  });
}

/** Adds every operation of the interview's API, and says of known paths which methods they have. */
export function addApiRoutes(app: LocalApp, options: ApiOptions): void {
  for (const route of interviewRoutes) answer(app, route, options);
  const byPath = Map.groupBy(interviewRoutes, ({ operation }) => operation.path);
  for (const [path, routes] of byPath) {
    const allow = routes.map(({ operation }) => operation.method).join(', ');
    app.all(patternOf(path), () => problemResponse('METHOD_NOT_ALLOWED', { headers: { allow } }));
  }
}
