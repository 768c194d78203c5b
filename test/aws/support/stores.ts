// How does a test get a bucket and a table of its own, made as the specification says?
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import type { BucketSpecification, TableSpecification } from '../../../systems/system.ts';

/** A name that no other test has. */
export const physicalName = (name: string): string => `${name}-${randomUUID().slice(0, 8)}`;

export const s3 = (): S3Client => new S3Client({ forcePathStyle: true });
export const dynamoDb = (): DynamoDBClient => new DynamoDBClient({});

/** An empty, versioned bucket; gives its name. */
export async function makeBucket({ name }: BucketSpecification): Promise<string> {
  const Bucket = physicalName(name);
  const client = s3();
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  return Bucket;
}

/** An empty table with the specification's key and indexes; gives its name. */
export async function makeTable({ name, partitionKey, indexes }: TableSpecification): Promise<string> {
  const TableName = physicalName(name);
  const keys = [partitionKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  await dynamoDb().send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: partitionKey, KeyType: 'HASH' }],
      AttributeDefinitions: [...new Set(keys)].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      ...(indexes.length > 0 && {
        GlobalSecondaryIndexes: indexes.map((index) => ({
          IndexName: index.name,
          KeySchema: [
            { AttributeName: index.partitionKey, KeyType: 'HASH' },
            { AttributeName: index.sortKey, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        })),
      }),
    }),
  );
  return TableName;
}
