// How does an operator list the records in DynamoDB, and open a failed one again?
import {
  ConditionalCheckFailedException,
  paginateScan,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Record, RecordStatus } from '../../../domain/record.ts';
import type { Ledger } from '../../operations.ts';
import { guarded } from '../errors.ts';
import { recordOf } from '../records.ts';

export interface RecordLedgerOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly now?: () => Date;
}

/** `:s0, :s1` and their values. */
const placeholders = (statuses: readonly RecordStatus[]) =>
  Object.fromEntries(statuses.map((status, index) => [`:s${String(index)}`, status]));

/** Lists by reading the whole table: made for a person now and then, not for a function. */
export function createRecordLedger({
  client,
  tableName: TableName,
  now = () => new Date(),
}: RecordLedgerOptions): Pick<Ledger, 'records' | 'reopen'> {
  return {
    records: (statuses) =>
      guarded('Listing the records', async () => {
        if (statuses.length === 0) return [];
        const values = placeholders(statuses);
        const scan = {
          TableName,
          FilterExpression: `#status IN (${Object.keys(values).join(', ')})`,
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: marshall(values),
          ConsistentRead: true,
        };
        const found: Record[] = [];
        for await (const { Items = [] } of paginateScan({ client }, scan)) found.push(...Items.map(recordOf));
        return found.toSorted(
          (one, other) =>
            one.updatedAt.localeCompare(other.updatedAt) || one.recordId.localeCompare(other.recordId),
        );
      }),
    reopen: (recordId, executionName) =>
      guarded(`Opening the record ${recordId} again`, async () => {
        const command = new UpdateItemCommand({
          TableName,
          Key: marshall({ recordId }),
          UpdateExpression:
            'SET #status = :uploading, executionName = :none, problems = :empty, reportKey = :none, ' +
            'updatedAt = :now ADD attempt :one',
          ConditionExpression: '#status = :failed AND executionName = :execution',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: marshall({
            ':uploading': 'UPLOADING',
            ':failed': 'FAILED',
            ':execution': executionName,
            ':none': null,
            ':empty': [],
            ':now': now().toISOString(),
            ':one': 1,
          }),
        });
        try {
          await client.send(command);
          return true;
        } catch (error) {
          if (error instanceof ConditionalCheckFailedException) return false;
          throw error;
        }
      }),
  };
}
