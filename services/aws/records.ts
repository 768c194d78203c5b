// How are records kept in DynamoDB, and how does a late or foreign writer fail?
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { InternalError } from '../../domain/errors.ts';
import { assertFinite } from '../../domain/json-numbers.ts';
import { recordSchema, type Record } from '../../domain/record.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { RecordResult, RecordTable } from '../contracts.ts';
import { brief, clientOptions } from './clients.ts';
import { guarded } from './errors.ts';

type Item = { [attribute: string]: AttributeValue };

const secondsOfDay = 86_400;

/**
 * How long a row outlives the day that its user set. It is the only place that says whose objects are to be deleted,
 * and `expire-records` looks for it every six hours: gone before that, it would leave the recording behind.
 */
const graceDays = 14;

/** When DynamoDB may delete the row (its time to live): epoch seconds. */
const expiresAt = (since: string, days: number): number =>
  Math.floor(Date.parse(since) / 1000) + days * secondsOfDay;

/** The end that the system sets, or an earlier one of the user's with some grace; `null`: neither. */
function endOf(
  { createdAt, keepUntil }: Pick<Record, 'createdAt' | 'keepUntil'>,
  retentionDays: number | undefined,
): number | null {
  const ends = [
    ...(retentionDays === undefined ? [] : [expiresAt(createdAt, retentionDays)]),
    ...(keepUntil === null ? [] : [expiresAt(keepUntil, graceDays)]),
  ];
  return ends.length === 0 ? null : Math.min(...ends);
}

/** Typed attributes (A44, A61): numbers are numbers, lists are lists, what is missing is NULL. */
function itemOf(record: Record, retentionDays: number | undefined): Item {
  assertFinite(record);
  const end = endOf(record, retentionDays);
  return marshall(
    { ...record, ...(end === null ? {} : { expiresAt: end }) },
    { removeUndefinedValues: true },
  );
}

/** @throws InternalError for a row that breaks the schema */
export function recordOf(item: Item): Record {
  const parsed = recordSchema.safeParse(unmarshall(item));
  if (parsed.success) return parsed.data;
  throw new InternalError('A row of the table is no record.', { cause: parsed.error });
}

const hasResult = (record: Record, executionName: string, result: RecordResult): boolean =>
  record.executionName === executionName &&
  record.status === result.status &&
  record.reportKey === result.reportKey &&
  isDeepStrictEqual(record.summary, result.summary ?? null) &&
  record.problems.length === result.problems.length &&
  record.problems.every(
    ({ code, message }, index) =>
      code === result.problems[index]?.code && message === result.problems[index]?.message,
  );

export interface RecordTableOptions {
  readonly tableName: string;
  /**
   * Days after which a record may be deleted, counted from its making by `create`, or from its claim if whoever made it
   * set no end; default: it stays. A day that its user set (`keepUntil`) comes first, with `graceDays`.
   */
  readonly retentionDays?: number;
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: DynamoDBClient;
  readonly now?: () => Date;
}

/** Changes that one conditional write makes, or the row that stood in the way (`null`: there is none). */
type Change = { readonly isMade: true } | { readonly isMade: false; readonly found: Record | null };

/**
 * Records in a table with the partition key `recordId`. Each change is one conditional write, and the row that made
 * the condition fail comes back with the refusal: a write whose answer was lost and that the SDK repeats is thereby
 * still a success, and no second read can see another state.
 */
export function createRecordTable({
  tableName: TableName,
  retentionDays,
  client = new DynamoDBClient(clientOptions(brief)),
  now = () => new Date(),
}: RecordTableOptions): RecordTable {
  const update = async (
    recordId: RecordId,
    { values, ...input }: Omit<UpdateItemCommandInput, 'TableName' | 'Key'> & { readonly values: object },
  ): Promise<Change> => {
    try {
      const command = new UpdateItemCommand({
        ...input,
        TableName,
        Key: marshall({ recordId }),
        ExpressionAttributeValues: marshall(
          { ...values, ':now': now().toISOString() },
          { removeUndefinedValues: true },
        ),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      await client.send(command);
      return { isMade: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { isMade: false, found: error.Item ? recordOf(error.Item) : null };
    }
  };
  return {
    create: (record) =>
      guarded(`Creating the record ${record.recordId}`, async () => {
        try {
          const command = new PutItemCommand({
            TableName,
            Item: itemOf(record, retentionDays),
            ConditionExpression: 'attribute_not_exists(recordId)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          });
          await client.send(command);
          return true;
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
          return error.Item !== undefined && isDeepStrictEqual(recordOf(error.Item), record);
        }
      }),
    read: (recordId) =>
      guarded(`Reading the record ${recordId}`, async () => {
        const command = new GetItemCommand({
          TableName,
          Key: marshall({ recordId }),
          // Whoever reads decides by it; a read of half the price might show the state before the last write.
          ConsistentRead: true,
        });
        const { Item } = await client.send(command);
        return Item ? recordOf(Item) : null;
      }),
    claim: (recordId, executionName) =>
      guarded(`Claiming the record ${recordId}`, async () => {
        const end =
          retentionDays === undefined ? {} : { ':expires': expiresAt(now().toISOString(), retentionDays) };
        const change = await update(recordId, {
          UpdateExpression: `SET #status = :processing, executionName = :execution, updatedAt = :now${
            retentionDays === undefined ? '' : ', expiresAt = if_not_exists(expiresAt, :expires)'
          }`,
          ConditionExpression: '#status = :uploading',
          ExpressionAttributeNames: { '#status': 'status' },
          values: {
            ':processing': 'PROCESSING',
            ':uploading': 'UPLOADING',
            ':execution': executionName,
            ...end,
          },
        });
        return change.isMade || change.found?.executionName === executionName;
      }),
    finish: (recordId, executionName, result) =>
      guarded(`Closing the record ${recordId}`, async () => {
        assertFinite(result);
        const change = await update(recordId, {
          UpdateExpression:
            'SET #status = :status, problems = :problems, reportKey = :reportKey, summary = :summary, updatedAt = :now',
          ConditionExpression: '#status = :processing AND executionName = :execution',
          ExpressionAttributeNames: { '#status': 'status' },
          values: {
            ':status': result.status,
            ':problems': result.problems.map(({ code, message }) => ({ code, message })),
            ':reportKey': result.reportKey,
            ':summary': result.summary ?? null,
            ':processing': 'PROCESSING',
            ':execution': executionName,
          },
        });
        return change.isMade || (change.found !== null && hasResult(change.found, executionName, result));
      }),
  };
}
