// How do the events of a queue reach a stage? As Lambda's poller takes them, and worse than it ever would.
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { functionArn, runStage, type LocalContext } from '../../../local/stages.ts';

export interface Message {
  readonly messageId: string;
  readonly body: string;
}

const outcomeSchema = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

/** S3 writes `etag` into its events, moto `eTag`. */
const asS3Writes = (body: string): string => body.replaceAll('"eTag":', '"etag":');

const sqs = (): SQSClient => new SQSClient({});

async function receive(queueUrl: string) {
  const { Messages = [] } = await sqs().send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 30 }),
  );
  return Messages.map(({ MessageId = '', Body = '', ReceiptHandle = '' }) => ({
    messageId: MessageId,
    body: asS3Writes(Body),
    receiptHandle: ReceiptHandle,
  }));
}

/** Takes everything off a queue. */
export async function takeAll(queueUrl: string): Promise<readonly Message[]> {
  const taken: Message[] = [];
  for (;;) {
    const messages = await receive(queueUrl);
    if (messages.length === 0) return taken;
    for (const { messageId, body, receiptHandle } of messages) {
      await sqs().send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
      taken.push({ messageId, body });
    }
  }
}

/** Hands a batch to a stage; gives the ids that it could not take. */
export async function deliver(
  stage: string,
  messages: readonly Message[],
  context: LocalContext,
): Promise<readonly string[]> {
  const answer = await runStage(functionArn(stage), { Records: messages }, context);
  return outcomeSchema.parse(answer).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

/** One round of Lambda's poller: what the stage took is deleted, the rest is there again at once. */
export async function pollOnce(queueUrl: string, stage: string, context: LocalContext): Promise<number> {
  const messages = await receive(queueUrl);
  if (messages.length === 0) return 0;
  const failed = await deliver(stage, messages, context);
  for (const { messageId, receiptHandle } of messages) {
    const handle = { QueueUrl: queueUrl, ReceiptHandle: receiptHandle };
    if (failed.includes(messageId))
      await sqs().send(new ChangeMessageVisibilityCommand({ ...handle, VisibilityTimeout: 0 }));
    else await sqs().send(new DeleteMessageCommand(handle));
  }
  return messages.length;
}

/** Each message three times, in an order that only the seed knows. */
export function threeTimesShuffled(messages: readonly Message[], seed: number): readonly Message[] {
  const rank = (index: number): string => createHash('sha256').update(`${seed}/${index}`).digest('hex');
  return [...messages, ...messages, ...messages]
    .map((message, index) => ({ message, rank: rank(index) }))
    .toSorted((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ message }) => message);
}
