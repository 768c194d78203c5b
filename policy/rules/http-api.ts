// What must be true of every HTTP API?
import { dependents, ofType } from '../neighbours.ts';
import { documentOf, input, isProperties, numberOf, textOf } from '../read.ts';
import type { Resource, StackGraph } from '../resource.ts';
import { type Rule, unless } from '../rule.ts';

const stage = 'aws:apigateway/stage:Stage';
const method = 'aws:apigateway/method:Method';

const settingsOf = (graph: StackGraph, resource: Resource): readonly Resource[] =>
  dependents(graph, resource, 'aws:apigateway/methodSettings:MethodSettings').filter(
    (settings) => textOf(settings, 'methodPath') === '*/*',
  );

/** Whether a browser asks beforehand what it may ask. */
export const isPreflight = (resource: Resource): boolean => textOf(resource, 'httpMethod') === 'OPTIONS';

export const httpApiRules: readonly Rule[] = [
  {
    name: 'api-access-logged',
    asks: 'Every API writes one line of JSON a request into a log group.',
    why: 'Without it nobody can say who called what.',
    sources: [
      'AwsSolutions-APIG1',
      'Serverless-APIGWAccessLogging',
      'Serverless-APIGWStructuredLogging',
      'A50',
    ],
    severity: 'medium',
    scope: 'resource',
    types: [stage],
    check: (resource) => {
      const format = documentOf(resource, 'accessLogSettings.format');
      return [
        ...unless(textOf(resource, 'accessLogSettings.destinationArn') !== undefined, 'has no access log'),
        ...unless(
          isProperties(format) && format['requestId'] === '$context.requestId',
          'does not log JSON with the request’s id',
        ),
      ];
    },
  },
  {
    name: 'api-errors-logged',
    asks: 'Every API logs its own errors for all methods, without the bodies of requests.',
    why: 'A 500 that API Gateway makes itself shows nowhere else; bodies hold people’s data and tokens.',
    sources: ['FSBP APIGateway.1', 'AwsSolutions-APIG6'],
    severity: 'medium',
    scope: 'stack',
    types: [stage],
    check: (resource, graph) => {
      const settings = settingsOf(graph, resource);
      return [
        ...unless(
          settings.some((one) => ['ERROR', 'INFO'].includes(textOf(one, 'settings.loggingLevel') ?? '')),
          'does not log errors',
        ),
        ...unless(
          settings.every((one) => input(one, 'settings.dataTraceEnabled') === false),
          'logs the bodies of requests',
        ),
      ];
    },
  },
  {
    name: 'api-errors-in-our-log-group',
    asks: 'The log group that API Gateway writes an API’s own errors into is part of the program.',
    why: 'API Gateway would make it by itself, without a retention and without a key.',
    sources: ['A46'],
    severity: 'medium',
    scope: 'stack',
    types: ['aws:apigateway/methodSettings:MethodSettings'],
    check: (resource, graph) => {
      if ((textOf(resource, 'settings.loggingLevel') ?? 'OFF') === 'OFF') return [];
      const [api = '', apiStage = ''] = [textOf(resource, 'restApi'), textOf(resource, 'stageName')];
      const name = `API-Gateway-Execution-Logs_${api}/${apiStage}`;
      return unless(
        ofType(graph, 'aws:cloudwatch/logGroup:LogGroup').some((group) => textOf(group, 'name') === name),
        'logs into a group that is not ours',
      );
    },
  },
  {
    name: 'api-traced',
    asks: 'Every API sends traces to X-Ray.',
    why: 'Slow requests show where the time goes.',
    sources: ['FSBP APIGateway.3', 'Serverless-APIGWXrayEnabled', 'A45'],
    severity: 'low',
    scope: 'resource',
    types: [stage],
    check: (resource) => unless(input(resource, 'xrayTracingEnabled') === true, 'is not traced'),
  },
  {
    name: 'api-throttled',
    asks: 'Every API limits its requests for all methods.',
    why: 'AWS’s default is ten thousand a second, shared by all APIs of the account.',
    sources: ['Serverless-APIGWDefaultThrottling', 'A51'],
    severity: 'medium',
    scope: 'stack',
    types: [stage],
    check: (resource, graph) =>
      unless(
        settingsOf(graph, resource).some(
          (settings) =>
            (numberOf(settings, 'settings.throttlingRateLimit') ?? -1) > 0 &&
            (numberOf(settings, 'settings.throttlingBurstLimit') ?? -1) > 0,
        ),
        'has no limit of its own',
      ),
  },
  {
    name: 'api-cache-encrypted',
    asks: 'An API that keeps answers in a cache encrypts them.',
    why: 'Answers hold people’s data.',
    sources: ['FSBP APIGateway.5'],
    severity: 'medium',
    scope: 'stack',
    types: [stage],
    check: (resource, graph) =>
      unless(
        input(resource, 'cacheClusterEnabled') !== true ||
          settingsOf(graph, resource).some(
            (settings) => input(settings, 'settings.cacheDataEncrypted') === true,
          ),
        'has a cache that is not encrypted',
      ),
  },
  {
    name: 'api-behind-firewall',
    asks: 'Every API is behind a web application firewall.',
    why: 'Known attacks would reach the functions.',
    sources: ['FSBP APIGateway.4', 'AwsSolutions-APIG3'],
    severity: 'medium',
    scope: 'stack',
    types: [stage],
    check: (resource, graph) =>
      unless(
        dependents(graph, resource, 'aws:wafv2/webAclAssociation:WebAclAssociation').length > 0,
        'has no firewall',
      ),
  },
  {
    name: 'api-modern-tls',
    asks: 'Every API takes TLS 1.2 or newer only.',
    why: 'API Gateway’s own default still takes TLS 1.0.',
    sources: [],
    severity: 'medium',
    scope: 'resource',
    types: ['aws:apigateway/restApi:RestApi'],
    check: (resource) =>
      unless(
        /^(TLS_1_2|SecurityPolicy_TLS13_1_[23]_)/.test(textOf(resource, 'securityPolicy') ?? ''),
        'takes TLS older than 1.2',
      ),
  },
  {
    name: 'api-integrates-functions',
    asks: 'A method goes to a function of ours, and not to a server somewhere.',
    why: 'To a server API Gateway would need a certificate to be recognised by; Lambda recognises it by the permission.',
    sources: ['FSBP APIGateway.2'],
    severity: 'medium',
    scope: 'resource',
    types: ['aws:apigateway/integration:Integration'],
    check: (resource) =>
      unless(
        ['AWS_PROXY', 'MOCK'].includes(textOf(resource, 'type') ?? ''),
        'goes to a server without a certificate',
      ),
  },
  {
    name: 'api-methods-authorized',
    asks: 'Every method asks who is there.',
    why: 'The predecessor let anybody read anybody’s records.',
    sources: ['AwsSolutions-APIG4', 'AwsSolutions-COG4', 'A7'],
    severity: 'critical',
    scope: 'resource',
    types: [method],
    check: (resource) =>
      unless(
        // A browser asks with OPTIONS before it has a token to show.
        isPreflight(resource) ||
          ['COGNITO_USER_POOLS', 'CUSTOM', 'AWS_IAM'].includes(textOf(resource, 'authorization') ?? 'NONE'),
        'lets anybody in',
      ),
  },
  {
    name: 'api-requests-validated',
    asks: 'Every method has its request checked before its function is called.',
    why: 'Malformed requests cost nothing then.',
    sources: ['AwsSolutions-APIG2'],
    severity: 'low',
    scope: 'resource',
    types: [method],
    check: (resource) =>
      unless(input(resource, 'requestValidatorId') !== undefined, 'does not check requests'),
  },
];
