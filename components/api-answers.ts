// What does an API say by itself, to browsers and to its log?
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';

/**
 * Headers of the answers that an API gives by itself, by the kind of answer. Without them a page of the site could not
 * even read that it has to wait or to sign in.
 */
export const ownAnswers = (
  siteOrigin: string | undefined,
): readonly { readonly responseType: string; readonly responseParameters: Record<string, string> }[] =>
  siteOrigin === undefined
    ? []
    : ['DEFAULT_4XX', 'DEFAULT_5XX'].map((responseType) => ({
        responseType,
        responseParameters: {
          'gatewayresponse.header.Access-Control-Allow-Origin': `'${siteOrigin}'`,
          'gatewayresponse.header.Vary': "'Origin'",
        },
      }));

/** Gives the API these headers. */
export const gatewayResponses = (
  name: string,
  api: aws.apigateway.RestApi,
  siteOrigin: string | undefined,
  parent: pulumi.Resource,
): readonly aws.apigateway.Response[] =>
  ownAnswers(siteOrigin).map(
    (answer) =>
      new aws.apigateway.Response(
        `${name}-${answer.responseType.toLowerCase().replace('_', '-')}`,
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
