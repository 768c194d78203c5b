// Does a table with an index find a user's records, and those that are due (A41, A43)?
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { newRecordId, userIdSchema } from '../../../domain/ids.ts';
import { newRecord, type Record } from '../../../domain/record.ts';
import { createRecordCatalogue } from '../../../services/aws/catalogue.ts';
import { createRecordTable } from '../../../services/aws/records.ts';
import type { RecordCatalogue, RecordTable } from '../../../services/contracts.ts';
import { records } from '../../../systems/interview/stores.ts';
import { thrownBy } from '../../services/contracts/object-store.ts';
import { describeRecordCatalogue } from '../../services/contracts/record-catalogue.ts';
import { record as recordCalls, type RecordedCall } from '../support/recorder.ts';
import '../support/server.ts';
import { makeTable } from '../support/stores.ts';

describeRecordCatalogue('DynamoDB', async () => {
  const tableName = await makeTable(records);
  return {
    ...createRecordTable({ tableName }),
    ...createRecordCatalogue({ tableName, indexName: 'byUser' }),
  };
});

const userId = userIdSchema.parse('user-1');

describe('a catalogue in DynamoDB', () => {
  let table: RecordTable;
  let catalogue: RecordCatalogue;
  let tableName: string;
  let calls: RecordedCall[];

  beforeEach(async () => {
    tableName = await makeTable(records);
    table = createRecordTable({ tableName });
    calls = [];
    const client = new DynamoDBClient({});
    recordCalls(client, '', calls);
    catalogue = createRecordCatalogue({ tableName, indexName: 'byUser', client });
  });

  const make = async (given: Partial<Record> = {}): Promise<Record> => {
    const created = { ...newRecord({ recordId: newRecordId(), userId, now: new Date() }), ...given };
    await table.create(created);
    return created;
  };

  it('reads one page of the index for one page of a list', async () => {
    for (const day of ['01', '02', '03', '04']) await make({ createdAt: `2026-01-${day}T00:00:00.000Z` });
    await catalogue.list(userId, { limit: 2, after: null });
    expect(calls.map(({ command, input }) => [command, input['Limit']])).to.deep.equal([['QueryCommand', 3]]);
  });

  it('finds what is due among what is not, on pages of a megabyte', async () => {
    const now = new Date('2026-02-01T00:00:00.000Z');
    const large = 'x'.repeat(300_000);
    const due: string[] = [];
    for (const keepUntil of [
      null,
      '2026-02-01T00:00:00.001Z',
      '2026-02-01T00:00:00.000Z',
      '2020-01-01T00:00:00Z',
    ])
      for (const question of [large, large]) {
        const { recordId } = await make({ keepUntil, question });
        if (keepUntil !== null && Date.parse(keepUntil) <= now.getTime()) due.push(recordId);
      }
    const found = await catalogue.due(now, 100);
    expect(found.map(({ recordId }) => recordId)).to.have.members(due);
    expect(await catalogue.due(now, 3)).to.have.length(3);
  });

  it('is told by which index to list, or says so', async () => {
    const blind = createRecordCatalogue({ tableName, indexName: null });
    const error = await thrownBy(blind.list(userId, { limit: 1, after: null }));
    expect(error).to.include({ name: 'InternalError' });
    const wrong = createRecordCatalogue({ tableName, indexName: 'other' });
    expect(await thrownBy(wrong.list(userId, { limit: 1, after: null }))).to.be.instanceOf(Error);
  });
});
