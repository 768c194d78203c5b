// How does a request look to a handler? As API Gateway's proxy integration shows it, so that handlers have one host less.
import { randomUUID } from 'node:crypto';

/** What of API Gateway's proxy event (REST API) handlers may read. */
export interface ProxyEvent {
  readonly resource: string;
  readonly path: string;
  readonly httpMethod: string;
  readonly headers: Readonly<{ [name: string]: string }>;
  readonly multiValueHeaders: Readonly<{ [name: string]: readonly string[] }>;
  readonly queryStringParameters: Readonly<{ [name: string]: string }> | null;
  readonly multiValueQueryStringParameters: Readonly<{ [name: string]: readonly string[] }> | null;
  readonly pathParameters: Readonly<{ [name: string]: string }> | null;
  readonly stageVariables: null;
  readonly requestContext: {
    readonly requestId: string;
    readonly resourcePath: string;
    readonly httpMethod: string;
    readonly path: string;
    readonly stage: string;
    readonly identity: { readonly sourceIp: string; readonly userAgent: string | null };
  };
  readonly body: string | null;
  readonly isBase64Encoded: false;
}

export interface HttpRequest {
  /** `/records/{recordId}` */
  readonly resource: string;
  readonly method: string;
  /** As the client sees it, without the query. */
  readonly path: string;
  readonly headers: Readonly<{ [name: string]: readonly string[] | undefined }>;
  readonly query: URLSearchParams;
  /** Decoded values of the parameters in the path. */
  readonly parameters: Readonly<{ [name: string]: string }>;
  readonly body: string | null;
}

type Values = { readonly [name: string]: readonly string[] };

const orNull = <T extends object>(value: T): T | null => (Object.keys(value).length === 0 ? null : value);

/** Of several values API Gateway shows the last one where there is room for one. */
const lastOf = (values: Values): { [name: string]: string } =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']));

/** The event that API Gateway would send for the request. */
export function proxyEventOf(request: HttpRequest): ProxyEvent {
  const { resource, method, path, query, parameters, body } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, values]) => (values ? [[name, values]] : [])),
  );
  const queries = Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
  return {
    resource,
    path,
    httpMethod: method,
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: orNull(lastOf(queries)),
    multiValueQueryStringParameters: orNull(queries),
    pathParameters: orNull(parameters),
    stageVariables: null,
    requestContext: {
      requestId: randomUUID(),
      resourcePath: resource,
      httpMethod: method,
      path,
      stage: 'local',
      identity: { sourceIp: '127.0.0.1', userAgent: headers['user-agent']?.at(-1) ?? null },
    },
    body,
    isBase64Encoded: false,
  };
}
