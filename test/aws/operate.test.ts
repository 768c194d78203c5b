// Can an operator see what is wrong with a deployed stack, and put it right, with the stack's outputs alone?
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { expect } from 'chai';
import { newRecordId, uploadKey } from '../../domain/ids.ts';
import type { Record } from '../../domain/record.ts';
import { createRecordLedger } from '../../services/aws/operations/record-ledger.ts';
import { createRecordTable } from '../../services/aws/records.ts';
import type { Services } from '../../services/contracts.ts';
import {
  analysisMachine,
  executionEnds,
  mediaBucket,
  recordsTable,
  uploads,
} from '../../systems/interview/names.ts';
import { interview } from '../../systems/interview/system.ts';
import { describeRecordLedger } from '../services/contracts/record-ledger.ts';
import { newRecord } from '../services/contracts/record-table.ts';
import { known, makeCloud, type Cloud } from './support/cloud.ts';
import { takeAll } from './support/deliveries.ts';
import { accountId, region } from './support/server.ts';
import { makeClients, servicesOf } from './support/services.ts';
import { dynamoDb, makeTable } from './support/stores.ts';

const root = join(import.meta.dirname, '../..');

async function ring(name: string, topic: string): Promise<void> {
  const cloudwatch = new CloudWatchClient({});
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: name,
      AlarmActions: [topic],
      Namespace: 'AWS/SQS',
      MetricName: 'NumberOfMessagesSent',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  );
  await cloudwatch.send(
    new SetAlarmStateCommand({ AlarmName: name, StateValue: 'ALARM', StateReason: 'test' }),
  );
}

describeRecordLedger('DynamoDB', async () => {
  const [specification] = interview.tables;
  if (!specification) throw new Error('the specification has no table');
  const options = { client: dynamoDb(), tableName: await makeTable(specification) };
  return { ...createRecordTable(options), ...createRecordLedger(options) };
});

describe('the operator of a deployed stack', function () {
  this.timeout(60_000);
  let cloud: Cloud;
  let services: Services;
  let folder: string;
  let alarmTopicArn: string;

  beforeEach(async () => {
    cloud = await makeCloud();
    services = servicesOf(cloud, makeClients());
    folder = await mkdtemp(join(tmpdir(), 'greenroom-operate-'));
    alarmTopicArn = `arn:aws:sns:${region}:${accountId}:alarms-${newRecordId()}`;
    const queue = (name: string) => known(cloud.queues, name);
    const outputs = {
      Region: region,
      MediaBucketName: known(cloud.buckets, mediaBucket),
      RecordsTableName: known(cloud.tables, recordsTable),
      StateMachineArn: known(cloud.machines, analysisMachine),
      UploadQueueUrl: queue(uploads).queueUrl,
      UploadDeadLetterQueueUrl: queue(uploads).deadLetterQueueUrl,
      ExecutionEndsQueueUrl: queue(executionEnds).queueUrl,
      ExecutionEndsDeadLetterQueueUrl: queue(executionEnds).deadLetterQueueUrl,
      AlarmTopicArn: alarmTopicArn,
    };
    await writeFile(join(folder, 'outputs.json'), JSON.stringify(outputs));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const ask = (...args: readonly string[]): Promise<{ code: number; out: string }> =>
    new Promise((resolve) => {
      const all = [join(root, 'cli/main.ts'), ...args, '--outputs', join(folder, 'outputs.json')];
      execFile(process.execPath, all, { env: { ...process.env, NO_COLOR: '1' } }, (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, out: out + err });
      });
    });

  /** A record of an hour ago, uploaded. */
  async function addRecord(changes: Partial<Record>): Promise<Record> {
    const time = new Date(Date.now() - 3_600_000).toISOString();
    const record = { ...newRecord(newRecordId()), createdAt: time, updatedAt: time, ...changes };
    await services.records.create(record);
    const file = join(folder, 'upload');
    await writeFile(file, 'bytes');
    const key = uploadKey(record.userId, record.recordId, 'webm');
    await services.objects.upload(key, file, 'video/webm', new AbortController().signal);
    return record;
  }
  const drain = (): Promise<unknown> => takeAll(known(cloud.queues, uploads).queueUrl);
  const messages = async (): Promise<string[]> =>
    (await takeAll(known(cloud.queues, uploads).queueUrl)).map(({ body }) => body);

  it('hears that an empty stack needs no hand', async () => {
    const { code, out } = await ask('status');
    expect(out).to.contain('Nothing needs a hand.').and.to.contain('all quiet');
    expect(code).to.equal(0);
  });

  it('hears of the alarms of this stack and of no other', async () => {
    const [mine, other] = [`mine-${newRecordId()}`, `other-${newRecordId()}`];
    await ring(mine, alarmTopicArn);
    await ring(other, `${alarmTopicArn}-other`);
    const { code, out } = await ask('status');
    expect(out).to.contain(`ringing: ${mine}\n`);
    expect(code).to.equal(3);
  });

  it('announces an upload whose event was lost', async () => {
    const record = await addRecord({});
    await drain();
    expect((await ask('reconcile', '--apply')).out).to.contain('announced again');
    const [body] = await messages();
    const key = uploadKey(record.userId, record.recordId, 'webm');
    const { etag, versionId } = await services.objects.head(key);
    expect(JSON.parse(body ?? '')).to.deep.nested.include({
      'detail.bucket.name': known(cloud.buckets, mediaBucket),
      'detail.object.key': key,
      'detail.object.etag': etag,
      'detail.object.version-id': versionId,
    });
  });

  it('closes the record of an execution that was stopped', async () => {
    const stateMachineArn = known(cloud.machines, analysisMachine);
    const record = await addRecord({ status: 'PROCESSING', executionName: 'stopped' });
    const client = new SFNClient({});
    const start = new StartExecutionCommand({ stateMachineArn, name: 'stopped', input: '{}' });
    const { executionArn } = await client.send(start);
    expect((await ask('reconcile')).out).to.contain('0 of them stuck');
    await client.send(new StopExecutionCommand({ executionArn }));
    expect((await ask('reconcile', '--apply')).out).to.contain('ended as ABORTED → closed as FAILED');
    expect(await services.records.read(record.recordId)).to.include({ status: 'FAILED' });
  });

  it('redrives a record: one attempt further, and announced', async () => {
    const problems = [{ code: 'UPSTREAM' as const, message: 'It failed.' }];
    const record = await addRecord({ status: 'FAILED', executionName: 'e1', problems });
    await drain();
    expect((await ask('redrive', record.recordId)).out).to.contain('attempt 1 is on its way');
    expect(await services.records.read(record.recordId)).to.include({ status: 'UPLOADING', attempt: 1 });
    expect(await messages()).to.have.length(1);
  });

  it('looks at dead letters without taking them away, and replays the wanted one', async () => {
    const { deadLetterQueueUrl } = known(cloud.queues, uploads);
    for (const MessageBody of ['{"one":1}', '{"two":2}'])
      await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody }));
    const listed = JSON.parse((await ask('dlq', 'list', '--json')).out) as { id: string; body: string }[];
    expect(listed.map(({ body }) => body)).to.have.members(['{"one":1}', '{"two":2}']);
    const wanted = listed.find(({ body }) => body === '{"two":2}');
    expect((await ask('dlq', 'replay', wanted?.id ?? '')).out).to.contain(
      '1 of 1 dead letters were sent again',
    );
    expect(await messages()).to.deep.equal(['{"two":2}']);
    expect((await ask('status')).out).to.contain('uploads: 0 waiting, 0 in flight, 1 dead');
  });
});
