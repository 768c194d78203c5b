// Which mistakes in functions, state machines, logs and the API do the laws notice?
import type { StackGraph } from '../../../policy/resource.ts';
import { beside, drop, inputs, type Mutant, options, set } from './mutant.ts';

const convert = 'Function::interview-convert-video';
const machine = 'StateMachine::interview-analyse-interview';
const api = 'Stage::interview-api';

const edit = (where: string, name: string, values: object) =>
  inputs(where, (before) => ({ [name]: { ...(before[name] as object), ...values } }));

/** The resource does not wait for its neighbours of one type any more. */
const forgets =
  (where: string, neighbour: string): Mutant['mutate'] =>
  (graph) => {
    const { dependencies = [] } =
      graph.resources.find(
        ({ type, name }) => where.endsWith(`::${name}`) && type.endsWith(`:${where.split('::')[0] ?? ''}`),
      ) ?? {};
    return options(where, { dependencies: dependencies.filter((urn) => !urn.includes(neighbour)) })(graph);
  };

/** Gives one function the role of another. */
const shareRole = (graph: StackGraph): StackGraph => {
  const owner = graph.resources.find(
    ({ type, name }) => type.endsWith(':Function') && name.endsWith('probe-recording'),
  );
  return inputs(convert, () => ({ role: owner?.inputs['role'] }))(graph);
};

const functionMutants: readonly Mutant[] = [
  {
    rule: 'function-is-an-image-by-digest',
    change: 'an image by its tag',
    mutate: set(convert, { imageUri: '123456789012.dkr.ecr.us-east-1.amazonaws.com/images:latest' }),
  },
  {
    rule: 'function-is-an-image-by-digest',
    change: 'an archive with an old runtime',
    mutate: set(convert, { packageType: 'Zip', runtime: 'nodejs16.x' }),
  },
  {
    rule: 'function-traced',
    change: 'no traces',
    mutate: set(convert, { tracingConfig: { mode: 'PassThrough' } }),
  },
  {
    rule: 'function-logs-into-own-group',
    change: 'the group is made later',
    mutate: forgets(convert, ':LogGroup::'),
  },
  {
    rule: 'function-logs-into-own-group',
    change: 'plain text',
    mutate: edit(convert, 'loggingConfig', { logFormat: 'Text' }),
  },
  {
    rule: 'function-sized',
    change: 'no memory said',
    mutate: inputs(convert, () => ({ memorySize: undefined })),
  },
  {
    rule: 'function-sized',
    change: 'no disk said',
    mutate: inputs(convert, () => ({ ephemeralStorage: undefined })),
  },
  {
    rule: 'function-environment-known',
    change: 'a variable that nothing declares',
    mutate: inputs(convert, ({ environment }) => {
      const { variables } = environment as { variables: object };
      return { environment: { variables: { ...variables, DATABASE: 'x' } } };
    }),
  },
  {
    rule: 'function-environment-known',
    change: 'Node is told to load something else',
    mutate: inputs(convert, ({ environment }) => {
      const { variables } = environment as { variables: object };
      return { environment: { variables: { ...variables, NODE_OPTIONS: '--require /tmp/x.js' } } };
    }),
  },
  { rule: 'function-has-own-role', change: 'two functions share a role', mutate: shareRole },
  {
    rule: 'function-has-own-role',
    change: 'a role from somewhere else',
    mutate: forgets(convert, ':Role::'),
  },
  {
    rule: 'function-sized',
    change: 'more time than Lambda gives',
    mutate: set(convert, { timeout: 901 }),
    also: ['everything-is-watched'],
  },
  {
    rule: 'function-is-waited-for',
    change: 'S3 calls a function and forgets it',
    mutate: beside(convert, 'aws:lambda/permission:Permission', {
      principal: 's3.amazonaws.com',
      sourceAccount: '123456789012',
    }),
  },
  {
    rule: 'function-in-several-zones',
    change: 'a function in one subnet',
    mutate: set(convert, { vpcConfig: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] } }),
  },
  {
    rule: 'expensive-function-is-limited',
    change: 'as many conversions as come',
    mutate: inputs(convert, () => ({ reservedConcurrentExecutions: undefined })),
  },
];

export const computeMutants: readonly Mutant[] = [
  ...functionMutants,
  {
    rule: 'machine-logged',
    change: 'a group that is made later',
    mutate: forgets(machine, ':LogGroup::'),
  },
  {
    rule: 'machine-logged',
    change: 'errors only',
    mutate: edit(machine, 'loggingConfiguration', { level: 'ERROR' }),
  },
  {
    rule: 'machine-logged',
    change: 'the data of executions too',
    mutate: edit(machine, 'loggingConfiguration', { includeExecutionData: true }),
  },
  {
    rule: 'machine-traced',
    change: 'no traces',
    mutate: set(machine, { tracingConfiguration: { enabled: false } }),
  },
  { rule: 'machine-runs-once', change: 'an EXPRESS machine', mutate: set(machine, { type: 'EXPRESS' }) },
  {
    rule: 'log-group-expires',
    change: 'a log for ever',
    mutate: set('LogGroup::interview-convert-video', { retentionInDays: 0 }),
  },
  {
    rule: 'log-group-encrypted',
    change: 'the key of CloudWatch',
    mutate: inputs('LogGroup::interview-convert-video', () => ({ kmsKeyId: undefined })),
  },
  {
    rule: 'api-access-logged',
    change: 'no access log',
    mutate: inputs(api, () => ({ accessLogSettings: undefined })),
  },
  {
    rule: 'api-access-logged',
    change: 'a log for people',
    mutate: edit(api, 'accessLogSettings', { format: '$context.requestId $context.status' }),
  },
  {
    rule: 'api-errors-logged',
    change: 'no log of errors',
    mutate: edit('MethodSettings', 'settings', { loggingLevel: 'OFF' }),
  },
  {
    rule: 'api-errors-logged',
    change: 'bodies in the log',
    mutate: edit('MethodSettings', 'settings', { dataTraceEnabled: true }),
  },
  {
    rule: 'api-errors-in-our-log-group',
    change: 'API Gateway makes the group of its errors',
    mutate: drop('LogGroup::interview-api-errors'),
  },
  {
    rule: 'api-errors-in-our-log-group',
    change: 'the group of errors is that of another API',
    mutate: set('LogGroup::interview-api-errors', { name: 'API-Gateway-Execution-Logs_other/Prod' }),
  },
  { rule: 'api-traced', change: 'no traces', mutate: set(api, { xrayTracingEnabled: false }) },
  {
    rule: 'api-throttled',
    change: 'as many requests as come',
    mutate: edit('MethodSettings', 'settings', { throttlingRateLimit: -1 }),
  },
  { rule: 'api-cache-encrypted', change: 'a cache', mutate: set(api, { cacheClusterEnabled: true }) },
  {
    rule: 'api-behind-firewall',
    change: 'another API without a firewall',
    mutate: beside('Table', 'aws:apigateway/stage:Stage', {
      xrayTracingEnabled: true,
      accessLogSettings: { destinationArn: 'arn', format: '{"requestId":"$context.requestId"}' },
    }),
    also: ['api-errors-logged', 'api-throttled', 'everything-is-watched'],
  },
  { rule: 'api-modern-tls', change: 'TLS 1.0', mutate: set('RestApi', { securityPolicy: 'TLS_1_0' }) },
  {
    rule: 'api-integrates-functions',
    change: 'a server somewhere',
    mutate: set('Integration', { type: 'HTTP_PROXY', uri: 'https://example.com' }),
  },
  {
    rule: 'api-methods-authorized',
    change: 'a second route for anybody',
    mutate: beside('Method', 'aws:apigateway/method:Method', {
      httpMethod: 'POST',
      authorization: 'NONE',
      requestValidatorId: 'v',
    }),
    also: ['api-methods-are-operations'],
  },
  {
    rule: 'api-requests-validated',
    change: 'no validator',
    mutate: inputs('Method', () => ({ requestValidatorId: undefined })),
  },
  {
    rule: 'api-throttled',
    change: 'no settings',
    mutate: drop('MethodSettings'),
    also: ['api-errors-logged'],
  },
];
