// How is a batch from a queue worked through, so that only what failed is delivered again?
import { z } from 'zod';
import type { Log } from './handler.ts';
import { untilAborted } from './until-aborted.ts';

/** The event that Lambda makes of a queue's messages. */
export const queueBatchSchema = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string() })),
});
export type QueueBatch = z.infer<typeof queueBatchSchema>;

/** What the queue is told: everything else is done and is taken off it. */
export type BatchOutcome = {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
};

/**
 * Does the work for each message in turn; a message whose work throws is named in the outcome. When the signal is
 * aborted, so are the message at hand and all that follow: without an answer the queue would deliver the whole batch
 * again. What is then under way is not undone, so the work must bear to be done twice.
 */
export async function workThrough(
  { Records }: QueueBatch,
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
  work: (body: string) => Promise<void>,
): Promise<BatchOutcome> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of Records) {
    try {
      await untilAborted(signal, () => work(body));
    } catch (error) {
      log('delivery failed', { messageId, error: String(error) });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
