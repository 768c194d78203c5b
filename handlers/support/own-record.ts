// Whose record is it? Another user's is as unknown as one that there is not.
import type { RecordId, UserId } from '../../domain/ids.ts';
import type { Record } from '../../domain/record.ts';
import { ApiProblem } from './api-problem.ts';
import type { HandlerContext } from './handler.ts';

/** @throws ApiProblem NOT_FOUND, the same for a foreign id and for none, after the same work */
export async function ownRecord(
  { services }: HandlerContext<'records'>,
  { recordId, userId }: { readonly recordId: RecordId; readonly userId: UserId },
): Promise<Record> {
  const record = await services.records.read(recordId);
  if (record?.userId !== userId) throw new ApiProblem('NOT_FOUND');
  return record;
}
