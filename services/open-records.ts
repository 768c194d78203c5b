// Which records are open, and what would help each of them?
import { uploadKey } from '../domain/ids.ts';
import { remedyFor, type Remedy } from '../domain/reconciliation.ts';
import { isTerminal, mayBeRedriven, type Record } from '../domain/record.ts';
import { ServiceRejected } from '../domain/errors.ts';
import type { StoredObject } from './contracts.ts';
import type { Ledger, OperatedSystem } from './operations.ts';

export interface LookedAt {
  readonly record: Record;
  readonly upload: StoredObject | null;
  readonly remedy: Remedy;
}

/** The upload of a record under either of its possible names, or `null`. */
export async function uploadOf(
  { userId, recordId }: Pick<Record, 'userId' | 'recordId'>,
  objects: OperatedSystem['objects'],
): Promise<StoredObject | null> {
  for (const extension of ['webm', 'mp4'] as const) {
    try {
      return await objects.head(uploadKey(userId, recordId, extension));
    } catch (error) {
      if (!(error instanceof ServiceRejected)) throw error;
    }
  }
  return null;
}

/** Failed records that another attempt may help: not the recording's fault, and their upload is still there. */
export async function redrivableOf(
  records: readonly Record[],
  { objects }: Pick<OperatedSystem, 'objects'>,
): Promise<readonly Record[]> {
  const found: Record[] = [];
  for (const record of records.filter(mayBeRedriven)) if (await uploadOf(record, objects)) found.push(record);
  return found;
}

/** What would help each of these records, in their order; closed ones are left out. */
export async function lookAt(
  records: readonly Record[],
  system: Pick<OperatedSystem, 'objects'> & { readonly ledger: Pick<Ledger, 'execution'> },
  now: Date,
): Promise<readonly LookedAt[]> {
  const looked: LookedAt[] = [];
  for (const record of records.filter(({ status }) => !isTerminal(status))) {
    const upload = await uploadOf(record, system.objects);
    const execution =
      record.executionName === null ? null : await system.ledger.execution(record.executionName);
    looked.push({
      record,
      upload,
      remedy: remedyFor({ record, isUploaded: upload !== null, execution }, now),
    });
  }
  return looked;
}
