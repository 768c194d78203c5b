// How does the test server get the interview system? From the same specification that is deployed.
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { PutBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { functionArn } from '../../../local/stages.ts';
import { eventPatternOf } from '../../../systems/event-pattern.ts';
import { interview } from '../../../systems/interview/system.ts';
import { compile } from '../../../systems/machine.ts';
import type { MachineSpecification, SubscriptionSpecification } from '../../../systems/system.ts';
import { accountId } from './server.ts';
import { makeBucket, makeTable, physicalName, s3 } from './stores.ts';

/** The queue of one subscription, with its dead letters. */
export interface QueueUrls {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** Physical names and ARNs by the names of the specification. */
export interface Cloud {
  readonly buckets: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<string, string>;
  readonly machines: ReadonlyMap<string, string>;
  readonly queues: ReadonlyMap<string, QueueUrls>;
  /** The stack's own key; the test server encrypts nothing with it but sealed texts. */
  readonly keyArn: string;
  readonly userPoolId: string;
}

/** What the cloud calls a thing of the specification; fails for a name that the specification does not know. */
export function known<T>(names: ReadonlyMap<string, T>, name: string): T {
  const found = names.get(name);
  if (found === undefined) throw new Error(`the specification has no ${name}`);
  return found;
}

async function makeQueue(name: string, attributes: { readonly [name: string]: string }) {
  const sqs = new SQSClient({});
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: physicalName(name), Attributes: attributes }),
  );
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  return { url: QueueUrl, arn: Attributes?.['QueueArn'] ?? '' };
}

/** What the rule waits for: events that match, or the clock. */
const whenOf = (subscription: SubscriptionSpecification, nameOf: (storeOrMachine: string) => string) =>
  'everyHours' in subscription.from
    ? { ScheduleExpression: `rate(${String(subscription.from.everyHours)} hours)` }
    : { EventPattern: JSON.stringify(eventPatternOf(subscription, nameOf)) };

/** Rule → queue → dead letters, as `components/` builds it. */
async function makeSubscription(
  subscription: SubscriptionSpecification,
  nameOf: (storeOrMachine: string) => string,
): Promise<QueueUrls> {
  const { name, maxReceiveCount } = subscription;
  const deadLetters = await makeQueue(`${name}-dead`, {});
  const queue = await makeQueue(name, {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount }),
  });
  const eventBridge = new EventBridgeClient({});
  const Rule = physicalName(name);
  await eventBridge.send(new PutRuleCommand({ Name: Rule, ...whenOf(subscription, nameOf) }));
  await eventBridge.send(new PutTargetsCommand({ Rule, Targets: [{ Id: 'queue', Arn: queue.arn }] }));
  return { queueUrl: queue.url, deadLetterQueueUrl: deadLetters.url };
}

async function makeMachine({ name, machine }: MachineSpecification): Promise<string> {
  const { stateMachineArn = '' } = await new SFNClient({}).send(
    new CreateStateMachineCommand({
      name: physicalName(name),
      definition: JSON.stringify(compile(machine, { functionArn })),
      roleArn: `arn:aws:iam::${accountId}:role/machine`,
    }),
  );
  return stateMachineArn;
}

async function makeAll<Specification extends { readonly name: string }, Made>(
  specifications: readonly Specification[],
  make: (specification: Specification) => Promise<Made>,
): Promise<Map<string, Made>> {
  const made = new Map<string, Made>();
  for (const specification of specifications) made.set(specification.name, await make(specification));
  return made;
}

/** A new interview system of its own, empty. */
export async function makeCloud(): Promise<Cloud> {
  const buckets = await makeAll(interview.buckets, async (specification) => {
    const Bucket = await makeBucket(specification);
    const NotificationConfiguration = specification.sendsEvents ? { EventBridgeConfiguration: {} } : {};
    await s3().send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    return Bucket;
  });
  const tables = await makeAll(interview.tables, makeTable);
  const machines = await makeAll(interview.machines, makeMachine);
  const sources = new Map([...buckets, ...machines]);
  const queues = await makeAll(interview.subscriptions, (subscription) =>
    makeSubscription(subscription, (name) => known(sources, name)),
  );
  const { KeyMetadata } = await new KMSClient({}).send(new CreateKeyCommand({}));
  const { UserPool } = await new CognitoIdentityProviderClient({}).send(
    new CreateUserPoolCommand({ PoolName: physicalName('users'), UsernameAttributes: ['email'] }),
  );
  return {
    buckets,
    tables,
    machines,
    queues,
    keyArn: KeyMetadata?.Arn ?? '',
    userPoolId: UserPool?.Id ?? '',
  };
}
