// Does a table of DynamoDB keep what the contract of a record table promises (A15), in the shape that it is deployed for?
import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { newRecordId } from '../../../domain/ids.ts';
import type { Record } from '../../../domain/record.ts';
import { createRecordTable } from '../../../services/aws/records.ts';
import type { RecordResult, RecordTable } from '../../../services/contracts.ts';
import { records } from '../../../systems/interview/stores.ts';
import { thrownBy } from '../../services/contracts/object-store.ts';
import { describeRecordTable, newRecord } from '../../services/contracts/record-table.ts';
import '../support/server.ts';
import { makeTable } from '../support/stores.ts';

describeRecordTable('DynamoDB', async () => createRecordTable({ tableName: await makeTable(records) }));

const timeToLive = records.expiry?.attribute ?? '';
const done: RecordResult = { status: 'SUCCEEDED', problems: [], reportKey: 'analyses/report.json' };
const inFebruary = (): Date => new Date('2026-02-01T00:00:00.999Z');
const secondsAt = (time: string): string => String(Date.parse(time) / 1000);

describe('a row of DynamoDB', () => {
  let tableName: string;
  beforeEach(async () => {
    tableName = await makeTable(records);
  });
  const itemOf = async (recordId: string) => {
    const command = new GetItemCommand({ TableName: tableName, Key: { recordId: { S: recordId } } });
    return (await new DynamoDBClient({}).send(command)).Item ?? {};
  };

  it('has typed attributes and a version (A44)', async () => {
    const record = {
      ...newRecord(newRecordId()),
      problems: [{ code: 'EMPTY', message: 'The file is empty.' }] as const,
    };
    await createRecordTable({ tableName }).create({ ...record, problems: [...record.problems] });
    expect(await itemOf(record.recordId)).to.deep.include({
      version: { N: '1' },
      attempt: { N: '0' },
      status: { S: 'UPLOADING' },
      language: { NULL: true },
      problems: { L: [{ M: { code: { S: 'EMPTY' }, message: { S: 'The file is empty.' } } }] },
    });
  });

  it('may go when its days are over, and says so in epoch seconds (A39)', async () => {
    const record = newRecord(newRecordId());
    await createRecordTable({ tableName, retentionDays: 90 }).create(record);
    const seconds = Date.parse('2026-04-02T03:04:05Z') / 1000;
    expect((await itemOf(record.recordId))[timeToLive]).to.deep.equal({
      N: String(seconds),
    });
    expect(await createRecordTable({ tableName }).read(record.recordId)).to.deep.equal(record);
  });

  it('gets its end with the claim where whoever made it set none, and keeps one that it has (A39)', async () => {
    const deployed = createRecordTable({ tableName, retentionDays: 10, now: inFebruary });
    const ends = async (record: Record, making: RecordTable) => {
      await making.create(record);
      expect(await deployed.claim(record.recordId, 'e1')).to.equal(true);
      return (await itemOf(record.recordId))[timeToLive]?.N;
    };
    const [created, made] = [
      createRecordTable({ tableName, retentionDays: 90 }),
      createRecordTable({ tableName }),
    ];
    expect(await ends(newRecord(newRecordId()), made)).to.equal(secondsAt('2026-02-11T00:00:00Z'));
    expect(await ends(newRecord(newRecordId()), created)).to.equal(secondsAt('2026-04-02T03:04:05Z'));
  });

  const wishes: readonly (readonly [what: string, keepUntil: string, end: string])[] = [
    ['a day before that', '2026-01-10T00:00:00.000Z', '2026-01-24T00:00:00Z'],
    ['a day just before that', '2026-04-01T00:00:00.000Z', '2026-04-02T03:04:05Z'],
    ['a day after that', '2027-01-01T00:00:00.000Z', '2026-04-02T03:04:05Z'],
  ];
  for (const [what, keepUntil, end] of wishes) {
    it(`goes when the system’s days are over, or some days after ${what} that its user chose (A39, A85)`, async () => {
      const record = { ...newRecord(newRecordId()), keepUntil };
      await createRecordTable({ tableName, retentionDays: 90 }).create(record);
      expect((await itemOf(record.recordId))[timeToLive]).to.deep.equal({ N: secondsAt(end) });
    });
  }

  it('of a user who chose a day goes some days after it, when the system sets none (A85)', async () => {
    const record = { ...newRecord(newRecordId()), keepUntil: '2026-03-01T00:00:00.000Z' };
    await createRecordTable({ tableName }).create(record);
    const { [timeToLive]: end } = await itemOf(record.recordId);
    expect(end).to.deep.equal({ N: secondsAt('2026-03-15T00:00:00Z') });
  });

  it('has consent and summary as maps, to be read by people too (A44)', async () => {
    const consent = { policyVersion: '2026-01-01', acceptedAt: '2026-01-02T03:04:05.678Z' };
    const record = { ...newRecord(newRecordId()), consent };
    const table = createRecordTable({ tableName });
    await table.create(record);
    await table.claim(record.recordId, 'e1');
    const summary = { durationSeconds: 61.5, structureScore: null, figures: { attention: 0.5 } };
    await table.finish(record.recordId, 'e1', { ...done, summary });
    expect(await itemOf(record.recordId)).to.deep.include({
      consent: { M: { policyVersion: { S: '2026-01-01' }, acceptedAt: { S: consent.acceptedAt } } },
      summary: {
        M: {
          durationSeconds: { N: '61.5' },
          structureScore: { NULL: true },
          figures: { M: { attention: { N: '0.5' } } },
        },
      },
    });
  });

  it('stays when no days are set', async () => {
    const record = newRecord(newRecordId());
    const table = createRecordTable({ tableName });
    await table.create(record);
    await table.claim(record.recordId, 'e1');
    expect(await itemOf(record.recordId)).not.to.have.property(timeToLive);
  });

  it('keeps its place in the index of its user, in the order of making, through every change (A41)', async () => {
    const table = createRecordTable({ tableName });
    const days = ['2026-01-03', '2026-01-01', '2026-01-02'];
    for (const day of days) {
      const record = { ...newRecord(newRecordId()), createdAt: `${day}T00:00:00.000Z` };
      await table.create(record);
      await table.claim(record.recordId, 'e1');
    }
    const command = new QueryCommand({
      TableName: tableName,
      IndexName: 'byUser',
      KeyConditionExpression: 'userId = :user',
      ExpressionAttributeValues: { ':user': { S: 'user-1' } },
    });
    const { Items = [] } = await new DynamoDBClient({}).send(command);
    expect(Items.map(({ createdAt }) => createdAt?.S?.slice(0, 10))).to.deep.equal(days.toSorted());
  });

  it('that is no record is our bug', async () => {
    const record = { ...newRecord(newRecordId()), version: 2 };
    const table = createRecordTable({ tableName });
    await table.create(record as never);
    expect(await thrownBy(table.read(record.recordId))).to.include({ name: 'InternalError', code: 'BUG' });
  });
});
