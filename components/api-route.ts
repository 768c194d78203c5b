// How does one route reach its function?
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { z } from 'zod';
import type { Operation } from '../domain/api/operation.ts';
import type { RouteSpecification } from '../systems/system.ts';
import { type ApiAuthorizer, signedIn } from './api-authorizer.ts';
import { bodySchemaOf } from './api-models.ts';
import type { PipelineStage } from './pipeline-stage.ts';

export interface ApiRouteArgs {
  readonly route: RouteSpecification;
  readonly api: aws.apigateway.RestApi;
  /** API Gateway's resource of the route's path. */
  readonly resourceId: pulumi.Input<string>;
  readonly validatorId: pulumi.Input<string>;
  /** Who checks users; a route for users needs it. */
  readonly authorizer: ApiAuthorizer | null;
  /** Model of the body; a route with a body needs it. */
  readonly bodyModel: pulumi.Input<string> | null;
  readonly stage: PipelineStage;
  /** Calls through another stage of the API are not allowed. */
  readonly apiStageName: string;
}

/** A method whose requests go to one function as they are, and a permission for this method alone. */
export class ApiRoute extends pulumi.ComponentResource {
  /** All that the deployed API holds of the route, without the ids of this API. */
  readonly content: pulumi.Output<object>;

  constructor(name: string, args: ApiRouteArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:ApiRoute', name, {}, opts);
    const { api, resourceId, stage } = args;
    const { operation } = args.route;
    const asked = {
      httpMethod: operation.method,
      operationName: operation.id,
      ...authorizationOf(operation, args.authorizer),
      requestParameters: requestParametersOf(operation),
      // Whatever a body calls itself, it is checked.
      ...(args.bodyModel !== null && { requestModels: { $default: args.bodyModel } }),
    };
    const forwarded = {
      type: 'AWS_PROXY',
      // How API Gateway calls Lambda, whatever the method of the route.
      integrationHttpMethod: 'POST',
      uri: stage.invokeArn,
      timeoutMilliseconds: Math.min(args.route.stage.timeoutSeconds * 1000, 29_000),
    };
    const method = new aws.apigateway.Method(
      name,
      {
        restApi: api.id,
        resourceId,
        requestValidatorId: args.validatorId,
        ...asked,
        ...(operation.access === 'user' && args.authorizer && { authorizerId: args.authorizer.id }),
      },
      { parent: this },
    );
    new aws.apigateway.Integration(
      name,
      { restApi: api.id, resourceId, httpMethod: method.httpMethod, ...forwarded },
      { parent: this },
    );
    new aws.lambda.Permission(
      name,
      {
        action: 'lambda:InvokeFunction',
        function: stage.functionName,
        principal: 'apigateway.amazonaws.com',
        sourceArn: pulumi.interpolate`${api.executionArn}/${args.apiStageName}/${operation.method}${operation.path.replaceAll(/\{\w+\}/g, '*')}`,
      },
      { parent: this },
    );
    this.content = pulumi.output({ path: operation.path, asked, forwarded, body: bodySchemaOf(operation) });
    this.registerOutputs({ content: this.content });
  }
}

/** @throws RangeError for a route that only users may call while nobody checks who they are. */
function authorizationOf({ access, path }: Operation, authorizer: ApiAuthorizer | null) {
  if (access === 'public') return { authorization: 'NONE' };
  if (authorizer === null) throw new RangeError(`${path} needs an authorizer, and there is none`);
  return signedIn;
}

/** Every parameter of the path and the query by name; whether it must be there. */
const requestParametersOf = ({ parameters, query }: Operation): Record<string, boolean> =>
  Object.fromEntries(
    (
      [
        ['path', parameters],
        ['querystring', query],
      ] as const
    ).flatMap(([place, schema]) => {
      const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
      return Object.keys(properties).map((name) => [
        `method.request.${place}.${name}`,
        required.includes(name),
      ]);
    }),
  );
