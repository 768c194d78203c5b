// How does an operator look into SQS and its dead letters, and send a message again?
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetter, QueueDepth, Queues } from '../../operations.ts';
import type { StoredObject } from '../../contracts.ts';

/** A queue with its dead letters, as the stack's outputs name them. */
export interface QueuePair {
  readonly name: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

export interface QueuesOptions {
  readonly client: SQSClient;
  readonly pairs: readonly QueuePair[];
  /** The queue of finished uploads, and the bucket that they lie in. */
  readonly uploads: { readonly queueUrl: string; readonly bucketName: string };
}

/** Most letters that one look takes into account. */
const mostLetters = 100;
/** While somebody looks, nobody else sees the letters; they come back after this even if the look is cut off. */
const lookSeconds = 30;
/** What SQS hands out at once. */
const batchSize = 10;

const attributes = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
] as const satisfies readonly string[];

type Letter = DeadLetter & { readonly receiptHandle: string };

function letterOf(message: Message, queue: string): Letter {
  const sent = Number(message.Attributes?.SentTimestamp ?? 0);
  return {
    id: message.MessageId ?? '',
    queue,
    body: message.Body ?? '',
    sentAt: new Date(sent).toISOString(),
    // SQS does not know why a message was given up; the log of the stage does.
    error: null,
    receiptHandle: message.ReceiptHandle ?? '',
  };
}

/** Queues of a deployed stack. Looking at dead letters hides them from others for at most 30 s. */
export function createQueues({ client, pairs, uploads }: QueuesOptions): Queues {
  const pairOf = (queue: string): QueuePair => {
    const pair = pairs.find(({ name }) => name === queue);
    if (!pair) throw new RangeError(`there is no queue ${queue}`);
    return pair;
  };
  const countOf = async (queueUrl: string): Promise<{ waiting: number; inFlight: number }> => {
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...attributes] }),
    );
    const [waiting, inFlight] = attributes.map((name) => Number(Attributes?.[name] ?? 0));
    return { waiting: waiting ?? 0, inFlight: inFlight ?? 0 };
  };
  const depthOf = async ({ name, queueUrl, deadLetterQueueUrl }: QueuePair): Promise<QueueDepth> => {
    const dead = await countOf(deadLetterQueueUrl);
    return { queue: name, ...(await countOf(queueUrl)), deadLetters: dead.waiting + dead.inFlight };
  };
  const take = async ({ name, deadLetterQueueUrl }: QueuePair): Promise<Letter[]> => {
    const letters = new Map<string, Letter>();
    while (letters.size < mostLetters) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: deadLetterQueueUrl,
          MaxNumberOfMessages: batchSize,
          VisibilityTimeout: lookSeconds,
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      if (Messages.length === 0) break;
      for (const message of Messages) letters.set(message.MessageId ?? '', letterOf(message, name));
    }
    return [...letters.values()];
  };
  const putBack = async (queueUrl: string, letters: readonly Letter[]): Promise<void> => {
    for (let from = 0; from < letters.length; from += batchSize)
      await client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queueUrl,
          Entries: letters.slice(from, from + batchSize).map(({ receiptHandle }, index) => ({
            Id: String(index),
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: 0,
          })),
        }),
      );
  };
  return {
    depths: () => Promise.all(pairs.map(depthOf)),
    deadLetters: async (queue) => {
      const pair = pairOf(queue);
      const letters = await take(pair);
      await putBack(pair.deadLetterQueueUrl, letters);
      return letters.map(({ id, body, sentAt, error }) => ({ id, queue, body, sentAt, error }));
    },
    replay: async (queue, ids) => {
      const { queueUrl, deadLetterQueueUrl } = pairOf(queue);
      const letters = await take(pairOf(queue));
      const wanted = letters.filter(({ id }) => ids.includes(id));
      for (const { body, receiptHandle } of wanted) {
        // Sent before it is removed: it may arrive twice, but it cannot be lost.
        await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
        await client.send(
          new DeleteMessageCommand({ QueueUrl: deadLetterQueueUrl, ReceiptHandle: receiptHandle }),
        );
      }
      await putBack(
        deadLetterQueueUrl,
        letters.filter((letter) => !wanted.includes(letter)),
      );
      return wanted.map(({ id }) => id);
    },
    announce: async (upload) => {
      const body = JSON.stringify(uploadEvent(upload, uploads.bucketName));
      await client.send(new SendMessageCommand({ QueueUrl: uploads.queueUrl, MessageBody: body }));
    },
  };
}

/** The event that S3 would have sent. */
const uploadEvent = ({ key, sizeBytes, etag, versionId }: StoredObject, bucketName: string) => ({
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: {
    bucket: { name: bucketName },
    object: { key, size: sizeBytes, etag, 'version-id': versionId },
    reason: 'greenroom',
  },
});
