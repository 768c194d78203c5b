// How does a user stop an analysis, delete a record, or delete everything?
import { operations } from '../../domain/api/operations.ts';
import type { Receipt } from '../../domain/api/shapes.ts';
import { foldersOf, type UserId } from '../../domain/ids.ts';
import { emptyReceipt, sumOfReceipts } from '../../domain/receipt.ts';
import { isCancelled, type Record } from '../../domain/record.ts';
import { recordView } from '../../domain/record-view.ts';
import type { RecordPosition, RecordResult } from '../../services/contracts.ts';
import { defineApi, defineRoute } from '../support/api.ts';
import { ApiProblem } from '../support/api-problem.ts';
import { eraseAll, eraseRecord, type EraseNeeds } from '../support/erase-record.ts';
import type { HandlerContext } from '../support/handler.ts';
import { ownRecord } from '../support/own-record.ts';

type Needs = EraseNeeds | 'records' | 'preferences' | 'accounts';
type Context = HandlerContext<Needs>;

const cancelled: RecordResult = {
  status: 'FAILED',
  problems: [{ code: 'CANCELLED', message: 'You cancelled the analysis.' }],
  reportKey: null,
};

/** First the record, so that no late writer says anything else; cancelling again stops what was not stopped then. */
async function cancel(record: Record, { services }: Context): Promise<void> {
  const { recordId, executionName, status } = record;
  const mayCancel = executionName !== null && (status === 'PROCESSING' || isCancelled(record));
  if (!mayCancel || !(await services.records.finish(recordId, executionName, cancelled)))
    throw new ApiProblem('CONFLICT', 'There is no analysis that could be stopped.');
  await services.runs.stop(executionName);
}

/** Records on one page, and how many of them are erased at once. */
const pageSize = 25;
const atOnce = 5;

/** Page by page and not from the start again: the list may for a moment still show what is gone. */
async function eraseRecords(userId: UserId, context: Context): Promise<Receipt> {
  let receipt = emptyReceipt(new Date());
  let after: RecordPosition | null = null;
  do {
    const page: readonly Record[] = await context.services.catalogue.list(userId, { limit: pageSize, after });
    for (let start = 0; start < page.length; start += atOnce) {
      context.signal.throwIfAborted();
      const some = page.slice(start, start + atOnce).map((record) => eraseRecord(record, context));
      receipt = (await Promise.all(some)).reduce(sumOfReceipts, receipt);
    }
    after = page.at(-1) ?? null;
  } while (after !== null);
  return receipt;
}

/** The account last: with it gone nobody could ask again for what was interrupted. */
async function eraseUser(userId: UserId, context: Context): Promise<Receipt> {
  const { preferences, accounts } = context.services;
  const ofRecords = await eraseRecords(userId, context);
  const strays = await eraseAll(foldersOf(userId), context);
  const rest = { preferences: await preferences.remove(userId), account: await accounts.remove(userId) };
  return sumOfReceipts(ofRecords, { ...emptyReceipt(new Date()), ...strays, ...rest });
}

export const removeRecords = defineApi<Needs>([
  defineRoute(operations.cancelAnalysis, async ({ userId, parameters: { recordId } }, context: Context) => {
    await cancel(await ownRecord(context, { userId, recordId }), context);
    return recordView(await ownRecord(context, { userId, recordId }), null);
  }),
  defineRoute(operations.deleteRecord, async ({ userId, parameters: { recordId } }, context: Context) =>
    eraseRecord(await ownRecord(context, { userId, recordId }), context),
  ),
  defineRoute(operations.deleteMe, async ({ userId }, context: Context) => eraseUser(userId, context)),
]);
