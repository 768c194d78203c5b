// How does an event reach its handler? At least once, again after a failure, and into the dead letters at last.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DeadLetter } from '../services/operations.ts';
import type { DeadLetters } from './dead-letters.ts';

/** An event as EventBridge delivers it. */
export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: { readonly [field: string]: unknown };
}

export interface QueueOptions {
  /** What the specification calls the queue: `uploads`. */
  readonly name: string;
  readonly detailType: string;
  /** Takes a batch like a Lambda behind a queue; what it names in `batchItemFailures` comes again. */
  readonly deliver: (batch: {
    readonly Records: readonly { readonly messageId: string; readonly body: string }[];
  }) => Promise<{ readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] }>;
  /** Deliveries before an event becomes a dead letter; default 3, as the deployed queue. */
  readonly maxReceiveCount?: number;
  /** Wait before the next delivery; default 200 ms. */
  readonly redeliveryMs?: number;
}

/**
 * An in-process EventBridge with one queue per rule. Events live in memory: a restart publishes again what is
 * unfinished. What was given up is kept in `letters`.
 */
export interface Bus {
  subscribe(options: QueueOptions): void;
  /** Resolves when every matching queue has handled the event or given it up. */
  publish(event: BusEvent): Promise<void>;
  /** Delivers a dead letter again, as often as a new message; it is gone when that succeeds. */
  replay(letter: DeadLetter): Promise<void>;
}

export function createBus(letters: DeadLetters): Bus {
  const queues: QueueOptions[] = [];
  /** The error of the last delivery, or `null` after a success. */
  const deliver = async (
    queue: QueueOptions,
    message: { readonly messageId: string; readonly body: string },
  ): Promise<string | null> => {
    const receives = queue.maxReceiveCount ?? 3;
    let error = 'the handler reported a failure';
    for (let receive = 1; receive <= receives; receive += 1) {
      try {
        const { batchItemFailures } = await queue.deliver({ Records: [message] });
        if (batchItemFailures.length === 0) return null;
      } catch (thrown) {
        error = String(thrown);
      }
      if (receive < receives) await delay(queue.redeliveryMs ?? 200);
    }
    return error;
  };
  const handOver = async (queue: QueueOptions, event: BusEvent): Promise<void> => {
    const sentAt = new Date().toISOString();
    const message = { messageId: randomUUID(), body: JSON.stringify(event) };
    const error = await deliver(queue, message);
    if (error !== null)
      letters.keep({ id: message.messageId, queue: queue.name, body: message.body, sentAt, error });
  };
  return {
    subscribe: (queue) => {
      queues.push(queue);
    },
    publish: async (event) => {
      const matching = queues.filter((queue) => queue.detailType === event['detail-type']);
      await Promise.all(matching.map((queue) => handOver(queue, event)));
    },
    replay: async ({ id, queue: name, body }) => {
      const queue = queues.find((one) => one.name === name);
      if (queue && (await deliver(queue, { messageId: id, body })) === null) letters.remove(id);
    },
  };
}

/** The event that S3 sends when an object has been stored. */
export const objectCreated = (object: {
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly versionId: string;
}): BusEvent => ({
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: {
    bucket: { name: object.bucket },
    object: { key: object.key, size: object.sizeBytes, etag: object.etag, 'version-id': object.versionId },
  },
});

/** The event that Step Functions sends when an execution has ended. */
export const executionEnded = (
  {
    executionArn,
    name,
    status,
    error,
    cause,
  }: {
    readonly executionArn: string;
    readonly name: string;
    readonly status: string;
    readonly error?: string;
    readonly cause?: string;
  },
  input: unknown,
): BusEvent => ({
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  detail: {
    executionArn,
    name,
    status,
    input: JSON.stringify(input),
    inputDetails: { included: true },
    error: error ?? null,
    cause: cause ?? null,
  },
});
