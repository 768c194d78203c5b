// Where do messages wait for their function, and where do they go when it cannot deal with them?
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { Monitoring } from './operations/monitoring.ts';
import { ResourceAlarms } from './operations/resource-alarms.ts';

export interface WorkQueueArgs {
  /** EventBridge rule that may send to the queue, and to the dead letters what it cannot deliver; nobody else may. */
  readonly ruleArn: pulumi.Input<string>;
  /** Timeout of the function that takes the messages, in seconds. */
  readonly consumerTimeoutSeconds: number;
  /** Deliveries before a message goes to the dead letters. */
  readonly maxReceiveCount: number;
  readonly keyArn: pulumi.Input<string>;
  readonly monitoring: Monitoring;
}

const days = (count: number): number => count * 24 * 60 * 60;

/** An encrypted queue with a dead-letter queue that keeps what failed for two weeks (C41–C45). */
export class WorkQueue extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly deadLetterUrl: pulumi.Output<string>;
  readonly deadLetterArn: pulumi.Output<string>;
  /** Until they exist nobody may send. */
  readonly policies: readonly aws.sqs.QueuePolicy[];

  constructor(name: string, args: WorkQueueArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:WorkQueue', name, {}, opts);
    const deadLetterName = `${name}-dead-letters`;
    const deadLetters = new aws.sqs.Queue(
      deadLetterName,
      { kmsMasterKeyId: args.keyArn, messageRetentionSeconds: days(14) },
      { parent: this },
    );
    // AWS's advice for Lambda: a batch that is throttled comes back only after its retries.
    const visibilityTimeoutSeconds = 6 * args.consumerTimeoutSeconds;
    const queue = new aws.sqs.Queue(
      name,
      {
        kmsMasterKeyId: args.keyArn,
        messageRetentionSeconds: days(4),
        // As long as SQS can hold a request open: fewer empty answers to pay for.
        receiveWaitTimeSeconds: 20,
        visibilityTimeoutSeconds,
        redrivePolicy: pulumi.jsonStringify({
          deadLetterTargetArn: deadLetters.arn,
          maxReceiveCount: args.maxReceiveCount,
        }),
      },
      { parent: this },
    );
    new aws.sqs.RedriveAllowPolicy(
      `${deadLetterName}-redrive`,
      {
        queueUrl: deadLetters.url,
        redriveAllowPolicy: pulumi.jsonStringify({
          redrivePermission: 'byQueue',
          sourceQueueArns: [queue.arn],
        }),
      },
      { parent: this },
    );
    this.policies = (
      [
        [name, queue],
        [deadLetterName, deadLetters],
      ] as const
    ).map(
      ([of, { url, arn }]) =>
        new aws.sqs.QueuePolicy(
          `${of}-policy`,
          { queueUrl: url, policy: queuePolicy(arn, args.ruleArn) },
          { parent: this },
        ),
    );
    const { monitoring } = args;
    const facts = { redeliverySeconds: args.maxReceiveCount * visibilityTimeoutSeconds };
    new ResourceAlarms(
      name,
      { kind: 'queue', dimensions: { QueueName: queue.name }, facts, monitoring },
      { parent: this },
    );
    new ResourceAlarms(
      deadLetterName,
      { kind: 'dead-letter-queue', dimensions: { QueueName: deadLetters.name }, monitoring },
      { parent: this },
    );
    this.url = queue.url;
    this.arn = queue.arn;
    this.deadLetterUrl = deadLetters.url;
    this.deadLetterArn = deadLetters.arn;
    this.registerOutputs({
      url: this.url,
      arn: this.arn,
      deadLetterUrl: this.deadLetterUrl,
      deadLetterArn: this.deadLetterArn,
    });
  }
}

const queuePolicy = (queueArn: pulumi.Output<string>, ruleArn: pulumi.Input<string>): pulumi.Output<string> =>
  pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyTls',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Resource: queueArn,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'OneRule',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
      },
    ],
  });
