// How does an event reach its handler? At least once, again after a failure, and into the dead letters at last.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** An event as EventBridge delivers it. */
export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: { readonly [field: string]: unknown };
}

export interface DeadLetter {
  readonly event: BusEvent;
  readonly error: string;
}

export interface QueueOptions {
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

/** An in-process EventBridge with one queue per rule. Events live in memory: a restart publishes again what is unfinished. */
export interface Bus {
  subscribe(options: QueueOptions): void;
  /** Resolves when every matching queue has handled the event or given it up. */
  publish(event: BusEvent): Promise<void>;
  deadLetters(): readonly DeadLetter[];
}

export function createBus(): Bus {
  const queues: QueueOptions[] = [];
  const letters: DeadLetter[] = [];
  const deliver = async (queue: QueueOptions, event: BusEvent): Promise<void> => {
    const message = { messageId: randomUUID(), body: JSON.stringify(event) };
    const receives = queue.maxReceiveCount ?? 3;
    let error = 'the handler reported a failure';
    for (let receive = 1; receive <= receives; receive += 1) {
      try {
        const { batchItemFailures } = await queue.deliver({ Records: [message] });
        if (batchItemFailures.length === 0) return;
      } catch (thrown) {
        error = String(thrown);
      }
      if (receive < receives) await delay(queue.redeliveryMs ?? 200);
    }
    letters.push({ event, error });
  };
  return {
    subscribe: (queue) => {
      queues.push(queue);
    },
    publish: async (event) => {
      const matching = queues.filter((queue) => queue.detailType === event['detail-type']);
      await Promise.all(matching.map((queue) => deliver(queue, event)));
    },
    deadLetters: () => letters,
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
