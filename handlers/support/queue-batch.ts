// How is a batch from a queue worked through, so that only what failed is delivered again?
import { z } from 'zod';
import type { Log } from './handler.ts';

/** The event that Lambda makes of a queue's messages. */
export const queueBatchSchema = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string() })),
});
export type QueueBatch = z.infer<typeof queueBatchSchema>;

/** What the queue is told: everything else is done and is taken off it. */
export type BatchOutcome = {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
};

/** Does the work for each message in turn; a message whose work throws is named in the outcome. */
export async function workThrough(
  { Records }: QueueBatch,
  { log }: { readonly log: Log },
  work: (body: string) => Promise<void>,
): Promise<BatchOutcome> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of Records) {
    try {
      await work(body);
    } catch (error) {
      log('delivery failed', { messageId, error: String(error) });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
