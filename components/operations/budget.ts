// When does a stack's cost call for someone? When its month is forecast to near the budget, and when it is spent.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

/** Percent of the budget at which AWS writes; a forecast needs about five weeks of history (C66). */
const warnings = [
  { notificationType: 'FORECASTED', threshold: 80 },
  { notificationType: 'ACTUAL', threshold: 100 },
] as const;

export interface BudgetArgs {
  /** Per calendar month; more than 0. */
  readonly monthlyUsd: number;
  /**
   * Tag that everything in the stack carries. AWS counts by it only after somebody has activated it as a cost
   * allocation tag (docs/operate.md); until then the budget sees no cost.
   */
  readonly costTag: { readonly key: string; readonly value: string };
  /** Topic that AWS Budgets may publish to. */
  readonly alarmTopicArn: pulumi.Input<string>;
}

/** A monthly budget of the stack's own cost; it warns and never stops anything. */
export class Budget extends pulumi.ComponentResource {
  /** Name in AWS Budgets. */
  readonly budgetName: pulumi.Output<string>;

  constructor(name: string, args: BudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:operations:Budget', name, {}, opts);
    const budget = new aws.budgets.Budget(
      name,
      {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        limitAmount: String(args.monthlyUsd),
        limitUnit: 'USD',
        costFilters: [{ name: 'TagKeyValue', values: [`user:${args.costTag.key}$${args.costTag.value}`] }],
        notifications: warnings.map(({ notificationType, threshold }) => ({
          notificationType,
          threshold,
          thresholdType: 'PERCENTAGE',
          comparisonOperator: 'GREATER_THAN',
          subscriberSnsTopicArns: [args.alarmTopicArn],
        })),
      },
      { parent: this },
    );
    this.budgetName = budget.name;
    this.registerOutputs({ budgetName: this.budgetName });
  }
}
