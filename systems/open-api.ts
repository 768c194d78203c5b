// How is an API described to programs and people of other houses? OpenAPI 3.1, made from its operations.
import { createDocument, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { commonProblems, type Operation } from '../domain/api/operation.ts';
import { problemDocumentSchema, problemTable, type ProblemCode } from '../domain/api/problem.ts';

export interface ApiFacts {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Where the API is, relative to the document. */
  readonly url: string;
}

/** Every code that an operation may be answered with: its own, those of all, and that nobody is signed in. */
const codesOf = ({ access, problems, body }: Operation): readonly ProblemCode[] => [
  ...(access === 'user' ? (['UNAUTHENTICATED'] as const) : []),
  ...problems,
  ...commonProblems.filter((code) => body !== null || !aboutBodies.has(code)),
];

const aboutBodies: ReadonlySet<ProblemCode> = new Set(['TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE']);

function problemResponses(operation: Operation): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(codesOf(operation), (code) => problemTable[code].status);
  const responses = [...byStatus].toSorted(([a], [b]) => a - b);
  return Object.fromEntries(
    responses.map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${problemTable[code].detail}`).join(' '),
        content: { 'application/problem+json': { schema: problemDocumentSchema } },
      },
    ]),
  );
}

const operationObject = (operation: Operation) => ({
  operationId: operation.id,
  summary: operation.summary,
  security: operation.access === 'public' ? [] : [{ token: [] }],
  requestParams: { path: operation.parameters, query: operation.query },
  ...(operation.body ? { requestBody: { required: true, ...jsonOf(operation.body) } } : {}),
  responses: {
    [String(operation.answer.status)]: {
      description: operation.summary,
      ...(operation.answer.body ? jsonOf(operation.answer.body) : {}),
    },
    ...problemResponses(operation),
  } as ZodOpenApiResponsesObject,
});

const jsonOf = (schema: NonNullable<Operation['answer']['body']>) => ({
  content: { 'application/json': { schema } },
});

/** The document of these operations, in their order. */
export function openApiOf(
  operations: readonly Operation[],
  facts: ApiFacts,
): ReturnType<typeof createDocument> {
  const { url, ...info } = facts;
  const byPath = Map.groupBy(operations, ({ path }) => path);
  return createDocument({
    openapi: '3.1.1',
    info: { ...info, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url }],
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'Deployed: an access token of the user pool, with the scope openid. On this machine: the token of ./greenroom start.',
        },
      },
    },
    paths: Object.fromEntries(
      [...byPath].map(([path, ofPath]) => [
        path,
        Object.fromEntries(ofPath.map((one) => [one.method.toLowerCase(), operationObject(one)])),
      ]),
    ),
  });
}
