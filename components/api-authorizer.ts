// Whom does an API let in? Holders of an access token of the system's own user pool.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { apiScope } from '../domain/api/sign-in.ts';

export interface ApiAuthorizerArgs {
  readonly api: aws.apigateway.RestApi;
  /** Cognito user pool whose tokens are accepted. */
  readonly userPoolArn: pulumi.Input<string>;
}

/** What a method that only users may call asks for; the scope makes API Gateway want an access token, not an ID token. */
export const signedIn = { authorization: 'COGNITO_USER_POOLS', authorizationScopes: [apiScope] };

/** Seconds that an answer about a token is remembered. */
const resultTtlSeconds = 60;

/**
 * Lets API Gateway refuse a request without a good token before a function runs. It does not look for which app client
 * a token was made, so that functions check tokens again.
 */
export class ApiAuthorizer extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  /** All that the deployed API holds of it, without its id. */
  readonly content: pulumi.Output<object>;

  constructor(name: string, args: ApiAuthorizerArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:ApiAuthorizer', name, {}, opts);
    const checks = {
      type: 'COGNITO_USER_POOLS',
      identitySource: 'method.request.header.Authorization',
      providerArns: [args.userPoolArn],
      authorizerResultTtlInSeconds: resultTtlSeconds,
    };
    const authorizer = new aws.apigateway.Authorizer(
      name,
      { restApi: args.api.id, ...checks },
      { parent: this },
    );
    this.id = authorizer.id;
    this.content = pulumi.output(checks);
    this.registerOutputs({ id: this.id, content: this.content });
  }
}
