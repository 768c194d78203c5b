// What must be true of every function and every state machine?
import { functionVariables } from '../../systems/environment.ts';
import { dependents, ofType, prerequisites } from '../neighbours.ts';
import { at, input, isGiven, isProperties, numberOf, textOf, textsOf } from '../read.ts';
import { type Rule, unless } from '../rule.ts';

const lambda = 'aws:lambda/function:Function';
const machine = 'aws:sfn/stateMachine:StateMachine';
const logGroup = 'aws:cloudwatch/logGroup:LogGroup';
const role = 'aws:iam/role:Role';

/** Services that call a function and do not wait for its answer: a failed call is tried twice and then forgotten. */
const forgetfulCallers = new Set(
  ['s3', 'sns', 'events', 'ses', 'logs', 'iot', 'config', 'codecommit'].map(
    (service) => `${service}.amazonaws.com`,
  ),
);

/** Variables beside those of the specification: source lines in stack traces. */
const hostVariables: Readonly<Record<string, string>> = { NODE_OPTIONS: '--enable-source-maps' };

export const computeRules: readonly Rule[] = [
  {
    name: 'function-is-an-image-by-digest',
    asks: 'Every function runs an image that is named by its digest.',
    why: 'A tag can be moved; a digest is the bytes. The runtime is part of the image, so that it is pinned too.',
    sources: ['FSBP Lambda.2', 'AwsSolutions-L1', 'Serverless-LambdaLatestVersion', 'A22'],
    severity: 'high',
    scope: 'resource',
    types: [lambda],
    check: (resource) => [
      ...unless(textOf(resource, 'packageType') === 'Image', 'is no image'),
      ...unless(
        /@sha256:[0-9a-f]{64}$/.test(textOf(resource, 'imageUri') ?? ''),
        'does not name its image by digest',
      ),
    ],
  },
  {
    name: 'function-traced',
    asks: 'Every function sends traces to X-Ray.',
    why: 'Slow calls between services show nowhere else.',
    sources: ['Serverless-LambdaTracing', 'A45'],
    severity: 'low',
    scope: 'resource',
    types: [lambda],
    check: (resource) => unless(textOf(resource, 'tracingConfig.mode') === 'Active', 'is not traced'),
  },
  {
    name: 'function-logs-into-own-group',
    asks: 'Every function writes JSON into a log group that was there before it.',
    why: 'Lambda would make a group that keeps everything for ever under AWS’s key.',
    sources: ['A46'],
    severity: 'medium',
    scope: 'stack',
    types: [lambda],
    check: (resource, graph) => [
      ...unless(textOf(resource, 'loggingConfig.logFormat') === 'JSON', 'does not log JSON'),
      ...unless(
        textOf(resource, 'loggingConfig.logGroup') !== undefined &&
          prerequisites(graph, resource, logGroup).length === 1,
        'has no log group of its own before it',
      ),
    ],
  },
  {
    name: 'function-sized',
    asks: 'Every function says how much memory, time and disk it gets.',
    why: 'Lambda’s defaults, 128 MiB and 3 s, are right for nothing.',
    sources: ['Serverless-LambdaDefaultMemorySize', 'Serverless-LambdaDefaultTimeout', 'A58'],
    severity: 'medium',
    scope: 'resource',
    types: [lambda],
    check: (resource) =>
      (
        [
          ['memorySize', 128, 10_240],
          ['timeout', 1, 900],
          ['ephemeralStorage.size', 512, 10_240],
        ] as const
      ).flatMap(([path, least, most]) => {
        const value = numberOf(resource, path) ?? 0;
        return unless(
          value >= least && value <= most,
          `has no ${path} from ${String(least)} to ${String(most)}`,
        );
      }),
  },
  {
    name: 'function-environment-known',
    asks: 'A function finds in its environment what systems/environment.ts declares, and nothing else.',
    why: 'Secrets in variables can be read by everybody who may look at the function.',
    sources: ['A29', 'A31', 'C76'],
    severity: 'high',
    scope: 'resource',
    types: [lambda],
    check: (resource) => {
      const variables = input(resource, 'environment.variables');
      return Object.entries(isProperties(variables) ? variables : {})
        .filter(([name, value]) => !Object.hasOwn(functionVariables, name) && hostVariables[name] !== value)
        .map(([name]) => `has the variable ${name}, which nothing declares`);
    },
  },
  {
    name: 'function-has-own-role',
    asks: 'Every function has a role that nothing else takes.',
    why: 'A shared role has the rights of all who share it.',
    sources: ['A52'],
    severity: 'high',
    scope: 'stack',
    types: [lambda],
    check: (resource, graph) => {
      const arn = textOf(resource, 'role');
      const others = ofType(graph, lambda, machine).filter(
        (other) =>
          other.urn !== resource.urn &&
          arn !== undefined &&
          [at(other.inputs, 'role'), at(other.inputs, 'roleArn')].includes(arn),
      );
      return [
        ...unless(
          prerequisites(graph, resource, role).length > 0,
          'takes a role that the stack does not make',
        ),
        ...unless(others.length === 0, `shares its role with ${others.map(({ name }) => name).join(', ')}`),
      ];
    },
  },
  {
    name: 'function-is-waited-for',
    asks: 'Who calls a function waits for the answer, or the function has somewhere to put its failures.',
    why: 'A call that nobody waits for is tried twice and then forgotten.',
    sources: ['Serverless-LambdaDLQ', 'Serverless-LambdaAsyncFailureDestination'],
    severity: 'high',
    scope: 'stack',
    types: [lambda],
    check: (resource, graph) => {
      const hasDestination =
        textOf(resource, 'deadLetterConfig.targetArn') !== undefined ||
        dependents(graph, resource, 'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig').some(
          (config) => textOf(config, 'destinationConfig.onFailure.destination') !== undefined,
        );
      const callers = dependents(graph, resource, 'aws:lambda/permission:Permission')
        .map((permission) => textOf(permission, 'principal') ?? '')
        .filter((principal) => forgetfulCallers.has(principal));
      return callers.length === 0 || hasDestination
        ? []
        : [`is called by ${callers.join(', ')}, which forgets what fails`];
    },
  },
  {
    name: 'function-in-several-zones',
    asks: 'A function in a VPC has subnets in at least two availability zones.',
    why: 'It would stand still when one zone does.',
    sources: ['FSBP Lambda.5'],
    severity: 'medium',
    scope: 'resource',
    types: [lambda],
    check: (resource) =>
      unless(
        !isGiven(resource, 'vpcConfig') || textsOf(resource, 'vpcConfig.subnetIds').length >= 2,
        'is in one subnet only',
      ),
  },
  {
    name: 'machine-logged',
    asks: 'Every state machine logs every event, without the data of the execution.',
    why: 'Without the log a failed analysis cannot be explained; with the data it would hold people’s transcripts.',
    sources: ['FSBP StepFunctions.1', 'AwsSolutions-SF1', 'A46'],
    severity: 'medium',
    scope: 'stack',
    types: [machine],
    check: (resource, graph) => [
      ...unless(textOf(resource, 'loggingConfiguration.level') === 'ALL', 'does not log every event'),
      ...unless(
        input(resource, 'loggingConfiguration.includeExecutionData') === false,
        'logs the data of executions',
      ),
      ...unless(
        (textOf(resource, 'loggingConfiguration.logDestination') ?? '').endsWith(':*') &&
          prerequisites(graph, resource, logGroup).length > 0,
        'has no log group before it',
      ),
    ],
  },
  {
    name: 'machine-traced',
    asks: 'Every state machine sends traces to X-Ray.',
    why: 'Slow stages show as one picture there.',
    sources: ['AwsSolutions-SF2', 'Serverless-StepFunctionStateMachineXray', 'A45'],
    severity: 'low',
    scope: 'resource',
    types: [machine],
    check: (resource) => unless(input(resource, 'tracingConfiguration.enabled') === true, 'is not traced'),
  },
  {
    name: 'machine-runs-once',
    asks: 'Every state machine is of the type STANDARD.',
    why: 'EXPRESS ends after five minutes, and may run an analysis twice.',
    sources: ['A11'],
    severity: 'high',
    scope: 'resource',
    types: [machine],
    check: (resource) => unless(textOf(resource, 'type') === 'STANDARD', 'is not of the type STANDARD'),
  },
  {
    name: 'log-group-expires',
    asks: 'Every log group says how long it keeps its lines.',
    why: 'Logs would stay, and cost, for ever.',
    sources: ['Serverless-CloudWatchLogGroupRetentionPeriod', 'A46'],
    severity: 'medium',
    scope: 'resource',
    types: [logGroup],
    check: (resource) => unless((numberOf(resource, 'retentionInDays') ?? 0) > 0, 'keeps its lines for ever'),
  },
  {
    name: 'log-group-encrypted',
    asks: 'Every log group is encrypted with the stack’s key.',
    why: 'Logs name users and their recordings.',
    sources: [],
    severity: 'medium',
    scope: 'resource',
    types: [logGroup],
    check: (resource) =>
      unless(
        (textOf(resource, 'kmsKeyId') ?? '').startsWith('arn:aws:kms:'),
        'is not encrypted with a customer key',
      ),
  },
];
