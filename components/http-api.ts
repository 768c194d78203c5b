// How do the routes of a system become an API? A regional REST API with one resource and one method for each.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { RouteSpecification } from '../systems/system.ts';
import { accessLogFormat, gatewayResponses } from './api-answers.ts';
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
  /** The first one may read the answers that the API gives by itself; none lets no page read them. */
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
      { restApi: api.id, validateRequestBody: true, validateRequestParameters: true },
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
    const stage = new aws.apigateway.Stage(
      name,
      {
        restApi: api.id,
        deployment: deployment.id,
        stageName: apiStageName,
        xrayTracingEnabled: true,
        accessLogSettings: { destinationArn: logGroup.arn, format: accessLogFormat },
      },
      { ...parent, dependsOn: args.loggingAccount === null ? [] : [args.loggingAccount] },
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

/** Changes when the API must be deployed again: a deployment is a snapshot. */
const contentOf = (
  { routes, siteOrigins }: HttpApiArgs,
  deployed: readonly ApiRoute[],
): pulumi.Output<string> =>
  pulumi.jsonStringify({
    routes: routes.map(({ method, path, access }) => ({ method, path, access })),
    origin: siteOrigins[0] ?? null,
    integrations: deployed.map(({ invokeArn }) => invokeArn),
  });
