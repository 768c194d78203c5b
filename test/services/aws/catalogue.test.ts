// Are pages whole and in order although DynamoDB has no order among rows of one millisecond (A41)?
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'chai';
import { recordIdSchema, userIdSchema } from '../../../domain/ids.ts';
import { newRecord, type Record } from '../../../domain/record.ts';
import { createRecordCatalogue } from '../../../services/aws/catalogue.ts';
import type { RecordCatalogue, RecordPosition } from '../../../services/contracts.ts';
import { answers, openLoopback, type Loopback, type Reply } from './loopback.ts';

const userId = userIdSchema.parse('user-1');

const recordOf = (second: number, letter: string): Record =>
  newRecord({
    recordId: recordIdSchema.parse(`01ARZ3NDEKTSV4RRFFQ69G5FA${letter}`),
    userId,
    now: new Date(Date.UTC(2026, 0, 1, 0, 0, second)),
  });

/** As an index might have them: the newest first, and those of one moment as they come. */
const rows = [
  recordOf(9, 'A'),
  recordOf(5, 'D'),
  recordOf(5, 'H'),
  recordOf(5, 'B'),
  recordOf(5, 'G'),
  recordOf(1, 'C'),
  recordOf(0, 'F'),
  recordOf(0, 'J'),
];
const expected = 'AHGDBCJF';

interface Query {
  readonly Limit: number;
  readonly ExclusiveStartKey?: { readonly recordId: { readonly S: string } };
  readonly ExpressionAttributeValues: { readonly ':from': { readonly S: string } };
}

/** Answers a query page by page, as the service does. */
const index: Reply = (line, call) => {
  const { Limit, ExclusiveStartKey, ExpressionAttributeValues } = call.body as unknown as Query;
  const matching = rows.filter(({ createdAt }) => createdAt <= ExpressionAttributeValues[':from'].S);
  const start = matching.findIndex(({ recordId }) => recordId === ExclusiveStartKey?.recordId.S) + 1;
  const page = matching.slice(start, start + Limit);
  const last = page.at(-1);
  answers({
    Items: page.map((row) => marshall(row)),
    ...(last && start + Limit < matching.length
      ? { LastEvaluatedKey: marshall({ recordId: last.recordId, userId, createdAt: last.createdAt }) }
      : {}),
  })(line, call);
};

describe('a list of records in DynamoDB', () => {
  let server: Loopback;
  let catalogue: RecordCatalogue;
  beforeEach(async () => {
    server = await openLoopback();
    server.otherwise = index;
    const client = new DynamoDBClient(server.place);
    catalogue = createRecordCatalogue({ tableName: 'records', indexName: 'byUser', client });
  });
  afterEach(() => server.close());

  for (const limit of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    it(`shows every record once and in order on pages of ${String(limit)}`, async () => {
      let seen = '';
      let after: RecordPosition | null = null;
      for (let pages = 0; pages < 10; pages += 1) {
        const page: readonly Record[] = await catalogue.list(userId, { limit, after });
        expect(page.length).to.be.at.most(limit);
        seen += page.map(({ recordId }) => recordId.slice(-1)).join('');
        after = page.at(-1) ?? after;
        if (page.length === 0) break;
      }
      expect(seen).to.equal(expected);
    });
  }
});
