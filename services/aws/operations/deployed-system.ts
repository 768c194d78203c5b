// How does an operator reach a deployed stack? By its outputs, with the operator's own credentials.
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { OperatedSystem } from '../../operations.ts';
import { brief, clientOptions } from '../clients.ts';
import { createObjectStore } from '../objects.ts';
import { createRecordTable } from '../records.ts';
import { ringingAlarms } from './alarms.ts';
import { createExecutions } from './executions.ts';
import { createQueues, type QueuePair } from './queues.ts';
import { createRecordLedger } from './record-ledger.ts';

export interface DeployedSystemOptions {
  readonly title: string;
  readonly region: string;
  readonly bucketName: string;
  readonly tableName: string;
  readonly stateMachineArn: string;
  readonly alarmTopicArn: string;
  readonly uploads: Omit<QueuePair, 'name'>;
  readonly executionEnds: Omit<QueuePair, 'name'>;
}

/** Needs what `docs/operate.md` lists for operators; no function of the stack may do these things. */
export function openDeployedSystem(options: DeployedSystemOptions): OperatedSystem {
  const { bucketName, tableName, stateMachineArn, uploads } = options;
  const settings = { ...clientOptions(brief), region: options.region };
  const dynamodb = new DynamoDBClient(settings);
  const sqs = new SQSClient(settings);
  const sfn = new SFNClient(settings);
  const cloudwatch = new CloudWatchClient(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined });
  return {
    title: options.title,
    ledger: {
      ...createRecordLedger({ client: dynamodb, tableName }),
      ...createExecutions({ client: sfn, stateMachineArn }),
    },
    queues: createQueues({
      client: sqs,
      pairs: [
        { name: 'uploads', ...uploads },
        { name: 'execution-ends', ...options.executionEnds },
      ],
      uploads: { queueUrl: uploads.queueUrl, bucketName },
    }),
    records: createRecordTable({ client: dynamodb, tableName }),
    objects: createObjectStore({ client: s3, bucketName }),
    alarms: () => ringingAlarms(cloudwatch, options.alarmTopicArn),
    close: async () => {
      for (const client of [dynamodb, sqs, sfn, cloudwatch, s3]) client.destroy();
      await Promise.resolve();
    },
  };
}
