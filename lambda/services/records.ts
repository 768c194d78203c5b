// Where do a function's records lie? In its table, or in the folder that `./greenroom images run` gives it.
import { join } from 'node:path';
import { createRecordTable } from '../../services/aws/records.ts';
import type { RecordTable } from '../../services/contracts.ts';
import { openRecordTable } from '../../services/local/records.ts';
import type { FunctionEnvironment, HostEnvironment } from '../environment.ts';

type Settings = Pick<FunctionEnvironment, 'TABLE_NAME'> &
  HostEnvironment &
  // Whoever only reads a record is not told how long it stays.
  Partial<Pick<FunctionEnvironment, 'RECORD_RETENTION_DAYS'>>;

export const openRecords = ({
  TABLE_NAME: tableName,
  RECORD_RETENTION_DAYS: retentionDays,
  GREENROOM_STORE: folder,
}: Settings): RecordTable =>
  folder === null
    ? createRecordTable({ tableName, ...(retentionDays !== undefined && { retentionDays }) })
    : openRecordTable(join(folder, 'records.sqlite'));
