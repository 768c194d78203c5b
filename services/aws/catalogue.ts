// Which records does a user have, and which are due to go? DynamoDB's index, a scan and a conditional deletion.
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { InternalError } from '../../domain/errors.ts';
import type { Record } from '../../domain/record.ts';
import type { RecordCatalogue, RecordPosition } from '../contracts.ts';
import { brief, clientOptions } from './clients.ts';
import { guarded } from './errors.ts';
import { recordOf } from './records.ts';

export interface RecordCatalogueOptions {
  readonly tableName: string;
  /** The index by user and time of making; `null` for whoever lists nothing. */
  readonly indexName: string | null;
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: DynamoDBClient;
}

type Placed = Pick<Record, 'createdAt' | 'recordId'>;

const newestFirst = (one: Placed, other: Placed): number => {
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? 1 : -1;
  return one.recordId < other.recordId ? 1 : -1;
};

const isAfter = (record: Placed, position: RecordPosition | null): boolean =>
  position === null || newestFirst(record, position) > 0;

/** Later than any time that a record has. */
const endOfTime = '~';

/**
 * Records in a table with an index of all attributes. An index follows its table by some milliseconds, so a record that
 * was created or deleted just now may be missing or there. Rows of one millisecond have no order in DynamoDB; they are
 * read together and put in the order of their ids, so that a page never repeats or leaves out one of them. A deletion
 * whose answer was lost, and which the SDK therefore asked for again, says `false`.
 */
export function createRecordCatalogue({
  tableName: TableName,
  indexName: IndexName,
  client = new DynamoDBClient(clientOptions(brief)),
}: RecordCatalogueOptions): RecordCatalogue {
  return {
    list: (userId, { limit, after }) =>
      guarded('Listing the records', async () => {
        if (IndexName === null) throw new InternalError('Nobody said by which index records are listed.');
        const found: Record[] = [];
        const pages = paginateQuery(
          // One more, to see whether the last one has a twin of the same millisecond.
          { client, pageSize: limit + 1 },
          {
            TableName,
            IndexName,
            KeyConditionExpression: 'userId = :user AND createdAt <= :from',
            ExpressionAttributeValues: marshall({ ':user': userId, ':from': after?.createdAt ?? endOfTime }),
            ScanIndexForward: false,
          },
        );
        for await (const { Items = [] } of pages) {
          found.push(...Items.map(recordOf).filter((record) => isAfter(record, after)));
          const last = found[limit - 1];
          if (last && found.at(-1)?.createdAt !== last.createdAt) break;
        }
        return found.toSorted(newestFirst).slice(0, limit);
      }),
    due: (now, limit) =>
      guarded('Looking for records that are due', async () => {
        const found: Record[] = [];
        const pages = paginateScan(
          { client },
          {
            TableName,
            // A row without such a day has NULL there, which is neither less nor more than a text.
            FilterExpression: 'keepUntil <= :now',
            ExpressionAttributeValues: marshall({ ':now': now.toISOString() }),
          },
        );
        for await (const { Items = [] } of pages) {
          found.push(...Items.map(recordOf));
          if (found.length >= limit) break;
        }
        return found.slice(0, limit);
      }),
    remove: (recordId, userId) =>
      guarded(`Deleting the record ${recordId}`, async () => {
        try {
          const command = new DeleteItemCommand({
            TableName,
            Key: marshall({ recordId }),
            ConditionExpression: 'userId = :user',
            ExpressionAttributeValues: marshall({ ':user': userId }),
          });
          await client.send(command);
          return true;
        } catch (error) {
          if (error instanceof ConditionalCheckFailedException) return false;
          throw error;
        }
      }),
  };
}
