// How does everything of a record go, and in which order, so that nothing is left behind when it is interrupted?
import type { Receipt } from '../../domain/api/shapes.ts';
import { foldersOf, transcriptionKey } from '../../domain/ids.ts';
import { emptyReceipt } from '../../domain/receipt.ts';
import type { Record } from '../../domain/record.ts';
import type { HandlerContext } from './handler.ts';

export type EraseNeeds = 'catalogue' | 'eraser' | 'runs' | 'transcriptionJobs';

/** What was erased under several prefixes, one after the other. */
export async function eraseAll(
  prefixes: readonly string[],
  { services }: HandlerContext<'eraser'>,
): Promise<Pick<Receipt, 'objects' | 'objectVersions'>> {
  const erased = { objects: 0, objectVersions: 0 };
  for (const prefix of prefixes) {
    const { objects, versions } = await services.eraser.erase(prefix);
    erased.objects += objects;
    erased.objectVersions += versions;
  }
  return erased;
}

/**
 * Stops the analysis first, because a running one would go on writing, and takes the row away last: until then the
 * record is found again, and the same call, made once more, deletes what is left. A running function is not ended by
 * the stop, but its upload is gone, without which a conversion stores nothing.
 */
export async function eraseRecord(
  { recordId, userId, executionName }: Record,
  context: HandlerContext<EraseNeeds>,
): Promise<Receipt> {
  const { runs, transcriptionJobs, catalogue } = context.services;
  const isStopped = executionName !== null && (await runs.stop(executionName));
  const transcriptions = executionName === null ? [] : [transcriptionKey(executionName)];
  const erased = await eraseAll([...foldersOf(userId, recordId), ...transcriptions], context);
  const isJobRemoved = executionName !== null && (await transcriptionJobs.remove(executionName));
  await catalogue.remove(recordId, userId);
  return {
    ...emptyReceipt(new Date()),
    ...erased,
    records: [recordId],
    stoppedAnalyses: isStopped ? 1 : 0,
    transcriptionJobs: isJobRemoved ? 1 : 0,
  };
}
