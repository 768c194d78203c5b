// How does one route reach its function?
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { RouteSpecification } from '../systems/system.ts';
import type { PipelineStage } from './pipeline-stage.ts';

export interface ApiRouteArgs {
  readonly route: RouteSpecification;
  readonly api: aws.apigateway.RestApi;
  /** API Gateway's resource of the route's path. */
  readonly resourceId: pulumi.Input<string>;
  readonly validatorId: pulumi.Input<string>;
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
    const { route, api, resourceId, stage } = args;
    if (route.access === 'user')
      throw new RangeError(`${route.path} needs an authorizer, and there is none yet`);
    const asked = {
      httpMethod: route.method,
      authorization: 'NONE',
      requestParameters: Object.fromEntries(
        [...route.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => [
          `method.request.path.${parameter ?? ''}`,
          true,
        ]),
      ),
    };
    const forwarded = {
      type: 'AWS_PROXY',
      // How API Gateway calls Lambda, whatever the method of the route.
      integrationHttpMethod: 'POST',
      uri: stage.invokeArn,
      timeoutMilliseconds: Math.min(route.stage.timeoutSeconds * 1000, 29_000),
    };
    const method = new aws.apigateway.Method(
      name,
      { restApi: api.id, resourceId, requestValidatorId: args.validatorId, ...asked },
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
        sourceArn: pulumi.interpolate`${api.executionArn}/${args.apiStageName}/${route.method}${route.path.replaceAll(/\{\w+\}/g, '*')}`,
      },
      { parent: this },
    );
    this.content = pulumi.output({ path: route.path, asked, forwarded });
    this.registerOutputs({ content: this.content });
  }
}
