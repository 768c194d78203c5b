// How do events come to a queue? By a rule of EventBridge: exactly those that the specification names, or its clock's.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { eventPatternOf } from '../systems/event-pattern.ts';
import type { SubscriptionSpecification } from '../systems/system.ts';
import type { Monitoring } from './operations/monitoring.ts';
import { ResourceAlarms } from './operations/resource-alarms.ts';
import { WorkQueue } from './work-queue.ts';

export interface EventSubscriptionArgs {
  readonly subscription: SubscriptionSpecification;
  /**
   * Name of the bucket whose objects, or ARN of the state machine whose executions the events are about; `null` for a
   * clock's.
   */
  readonly origin: pulumi.Input<string> | null;
  readonly keyArn: pulumi.Input<string>;
  readonly monitoring: Monitoring;
}

/**
 * Rule → queue with dead letters. What EventBridge cannot deliver within a day goes to the same dead letters, in the
 * same shape as what the function could not deal with, so that there is one place to look and one way to replay.
 */
export class EventSubscription extends pulumi.ComponentResource {
  readonly queue: WorkQueue;

  constructor(name: string, args: EventSubscriptionArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:EventSubscription', name, {}, opts);
    const { subscription, keyArn, monitoring } = args;
    const rule = new aws.cloudwatch.EventRule(
      name,
      {
        description: `${subscription.detailType} for ${subscription.stage.name}`,
        ...occasionOf(args),
      },
      { parent: this },
    );
    this.queue = new WorkQueue(
      name,
      {
        ruleArn: rule.arn,
        consumerTimeoutSeconds: subscription.stage.timeoutSeconds,
        maxReceiveCount: subscription.maxReceiveCount,
        keyArn,
        monitoring,
      },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      name,
      {
        rule: rule.name,
        arn: this.queue.arn,
        retryPolicy: { maximumEventAgeInSeconds: 24 * 60 * 60, maximumRetryAttempts: 185 },
        deadLetterConfig: { arn: this.queue.deadLetterArn },
      },
      { parent: this, dependsOn: [...this.queue.policies] },
    );
    new ResourceAlarms(
      name,
      { kind: 'event-rule', dimensions: { RuleName: rule.name }, monitoring },
      { parent: this },
    );
    this.registerOutputs({ queueArn: this.queue.arn });
  }
}

/** Events that match, or every so many hours. @throws RangeError when the events are somebody's and nobody is named. */
function occasionOf({
  subscription,
  origin,
}: EventSubscriptionArgs): Pick<aws.cloudwatch.EventRuleArgs, 'eventPattern' | 'scheduleExpression'> {
  const { from } = subscription;
  if ('everyHours' in from) {
    // EventBridge refuses `1 hours`.
    const unit = from.everyHours === 1 ? 'hour' : 'hours';
    return { scheduleExpression: `rate(${String(from.everyHours)} ${unit})` };
  }
  if (origin === null) throw new RangeError(`${subscription.name} takes events, and nobody says whose`);
  return { eventPattern: pulumi.jsonStringify(eventPatternOf(subscription, () => origin)) };
}
