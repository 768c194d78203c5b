// What does an API say by itself, to browsers and to its log?
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { problemTable, type ProblemCode, type ProblemDocument } from '../domain/api/problem.ts';

/**
 * The kinds of answers that API Gateway makes itself, and the problem that each is. Bodies and parameters that do not
 * have the expected form are among the 4xx that are not named; what is wrong with them API Gateway cannot say in JSON.
 */
const ownProblems: Readonly<Record<string, ProblemCode>> = {
  DEFAULT_4XX: 'INVALID_REQUEST',
  DEFAULT_5XX: 'INTERNAL',
  UNAUTHORIZED: 'UNAUTHENTICATED',
  // A token without the scope: an ID token, or one of another sign-in.
  ACCESS_DENIED: 'UNAUTHENTICATED',
  AUTHORIZER_FAILURE: 'UNAVAILABLE',
  // What API Gateway says of a path or a method that there is not.
  MISSING_AUTHENTICATION_TOKEN: 'NOT_FOUND',
  RESOURCE_NOT_FOUND: 'NOT_FOUND',
  REQUEST_TOO_LARGE: 'TOO_LARGE',
  UNSUPPORTED_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  THROTTLED: 'TOO_MANY_REQUESTS',
  WAF_FILTERED: 'FORBIDDEN',
  INTEGRATION_FAILURE: 'UNAVAILABLE',
  INTEGRATION_TIMEOUT: 'UNAVAILABLE',
};

/** Headers that a problem needs; values are literals, which API Gateway wants in quotes. */
const headersOf: Readonly<Partial<Record<ProblemCode, Readonly<Record<string, string>>>>> = {
  UNAUTHENTICATED: { 'WWW-Authenticate': 'Bearer' },
  TOO_MANY_REQUESTS: { 'Retry-After': '1' },
  UNAVAILABLE: { 'Retry-After': '5' },
};

/** One answer, as API Gateway takes it. */
export interface OwnAnswer {
  readonly responseType: string;
  readonly statusCode: string;
  readonly responseTemplates: Record<string, string>;
  readonly responseParameters: Record<string, string>;
}

/** A problem document; it names nothing of the request and nothing of what is inside. */
const documentOf = (code: ProblemCode): ProblemDocument => ({
  type: 'about:blank',
  ...problemTable[code],
  code,
});

/**
 * Every answer that an API gives by itself, as problem documents with stable codes. A page of `siteOrigin` may read
 * them; without one only pages of the API's own host can.
 */
export const ownAnswers = (siteOrigin: string | undefined): readonly OwnAnswer[] =>
  Object.entries(ownProblems).map(([responseType, code]) => {
    const headers = {
      'Content-Type': 'application/problem+json',
      // The distribution would keep some errors for seconds.
      'Cache-Control': 'no-store',
      ...headersOf[code],
      ...(siteOrigin !== undefined && { 'Access-Control-Allow-Origin': siteOrigin, Vary: 'Origin' }),
    };
    return {
      responseType,
      statusCode: String(problemTable[code].status),
      // The only kind of body that API Gateway fills in for every request, whatever it accepts.
      responseTemplates: { 'application/json': JSON.stringify(documentOf(code)) },
      responseParameters: Object.fromEntries(
        Object.entries(headers).map(([header, value]) => [`gatewayresponse.header.${header}`, `'${value}'`]),
      ),
    };
  });

/** Gives the API these answers. */
export const gatewayResponses = (
  name: string,
  api: aws.apigateway.RestApi,
  siteOrigin: string | undefined,
  parent: pulumi.Resource,
): readonly aws.apigateway.Response[] =>
  ownAnswers(siteOrigin).map(
    (answer) =>
      new aws.apigateway.Response(
        `${name}-${answer.responseType.toLowerCase().replaceAll('_', '-')}`,
        { restApiId: api.id, ...answer },
        { parent },
      ),
  );

/** One line of JSON for each request, as API Gateway fills it in; nothing of it comes from a header or a body. */
export const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  responseLength: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  sourceIp: '$context.identity.sourceIp',
  error: '$context.error.responseType',
  traceId: '$context.xrayTraceId',
});
