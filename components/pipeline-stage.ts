// How does a stage run in AWS? As a Lambda function from its image, with its own role, logs and alarms.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { type FunctionVariable, variablesOf } from '../systems/environment.ts';
import type { StageSettings } from '../systems/stage.ts';
import { LogGroup, type LogKeeping } from './log-group.ts';
import type { Monitoring } from './operations/monitoring.ts';
import { ResourceAlarms } from './operations/resource-alarms.ts';
import { type Places, type Statement, statementsOf } from './places.ts';
import { ServiceRole } from './service-role.ts';

/** Subnets and security groups of a function that must reach private things. */
export interface VpcPlacement {
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
}

export interface PipelineStageArgs {
  readonly stage: StageSettings;
  /** Image by digest: `<repository>@sha256:…`. */
  readonly imageUri: pulumi.Input<string>;
  readonly architecture: 'arm64' | 'x86_64';
  /** Memory in MiB; default is the stage's. */
  readonly memoryMiB?: number | undefined;
  /** Concurrent executions reserved for it; `null` takes from what the account has left. */
  readonly reservedConcurrency: number | null;
  readonly places: Places;
  /** Value of a variable; asked only for those that the stage's grants call for. */
  readonly variable: (name: FunctionVariable) => pulumi.Input<string>;
  readonly logs: LogKeeping;
  readonly monitoring: Monitoring;
  /** Default: outside of any VPC. */
  readonly vpc?: VpcPlacement | undefined;
}

/** A function that may do what its stage's grants say, write its own log and send traces, and nothing else. */
export class PipelineStage extends pulumi.ComponentResource {
  readonly functionName: pulumi.Output<string>;
  readonly functionArn: pulumi.Output<string>;
  /** What API Gateway calls. */
  readonly invokeArn: pulumi.Output<string>;

  constructor(name: string, args: PipelineStageArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:PipelineStage', name, {}, opts);
    const { stage, memoryMiB = stage.memoryMiB } = args;
    const logGroup = new LogGroup(name, { folder: '/aws/lambda', ...args.logs }, { parent: this });
    const role = new ServiceRole(
      name,
      {
        service: 'lambda.amazonaws.com',
        accountId: null,
        statements: [
          ...statementsOf(stage.grants, args.places),
          ...hostStatements(logGroup.arn),
          ...(args.vpc === undefined ? [] : [interfacesOfVpc]),
        ],
      },
      { parent: this },
    );
    const lambda = new aws.lambda.Function(
      name,
      {
        description: `${stage.handler} of ${pulumi.getProject()} ${pulumi.getStack()}`,
        packageType: 'Image',
        imageUri: args.imageUri,
        architectures: [args.architecture],
        role: role.arn,
        memorySize: memoryMiB,
        timeout: stage.timeoutSeconds,
        ephemeralStorage: { size: stage.ephemeralStorageMiB },
        ...(args.reservedConcurrency !== null && { reservedConcurrentExecutions: args.reservedConcurrency }),
        environment: { variables: environmentOf(args) },
        loggingConfig: {
          logFormat: 'JSON',
          logGroup: logGroup.name,
          applicationLogLevel: 'INFO',
          systemLogLevel: 'INFO',
        },
        tracingConfig: { mode: 'Active' },
        ...(args.vpc && { vpcConfig: args.vpc }),
      },
      // A function without its policy would fail its first calls.
      { parent: this, dependsOn: [logGroup, role.policy] },
    );
    new ResourceAlarms(
      name,
      {
        kind: 'function',
        dimensions: { FunctionName: lambda.name },
        facts: {
          timeoutSeconds: stage.timeoutSeconds,
          reservedConcurrency: args.reservedConcurrency,
          memoryMiB: args.memoryMiB ?? stage.memoryMiB,
        },
        monitoring: args.monitoring,
      },
      { parent: this },
    );
    this.functionName = lambda.name;
    this.functionArn = lambda.arn;
    this.invokeArn = lambda.invokeArn;
    this.registerOutputs({ functionName: this.functionName, functionArn: this.functionArn });
  }
}

/** Stack traces must name the lines of our sources, not those of a bundle. */
const environmentOf = ({ stage, variable }: PipelineStageArgs): Record<string, pulumi.Input<string>> => ({
  ...Object.fromEntries(variablesOf(stage).map((name) => [name, variable(name)])),
  NODE_OPTIONS: '--enable-source-maps',
});

/** What Lambda does in the function's name: its log streams, and traces, which know no resources. */
const hostStatements = (logGroupArn: pulumi.Output<string>): readonly Statement[] => [
  {
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: pulumi.interpolate`${logGroupArn}:log-stream:*`,
  },
  { Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' },
];

/** Lambda makes the network interfaces before it knows their names, so that these actions take no resource. */
const interfacesOfVpc: Statement = {
  Effect: 'Allow',
  Action: [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  Resource: '*',
};
