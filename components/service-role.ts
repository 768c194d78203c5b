// As whom does a service of AWS act, and what may it do then?
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { Statement } from './places.ts';

export interface ServiceRoleArgs {
  /** Principal that takes the role: `lambda.amazonaws.com`. */
  readonly service: string;
  /** Only resources of this account may take it; `null` where the service sends no account along. */
  readonly accountId: pulumi.Input<string> | null;
  readonly statements: readonly Statement[];
}

/** A role that one service may take, with one policy of its own; wait for `policy` before using it. */
export class ServiceRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly policy: aws.iam.RolePolicy;

  constructor(name: string, args: ServiceRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:ServiceRole', name, {}, opts);
    const role = new aws.iam.Role(
      name,
      {
        assumeRolePolicy: pulumi.jsonStringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: args.service },
              Action: 'sts:AssumeRole',
              ...(args.accountId !== null && {
                Condition: { StringEquals: { 'aws:SourceAccount': args.accountId } },
              }),
            },
          ],
        }),
      },
      { parent: this },
    );
    this.policy = new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: pulumi.jsonStringify({ Version: '2012-10-17', Statement: args.statements }),
      },
      { parent: this },
    );
    this.arn = role.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
