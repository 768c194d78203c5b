// Does a table of DynamoDB keep what the contract of a record table promises (A15)?
import { createRecordTable } from '../../../services/aws/records.ts';
import { records } from '../../../systems/interview/stores.ts';
import { describeRecordTable } from '../../services/contracts/record-table.ts';
import '../support/server.ts';
import { makeTable } from '../support/stores.ts';

describeRecordTable('DynamoDB', async () => createRecordTable({ tableName: await makeTable(records) }));
