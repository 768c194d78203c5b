// Who looks after a stack as a whole? The account's alarm, the dashboard, the budget and the audit trail.
import * as pulumi from '@pulumi/pulumi';
import type { AccessLogBucket } from './access-log-bucket.ts';
import type { Durability } from './durability.ts';
import { AuditTrail } from './operations/audit-trail.ts';
import { Budget } from './operations/budget.ts';
import { Dashboard } from './operations/dashboard.ts';
import type { Monitoring, Watched } from './operations/monitoring.ts';
import { ResourceAlarms } from './operations/resource-alarms.ts';

export interface StackOperationsArgs {
  readonly accountId: pulumi.Input<string>;
  readonly region: string;
  readonly keyArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly monitoring: Monitoring;
  /** Everything that has alarms; read after all of it was made. */
  readonly watched: readonly Watched[];
  readonly buckets: readonly {
    readonly bucketName: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
  }[];
  /** Concurrent executions that the account may use in the region. */
  readonly accountConcurrency: number;
  /** Bedrock model whose tokens are shown; empty is none. */
  readonly modelId: string;
  /** 0 is no budget. */
  readonly monthlyBudgetUsd: number;
  readonly auditTrail: boolean;
  readonly durability: Durability;
  readonly accessLogs: AccessLogBucket;
}

/** Made last, because the dashboard shows what all others made. */
export class StackOperations extends pulumi.ComponentResource {
  readonly dashboardUrl: pulumi.Output<string>;

  constructor(name: string, args: StackOperationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:systems:StackOperations', name, {}, opts);
    const parent = { parent: this };
    const physicalName = `${pulumi.getProject()}-${pulumi.getStack()}`;
    const { accountConcurrency, monitoring, alarmTopicArn } = args;
    new ResourceAlarms(
      `${name}-account`,
      { kind: 'account', dimensions: {}, facts: { accountConcurrency }, monitoring },
      parent,
    );
    const dashboard = new Dashboard(
      `${name}-dashboard`,
      { ...args, dashboardName: physicalName, bucketNames: args.buckets.map(({ bucketName }) => bucketName) },
      parent,
    );
    if (args.monthlyBudgetUsd > 0) {
      // The tag `stack` alone would count every project that has a stack of this name.
      const costTag = { key: 'deployment', value: physicalName };
      new Budget(`${name}-budget`, { monthlyUsd: args.monthlyBudgetUsd, costTag, alarmTopicArn }, parent);
    }
    if (args.auditTrail) {
      new AuditTrail(
        `${name}-audit`,
        { ...args, trailName: physicalName, bucketArns: args.buckets.map(({ arn }) => arn) },
        parent,
      );
    }
    this.dashboardUrl = dashboard.url;
    this.registerOutputs({ dashboardUrl: this.dashboardUrl });
  }
}
