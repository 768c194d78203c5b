// How does a stage answer requests? Who asks, is the request well formed, is the answer what was promised?
import type { Answered, Asked, Operation } from '../../domain/api/operation.ts';
import { commonProblems } from '../../domain/api/operation.ts';
import { InternalError, TemporaryFailure } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import type { ProblemCode } from '../../domain/api/problem.ts';
import type { Services } from '../../services/contracts.ts';
import { apiEventSchema, headerOf, type ApiRequest } from './api-event.ts';
import { ApiProblem } from './api-problem.ts';
import { defineHandler, type Handler, type HandlerContext } from './handler.ts';
import { emptyAnswer, jsonAnswer, problemAnswer, type HttpAnswer } from './http.ts';
import { checkLimits, readRequest } from './read-request.ts';
import { untilAborted } from './until-aborted.ts';

type UserOperation = Operation & { readonly access: 'user' };

/** What a route is given: everything checked, and who asks. */
export type Call<O extends Operation> = Asked<O> & { readonly userId: UserId };

export interface Route<Needs extends keyof Services> {
  readonly operation: UserOperation;
  readonly answer: (
    request: ApiRequest,
    userId: UserId,
    context: HandlerContext<Needs>,
  ) => Promise<HttpAnswer>;
}

/** Only what the schema names goes out; an answer that breaks it is our bug, never the client's. */
function checkedAnswer({ id, answer }: Operation, given: unknown): HttpAnswer {
  if (answer.body === null) return emptyAnswer;
  const checked = answer.body.safeParse(given);
  if (!checked.success)
    throw new InternalError(`the answer of ${id} breaks its schema: ${checked.error.message}`);
  return jsonAnswer(answer.status, checked.data);
}

/** Ties an operation to what answers it. `run` throws `ApiProblem` for what the operation lists as its problems. */
export const defineRoute = <const O extends UserOperation, Needs extends keyof Services>(
  operation: O,
  run: (call: Call<O>, context: HandlerContext<Needs>) => Promise<Answered<O>>,
): Route<Needs> => ({
  operation,
  answer: async (request, userId, context) =>
    checkedAnswer(operation, await run({ ...readRequest(operation, request), userId }, context)),
});

/** What the machinery itself may answer, whatever the operation lists. */
const always: ReadonlySet<ProblemCode> = new Set<ProblemCode>([...commonProblems, 'UNAUTHENTICATED']);

function problemOf(error: unknown, operation: Operation): HttpAnswer {
  if (error instanceof ApiProblem && (always.has(error.code) || operation.problems.includes(error.code)))
    return problemAnswer(error.code, {
      ...(error.detail === null ? {} : { detail: error.detail }),
      ...(error.errors === undefined ? {} : { errors: error.errors }),
    });
  // Only a machine that somebody sits at has a disk that they can make room on.
  if (error instanceof TemporaryFailure && error.code === 'DISK_FULL')
    return problemAnswer('UNAVAILABLE', { detail: 'The disk is full; please make room and try again.' });
  if (error instanceof TemporaryFailure)
    return problemAnswer(error.code === 'THROTTLED' ? 'TOO_MANY_REQUESTS' : 'UNAVAILABLE');
  return problemAnswer('INTERNAL');
}

/** 404 for a resource that nobody here knows, 405 for a method that it does not have. */
function noRoute(routes: readonly { readonly operation: Operation }[], { resource }: ApiRequest): HttpAnswer {
  const methods = routes
    .filter(({ operation }) => operation.path === resource)
    .map(({ operation }) => operation.method);
  return methods.length === 0
    ? problemAnswer('NOT_FOUND')
    : problemAnswer('METHOD_NOT_ALLOWED', { headers: { allow: methods.join(', ') } });
}

async function answerOf<Needs extends keyof Services>(
  { operation, answer }: Route<Needs>,
  request: ApiRequest,
  context: HandlerContext<Needs | 'identity'>,
): Promise<HttpAnswer> {
  const { log, signal } = context;
  try {
    return await untilAborted(signal, async () => {
      const userId = await context.services.identity.userOf(headerOf(request, 'authorization'));
      if (userId === null) throw new ApiProblem('UNAUTHENTICATED');
      checkLimits(operation, request);
      return answer(request, userId, context);
    });
  } catch (error) {
    // Its host wants this call to end: what was asked may be asked again.
    const problem = signal.aborted ? problemAnswer('UNAVAILABLE') : problemOf(error, operation);
    const { statusCode } = problem;
    const facts = { operation: operation.id, requestId: request.requestId, statusCode };
    if (statusCode >= 500) log('request failed', { ...facts, error: String(error) });
    return problem;
  }
}

/**
 * A stage that answers the given routes, and never throws: what goes wrong is a problem document that tells nothing of
 * the inside. First comes who asks, so that nobody else learns whether the rest of a request is right.
 */
export const defineApi = <Needs extends keyof Services>(
  routes: readonly Route<Needs>[],
): Handler<typeof apiEventSchema, HttpAnswer, Needs | 'identity'> =>
  defineHandler({
    input: apiEventSchema,
    run: async (request, context: HandlerContext<Needs | 'identity'>): Promise<HttpAnswer> => {
      const route = routes.find(
        ({ operation }) => operation.method === request.method && operation.path === request.resource,
      );
      return route ? answerOf(route, request, context) : noRoute(routes, request);
    },
  });
