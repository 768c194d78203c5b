// Where does an operator see a whole stack at once? On one CloudWatch dashboard.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { WatchedResource } from '../../systems/dashboard/widget.ts';
import { dashboardOf } from '../../systems/dashboard.ts';
import type { Watched } from './monitoring.ts';

export interface DashboardArgs {
  /** Physical name, unique in account and region: `greenroom-dev`. */
  readonly dashboardName: string;
  readonly region: string;
  /** A row of graphs each, in this order. */
  readonly watched: readonly Watched[];
  /** Buckets whose size is shown. */
  readonly bucketNames: readonly pulumi.Input<string>[];
  /** Bedrock model whose tokens are counted; `''` is none. */
  readonly modelId: string;
}

/** The dashboard of a stack, made from the table of alarms. */
export class Dashboard extends pulumi.ComponentResource {
  /** Page in the AWS console. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:operations:Dashboard', name, {}, opts);
    const { dashboardName, region, modelId } = args;
    const names = pulumi.output({
      watched: args.watched.map(namesOf),
      alarmArns: args.watched.flatMap(({ alarmArns }) => alarmArns),
      bucketNames: args.bucketNames,
    });
    const dashboard = new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName,
        dashboardBody: names.apply((known) =>
          JSON.stringify(dashboardOf({ title: dashboardName, region, modelId, ...known })),
        ),
      },
      { parent: this },
    );
    this.url = pulumi.interpolate`https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard.dashboardName}`;
    this.registerOutputs({ url: this.url });
  }
}

const namesOf = ({ kind, label, facts, dimensions }: Watched): pulumi.Output<WatchedResource> =>
  pulumi.all(dimensions).apply((names) => ({ kind, label, facts, dimensions: names }));
