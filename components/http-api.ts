// How do the routes of a system become an API? A regional REST API with one resource and one method for each.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { RouteSpecification } from '../systems/system.ts';
import { gatewayResponses, ownAnswers } from './api-answers.ts';
import { ApiAuthorizer } from './api-authorizer.ts';
import { bodyModels } from './api-models.ts';
import { pathResources, slug } from './api-paths.ts';
import { ApiRoute } from './api-route.ts';
import { apiStage, type ApiStageArgs, apiStageName } from './api-stage.ts';
import type { PipelineStage } from './pipeline-stage.ts';

export interface HttpApiArgs extends ApiStageArgs {
  readonly region: string;
  readonly routes: readonly RouteSpecification[];
  /** Function of the stage of every route, by the stage's name. */
  readonly stages: ReadonlyMap<string, PipelineStage>;
  /** Whose tokens open the routes for users; `null` where there are no such routes. */
  readonly userPoolArn: pulumi.Input<string> | null;
  /**
   * The first one may read the answers that the API gives by itself; none lets no page of another host read them.
   * Answers of routes no such page may read: they carry no header for browsers, and nothing answers OPTIONS.
   */
  readonly siteOrigins: readonly string[];
}

/** What API Gateway looks at before it calls a function. */
const requestChecks = { validateRequestBody: true, validateRequestParameters: true };

/** Every request is checked, throttled, traced and written to an access log; what API Gateway refuses is a problem document. */
export class HttpApi extends pulumi.ComponentResource {
  /** Address that paths are appended to, once the API is deployed. */
  readonly endpoint: pulumi.Output<string>;
  /** The same address, known before any function is: for what functions need to know. */
  readonly address: pulumi.Output<string>;

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
    const { userPoolArn } = args;
    const authorizer = userPoolArn === null ? null : new ApiAuthorizer(name, { api, userPoolArn }, parent);
    const resources = pathResources(name, api, args.routes, this);
    const models = bodyModels(name, api, args.routes, this);
    const routes = args.routes.map((route) => {
      const { id, method, path } = route.operation;
      return new ApiRoute(
        `${name}-${method.toLowerCase()}-${slug(path)}`,
        {
          route,
          api,
          authorizer,
          resourceId: resources.get(path) ?? api.rootResourceId,
          validatorId: validator.id,
          bodyModel: models.get(id) ?? null,
          stage: functionOf(route, args.stages),
          apiStageName,
        },
        parent,
      );
    });
    const responses = gatewayResponses(name, api, args.siteOrigins[0], this);
    const content = pulumi.jsonStringify({
      requestChecks,
      authorizer: authorizer?.content ?? null,
      routes: routes.map((route) => route.content),
      ownAnswers: ownAnswers(args.siteOrigins[0]),
    });
    const deployment = new aws.apigateway.Deployment(
      name,
      // A deployment is a snapshot of everything in `content`, and another one is made when that changes.
      { restApi: api.id, triggers: { content } },
      { ...parent, dependsOn: [...routes, ...responses] },
    );
    this.endpoint = apiStage(name, api, deployment, args, parent).invokeUrl;
    this.address = pulumi.interpolate`https://${api.id}.execute-api.${args.region}.amazonaws.com/${apiStageName}`;
    this.registerOutputs({ endpoint: this.endpoint, address: this.address });
  }
}

function functionOf({ operation, stage }: RouteSpecification, stages: HttpApiArgs['stages']): PipelineStage {
  const found = stages.get(stage.name);
  if (!found) throw new RangeError(`there is no function for ${operation.path}`);
  return found;
}
