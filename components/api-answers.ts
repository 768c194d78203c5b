// What does an API say by itself, to browsers and to its log?
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';

/** Without these headers a page of the site could not even read that it has to wait or to sign in. */
export const gatewayResponses = (
  name: string,
  api: aws.apigateway.RestApi,
  siteOrigin: string | undefined,
  parent: pulumi.Resource,
): readonly aws.apigateway.Response[] =>
  siteOrigin === undefined
    ? []
    : ['DEFAULT_4XX', 'DEFAULT_5XX'].map(
        (responseType) =>
          new aws.apigateway.Response(
            `${name}-${responseType.toLowerCase().replace('_', '-')}`,
            {
              restApiId: api.id,
              responseType,
              responseParameters: {
                'gatewayresponse.header.Access-Control-Allow-Origin': `'${siteOrigin}'`,
                'gatewayresponse.header.Vary': "'Origin'",
              },
            },
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
