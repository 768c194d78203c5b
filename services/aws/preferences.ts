// How is what a user wants to be remembered kept in DynamoDB, when two of their pages save at once?
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { InternalError } from '../../domain/errors.ts';
import { assertFinite } from '../../domain/json-numbers.ts';
import { noPreferences, preferencesSchema, type Preferences } from '../../domain/preferences.ts';
import type { PreferenceTable } from '../contracts.ts';
import { brief, clientOptions } from './clients.ts';
import { guarded } from './errors.ts';

export interface PreferenceTableOptions {
  readonly tableName: string;
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: DynamoDBClient;
}

function preferencesOf(item: { readonly [attribute: string]: AttributeValue }): Preferences {
  const parsed = preferencesSchema.safeParse(unmarshall(item));
  if (parsed.success) return parsed.data;
  throw new InternalError('A row of the table holds no preferences.', { cause: parsed.error });
}

/**
 * One row per user, with the partition key `userId`. A row of DynamoDB has at most 400 kB; more is a `ServiceRejected`.
 * The row that stood in the way of a write comes back with the refusal, so a write whose answer was lost and that the
 * SDK repeats is still a success.
 */
export function createPreferenceTable({
  tableName: TableName,
  client = new DynamoDBClient(clientOptions(brief)),
}: PreferenceTableOptions): PreferenceTable {
  return {
    read: (userId) =>
      guarded('Reading the preferences', async () => {
        const command = new GetItemCommand({ TableName, Key: marshall({ userId }), ConsistentRead: true });
        const { Item } = await client.send(command);
        return Item ? preferencesOf(Item) : noPreferences;
      }),
    write: (userId, preferences) =>
      guarded('Saving the preferences', async () => {
        assertFinite(preferences);
        const read = preferences.revision - 1;
        const condition =
          read === 0
            ? { ConditionExpression: 'attribute_not_exists(userId)' }
            : {
                ConditionExpression: 'revision = :read',
                ExpressionAttributeValues: marshall({ ':read': read }),
              };
        try {
          const command = new PutItemCommand({
            TableName,
            Item: marshall({ ...preferences, userId }),
            ...condition,
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          });
          await client.send(command);
          return true;
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
          return error.Item !== undefined && isDeepStrictEqual(preferencesOf(error.Item), preferences);
        }
      }),
    remove: (userId) =>
      guarded('Deleting the preferences', async () => {
        const command = new DeleteItemCommand({
          TableName,
          Key: marshall({ userId }),
          ReturnValues: 'ALL_OLD',
        });
        return (await client.send(command)).Attributes !== undefined;
      }),
  };
}
