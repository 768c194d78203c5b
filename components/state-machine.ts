// How does a pipeline run in AWS? As a Step Functions state machine that may call exactly its stages.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { compile } from '../systems/machine.ts';
import type { MachineSpecification } from '../systems/system.ts';
import { LogGroup, type LogKeeping } from './log-group.ts';
import type { Monitoring } from './operations/monitoring.ts';
import { ResourceAlarms } from './operations/resource-alarms.ts';
import type { Statement } from './places.ts';
import { ServiceRole } from './service-role.ts';

export interface StateMachineArgs {
  readonly machine: MachineSpecification;
  /** ARN of the function of a stage. */
  readonly functionArn: (stageName: string) => pulumi.Input<string>;
  readonly accountId: pulumi.Input<string>;
  readonly logs: LogKeeping;
  readonly monitoring: Monitoring;
}

/**
 * A state machine of the type STANDARD: an execution may take hours and is never run twice. Its log has every
 * event without the data, which is the users' own.
 */
export class StateMachine extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: StateMachineArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:StateMachine', name, {}, opts);
    // Step Functions logs through the vended logs, whose names keep the account's log policy short.
    const logGroup = new LogGroup(name, { folder: '/aws/vendedlogs/states', ...args.logs }, { parent: this });
    const stages = stagesOf(args.machine);
    const role = new ServiceRole(
      name,
      {
        service: 'states.amazonaws.com',
        accountId: args.accountId,
        statements: [
          { Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: stages.map(args.functionArn) },
          ...hostStatements,
        ],
      },
      { parent: this },
    );
    const machine = new aws.sfn.StateMachine(
      name,
      {
        type: 'STANDARD',
        roleArn: role.arn,
        definition: definitionOf(args.machine, stages, args.functionArn),
        loggingConfiguration: {
          level: 'ALL',
          includeExecutionData: false,
          logDestination: pulumi.interpolate`${logGroup.arn}:*`,
        },
        tracingConfiguration: { enabled: true },
      },
      // Step Functions tries the role when the machine is made.
      { parent: this, dependsOn: [role.policy] },
    );
    new ResourceAlarms(
      name,
      {
        kind: 'state-machine',
        dimensions: { StateMachineArn: machine.arn },
        monitoring: args.monitoring,
      },
      { parent: this },
    );
    this.arn = machine.arn;
    this.name = machine.name;
    this.registerOutputs({ arn: this.arn });
  }
}

/** Names of the stages that a machine calls, each once. */
export function stagesOf({ machine }: MachineSpecification): readonly string[] {
  const names = new Set<string>();
  compile(machine, {
    functionArn: (stageName) => {
      names.add(stageName);
      return stageName;
    },
  });
  return [...names];
}

/** The definition as text, once the ARNs are known. */
const definitionOf = (
  { machine }: MachineSpecification,
  stages: readonly string[],
  functionArn: StateMachineArgs['functionArn'],
): pulumi.Output<string> =>
  pulumi
    .all(Object.fromEntries(stages.map((name) => [name, functionArn(name)])))
    .apply((arns) =>
      JSON.stringify(compile(machine, { functionArn: (stageName) => arns[stageName] ?? stageName })),
    );

/** Log delivery and traces know no resources. */
const hostStatements: readonly Statement[] = [
  {
    Effect: 'Allow',
    Action: [
      'logs:CreateLogDelivery',
      'logs:GetLogDelivery',
      'logs:UpdateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:DescribeResourcePolicies',
      'logs:DescribeLogGroups',
    ],
    Resource: '*',
  },
  {
    Effect: 'Allow',
    Action: [
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
    ],
    Resource: '*',
  },
];
