// How do the routes of a system become an API? A regional REST API with one resource and one method for each.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { RouteSpecification } from '../systems/system.ts';
import { accessLogFormat, gatewayResponses, ownAnswers } from './api-answers.ts';
import { pathResources, slug } from './api-paths.ts';
import { ApiRoute } from './api-route.ts';
import { LogGroup, type LogKeeping } from './log-group.ts';
import type { Monitoring } from './operations/monitoring.ts';
import { ResourceAlarms } from './operations/resource-alarms.ts';
import type { PipelineStage } from './pipeline-stage.ts';

export interface HttpApiArgs {
  readonly routes: readonly RouteSpecification[];
  /** Function of the stage of every route, by the stage's name. */
  readonly stages: ReadonlyMap<string, PipelineStage>;
  /**
   * The first one may read the answers that the API gives by itself; none lets no page read them. Answers of routes
   * no page may read: they carry no header for browsers, and nothing answers OPTIONS.
   */
  readonly siteOrigins: readonly string[];
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

/** Name of the API's only stage (A4); it is part of every address. */
const apiStageName = 'Prod';

/** What API Gateway looks at before it calls a function. */
const requestChecks = { validateRequestBody: true, validateRequestParameters: true };

/** Every request is throttled, validated, traced and written to an access log that holds no token and no body. */
export class HttpApi extends pulumi.ComponentResource {
  /** Address that paths are appended to. */
  readonly endpoint: pulumi.Output<string>;

  constructor(name: string, args: HttpApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:HttpApi', name, {}, opts);
    const parent = { parent: this };
    const api = new aws.apigateway.RestApi(
      name,
      {
        description: `${name} of ${pulumi.getProject()} ${pulumi.getStack()}`,
        endpointConfiguration: { types: 'REGIONAL' },
        // TLS 1.2 and 1.3 with forward secrecy; API Gateway's own default still takes TLS 1.0.
        securityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
        endpointAccessMode: 'BASIC',
      },
      parent,
    );
    const validator = new aws.apigateway.RequestValidator(
      name,
      { restApi: api.id, ...requestChecks },
      parent,
    );
    const resources = pathResources(name, api, args.routes, this);
    const routes = args.routes.map(
      (route) =>
        new ApiRoute(
          `${name}-${route.method.toLowerCase()}-${slug(route.path)}`,
          {
            route,
            api,
            resourceId: resources.get(route.path) ?? api.rootResourceId,
            validatorId: validator.id,
            stage: functionOf(route, args.stages),
            apiStageName,
          },
          parent,
        ),
    );
    const responses = gatewayResponses(name, api, args.siteOrigins[0], this);
    const deployment = new aws.apigateway.Deployment(
      name,
      { restApi: api.id, triggers: { content: contentOf(args, routes) } },
      { ...parent, dependsOn: [...routes, ...responses] },
    );
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
          metricsEnabled: true,
          loggingLevel: 'ERROR',
          // Bodies and tokens would stand in the log.
          dataTraceEnabled: false,
          throttlingRateLimit: args.throttle.rate,
          throttlingBurstLimit: args.throttle.burst,
        },
      },
      parent,
    );
    new ResourceAlarms(
      name,
      {
        kind: 'http-api',
        dimensions: { ApiName: api.name, Stage: stage.stageName },
        monitoring: args.monitoring,
      },
      parent,
    );
    this.endpoint = stage.invokeUrl;
    this.registerOutputs({ endpoint: this.endpoint });
  }
}

function functionOf({ path, stage }: RouteSpecification, stages: HttpApiArgs['stages']): PipelineStage {
  const found = stages.get(stage.name);
  if (!found) throw new RangeError(`there is no function for ${path}`);
  return found;
}

/** Changes when the API must be deployed again: a deployment is a snapshot of everything that is listed here. */
const contentOf = ({ siteOrigins }: HttpApiArgs, routes: readonly ApiRoute[]): pulumi.Output<string> =>
  pulumi.jsonStringify({
    requestChecks,
    routes: routes.map(({ content }) => content),
    ownAnswers: ownAnswers(siteOrigins[0]),
  });
