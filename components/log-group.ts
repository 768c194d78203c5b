// Where do the logs of a function, a state machine or an API go, and for how long?
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

/** What all logs of a stack have in common. */
export interface LogKeeping {
  /** A number of days that CloudWatch Logs knows. */
  readonly retentionDays: number;
  readonly keyArn: pulumi.Input<string>;
}

/** Where the service writes: into any group of its folder, as most do, or into one of this name and no other. */
export type LogGroupArgs = LogKeeping &
  (
    | { readonly folder: '/aws/lambda' | '/aws/vendedlogs/states' | '/aws/apigateway' }
    | { readonly name: pulumi.Input<string> }
  );

/**
 * An encrypted log group that exists before the first line is written. AWS would make one by itself that keeps
 * everything for ever; in a folder, ours is called `<folder>/<project>-<stack>-<name>`, so that it can be found (A46, A47).
 */
export class LogGroup extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: LogGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:LogGroup', name, {}, opts);
    const group = new aws.cloudwatch.LogGroup(
      name,
      {
        name:
          'name' in args ? args.name : `${args.folder}/${pulumi.getProject()}-${pulumi.getStack()}-${name}`,
        retentionInDays: args.retentionDays,
        kmsKeyId: args.keyArn,
      },
      { parent: this, deleteBeforeReplace: true },
    );
    this.name = group.name;
    this.arn = group.arn;
    this.registerOutputs({ name: this.name, arn: this.arn });
  }
}
