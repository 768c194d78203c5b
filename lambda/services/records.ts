// Where do a function's records lie? In its table, or in the folder that `./greenroom images run` gives it.
import { join } from 'node:path';
import { createRecordTable } from '../../services/aws/records.ts';
import type { RecordTable } from '../../services/contracts.ts';
import { openRecordTable } from '../../services/local/records.ts';
import type { FunctionEnvironment, HostEnvironment } from '../environment.ts';

export const openRecords = ({
  TABLE_NAME: tableName,
  GREENROOM_STORE: folder,
}: Pick<FunctionEnvironment, 'TABLE_NAME'> & HostEnvironment): RecordTable =>
  folder === null ? createRecordTable({ tableName }) : openRecordTable(join(folder, 'records.sqlite'));
