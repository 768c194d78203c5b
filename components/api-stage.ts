// How is a deployed API watched and slowed down? By its one stage, with logs, traces, throttling and alarms.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { accessLogFormat } from './api-answers.ts';
import { LogGroup, type LogKeeping } from './log-group.ts';
import type { Monitoring } from './operations/monitoring.ts';
import { ResourceAlarms } from './operations/resource-alarms.ts';

/** Name of an API's only stage (A4); it is part of every address. */
export const apiStageName = 'Prod';

export interface ApiStageArgs {
  readonly throttle: {
    /** Requests a second. */
    readonly rate: number;
    /** Requests at once. */
    readonly burst: number;
  };
  /** The account's role for API logs, if this stack sets it; without one the account must have one already. */
  readonly loggingAccount: pulumi.Resource | null;
  readonly logs: LogKeeping;
  readonly monitoring: Monitoring;
}

/** Every request is throttled, traced and written to an access log that holds no token and no body. */
export function apiStage(
  name: string,
  api: aws.apigateway.RestApi,
  deployment: aws.apigateway.Deployment,
  args: ApiStageArgs,
  parent: pulumi.CustomResourceOptions,
): aws.apigateway.Stage {
  const logGroup = new LogGroup(name, { folder: '/aws/apigateway', ...args.logs }, parent);
  const errors = new LogGroup(
    `${name}-errors`,
    // API Gateway writes its own errors there, and would make the group without a retention and a key.
    { name: pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/${apiStageName}`, ...args.logs },
    parent,
  );
  const stage = new aws.apigateway.Stage(
    name,
    {
      restApi: api.id,
      deployment: deployment.id,
      stageName: apiStageName,
      xrayTracingEnabled: true,
      accessLogSettings: { destinationArn: logGroup.arn, format: accessLogFormat },
    },
    { ...parent, dependsOn: [errors, ...(args.loggingAccount === null ? [] : [args.loggingAccount])] },
  );
  new aws.apigateway.MethodSettings(
    name,
    {
      restApi: api.id,
      stageName: stage.stageName,
      methodPath: '*/*',
      settings: {
        // Metrics of each route cost as custom ones, five for each of them; alarms and dashboard read the stage's.
        metricsEnabled: false,
        loggingLevel: 'ERROR',
        // Bodies and tokens would stand in the log.
        dataTraceEnabled: false,
        throttlingRateLimit: args.throttle.rate,
        throttlingBurstLimit: args.throttle.burst,
      },
    },
    parent,
  );
  const dimensions = { ApiName: api.name, Stage: stage.stageName };
  new ResourceAlarms(name, { kind: 'http-api', dimensions, monitoring: args.monitoring }, parent);
  return stage;
}
