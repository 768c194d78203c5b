// Whose time has come? Records that their users want to be kept no longer are deleted with everything of theirs.
import type { RecordId } from '../../domain/ids.ts';
import { InternalError } from '../../domain/errors.ts';
import { eraseRecord, type EraseNeeds } from '../support/erase-record.ts';
import { defineHandler, type HandlerContext } from '../support/handler.ts';
import { queueBatchSchema, workThrough, type BatchOutcome } from '../support/queue-batch.ts';

type Context = HandlerContext<EraseNeeds>;

/** Records that are looked for at once; each look reads the whole table. */
const pageSize = 100;

/** Left at the end, in seconds: what is not done by then is done the next time the clock strikes. */
const marginSeconds = 30;

/** Erases one record; a failure is said and does not keep the others. */
async function isErased(record: Parameters<typeof eraseRecord>[0], context: Context): Promise<boolean> {
  const { recordId, keepUntil } = record;
  try {
    const { objects, objectVersions } = await eraseRecord(record, context);
    context.log('record expired', { recordId, keepUntil, objects, objectVersions });
    return true;
  } catch (error) {
    context.signal.throwIfAborted();
    context.log('record not erased', { recordId, error: String(error) });
    return false;
  }
}

async function eraseDue(context: Context, endMs: number): Promise<void> {
  const failed = new Set<RecordId>();
  for (;;) {
    // Those that failed are found again; more are asked for, so that they are never a whole page.
    const found = await context.services.catalogue.due(new Date(), pageSize + failed.size);
    const due = found.filter(({ recordId }) => !failed.has(recordId));
    for (const record of due) {
      context.signal.throwIfAborted();
      if (performance.now() > endMs) {
        context.log('records left for the next time');
        return;
      }
      if (!(await isErased(record, context))) failed.add(record.recordId);
    }
    if (due.length < pageSize) break;
  }
  if (failed.size > 0) throw new InternalError(`${String(failed.size)} records could not be erased`);
}

/** The clock's event says nothing; one that fails comes again, and at last lies with the dead letters. */
export const expireRecords = defineHandler({
  input: queueBatchSchema,
  run: async (batch, context: Context): Promise<BatchOutcome> => {
    const endMs = performance.now() + (context.timeoutSeconds - marginSeconds) * 1000;
    return workThrough(batch, context, () => eraseDue(context, endMs));
  },
});
