// Where do alarms go? To one encrypted topic, and from there to people's mail.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

/** Services that publish to the topic; the key's policy must let them use the key, or they fall silent (C40). */
export const alarmPublishers = ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] as const;

export interface AlarmTopicArgs {
  /**
   * ARN of a customer key whose policy allows `kms:Decrypt` and `kms:GenerateDataKey` to `alarmPublishers`. AWS's own
   * `alias/aws/sns` will not do: its policy cannot be changed, and alarms that may not use it are dropped unseen.
   */
  readonly keyArn: pulumi.Input<string>;
  /** Twelve digits; only alarms and budgets of this account may publish. */
  readonly accountId: pulumi.Input<string>;
  /** Who gets every alarm. AWS sends each a mail first, and nothing more until its link is followed. */
  readonly emails: readonly string[];
}

/** A topic that CloudWatch alarms and AWS Budgets of one account may publish to, with its subscribers. */
export class AlarmTopic extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:operations:AlarmTopic', name, {}, opts);
    const topic = new aws.sns.Topic(
      name,
      { kmsMasterKeyId: args.keyArn, displayName: 'Greenroom alarms' },
      { parent: this },
    );
    const policy = new aws.sns.TopicPolicy(
      `${name}-policy`,
      { arn: topic.arn, policy: publishPolicy(topic.arn, args.accountId) },
      { parent: this },
    );
    const subscriptions = args.emails.map(
      (email) =>
        new aws.sns.TopicSubscription(
          `${name}-${email}`,
          { topic: topic.arn, protocol: 'email', endpoint: email },
          { parent: this },
        ),
    );
    // Whoever takes the ARN waits until its policy stands: a budget checks at once whether it may publish.
    this.arn = pulumi.all([topic.arn, policy.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn, subscriptions: subscriptions.map(({ arn }) => arn) });
  }
}

const publishPolicy = (topicArn: pulumi.Input<string>, accountId: pulumi.Input<string>) =>
  pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: [
      ...alarmPublishers.map((service) => ({
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sns:Publish',
        Resource: topicArn,
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      })),
      {
        Sid: 'OnlyEncrypted',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sns:Publish',
        Resource: topicArn,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });
