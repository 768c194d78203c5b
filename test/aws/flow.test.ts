// Does an upload in the cloud end in one execution and one closed record, whatever the queue does?
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  derivedKey,
  derivedNames,
  type DerivedName,
  newRecordId,
  uploadKey,
  userIdSchema,
  type RecordId,
} from '../../domain/ids.ts';
import type { Record } from '../../domain/record.ts';
import { reportSchema } from '../../domain/report.ts';
import type { LocalContext } from '../../local/stages.ts';
import type { Services } from '../../services/contracts.ts';
import type { Json } from '../../systems/asl.ts';
import { analysisMachine, executionEnds, mediaBucket, uploads } from '../../systems/interview/names.ts';
import { newRecord } from '../services/contracts/record-table.ts';
import { known, makeCloud, type Cloud } from './support/cloud.ts';
import { deliver, pollOnce, takeAll, threeTimesShuffled, type Message } from './support/deliveries.ts';
import { interpret } from './support/interpret.ts';
import './support/server.ts';
import { contextOf, makeClients, servicesOf } from './support/services.ts';
import { s3 } from './support/stores.ts';
import { amazonAnswer } from './support/spoken.ts';

const userId = userIdSchema.parse('user-1');
const sample = join(import.meta.dirname, '../../samples/interview.webm');
const { signal } = new AbortController();

/** What an analysis leaves behind without a language model and without names for the things in the picture. */
const derived = (Object.keys(derivedNames) as DerivedName[]).filter(
  (name) => name !== 'assessment' && name !== 'labels',
);

describe('the interview system in the cloud', () => {
  let cloud: Cloud;
  let services: Services;
  let context: LocalContext;
  let folder: string;
  let recordId: RecordId;

  beforeEach(async () => {
    cloud = await makeCloud();
    services = servicesOf(cloud, makeClients());
    folder = await mkdtemp(join(tmpdir(), 'greenroom-cloud-'));
    context = contextOf(services, folder);
    recordId = newRecordId();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const queue = (name: string) => known(cloud.queues, name);
  const stateMachineArn = (): string => known(cloud.machines, analysisMachine);
  const upload = (path: string, key = uploadKey(userId, recordId, 'webm')): Promise<void> =>
    services.objects.upload(key, path, 'video/webm', signal);
  const createRecord = (): Promise<boolean> => services.records.create({ ...newRecord(recordId), userId });
  const readRecord = async (): Promise<Record | null> => services.records.read(recordId);

  async function executions(): Promise<{ name: string; input: Json; arn: string }[]> {
    const stepFunctions = new SFNClient({});
    const { executions: listed = [] } = await stepFunctions.send(
      new ListExecutionsCommand({ stateMachineArn: stateMachineArn() }),
    );
    return Promise.all(
      listed.map(async ({ executionArn, name = '' }) => {
        const { input = 'null' } = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
        return { name, input: JSON.parse(input) as Json, arn: executionArn ?? '' };
      }),
    );
  }

  /** The events of two uploads of the same key; the second one replaced the first. */
  async function eventsOfTwoUploads(): Promise<readonly Message[]> {
    const empty = join(folder, 'empty.webm');
    await writeFile(empty, '');
    await upload(empty);
    await upload(sample);
    const events = await takeAll(queue(uploads).queueUrl);
    expect(events).to.have.length(2);
    return events;
  }

  async function deliverInBatches(messages: readonly Message[]): Promise<void> {
    for (let start = 0; start < messages.length; start += 4)
      expect(await deliver('start-analysis', messages.slice(start, start + 4), context)).to.deep.equal([]);
  }

  for (const seed of [1, 2, 3, 4, 5]) {
    it(`starts one execution for two events, delivered three times each in order ${seed} (A11)`, async () => {
      await createRecord();
      const events = threeTimesShuffled(await eventsOfTwoUploads(), seed);
      expect(events).to.have.length(6);
      await deliverInBatches(events);
      const started = await executions();
      expect(started).to.have.length(1);
      expect(started[0]?.input).to.deep.include({ recordId, objectKey: uploadKey(userId, recordId, 'webm') });
      expect(await readRecord()).to.include({ status: 'PROCESSING', executionName: started[0]?.name });
    });
  }

  it('analyses the upload once and closes its record, and late deliveries change nothing (A9, A11, A15)', async () => {
    await createRecord();
    const events = await eventsOfTwoUploads();
    await deliverInBatches(threeTimesShuffled(events, 7));
    const [started] = await executions();
    if (!started) throw new Error('nothing was started');
    await services.objects.writeJson(`transcriptions/${started.name}.json`, amazonAnswer);
    const outcome = await interpret(started, () => context);
    expect(outcome.status, outcome.cause).to.equal('SUCCEEDED');
    const closed = await readRecord();
    const owner = { userId, recordId, executionName: started.name };
    expect(closed).to.include({ status: 'SUCCEEDED', reportKey: derivedKey(owner, 'report') });

    await deliverInBatches(threeTimesShuffled(events, 8));
    expect(await executions()).to.have.length(1);
    expect(await readRecord()).to.deep.equal(closed);
    expect(await versionsOf(known(cloud.buckets, mediaBucket))).to.deep.equal(
      [
        uploadKey(userId, recordId, 'webm'),
        uploadKey(userId, recordId, 'webm'),
        `transcriptions/${started.name}.json`,
        ...derived.map((name) => derivedKey(owner, name)),
      ].toSorted(),
    );
    const report = reportSchema.parse(await services.objects.readJson(derivedKey(owner, 'report')));
    expect(report.transcript?.source).to.equal('amazon-transcribe');
  }).timeout(180_000);

  it('queues only what a recorder uploads (A10)', async () => {
    const path = join(folder, 'file');
    await writeFile(path, 'x');
    const wanted = [`uploads/u/${recordId}.webm`, `uploads/u/${recordId}.mp4`];
    const unwanted = [
      `uploads/u/${recordId}.txt`,
      `analyses/u/${recordId}/e/playback.mp4`,
      'x/uploads/a.webm',
    ];
    for (const key of [...wanted, ...unwanted]) await upload(path, key);
    const queued = await takeAll(queue(uploads).queueUrl);
    const keys = queued.map(({ body }) => /"key": ?"([^"]+)"/.exec(body)?.[1]);
    expect(keys).to.have.members(wanted);
  });

  it('gives up an upload that belongs to no record after three deliveries, into the dead letters', async () => {
    await upload(sample);
    const { queueUrl, deadLetterQueueUrl } = queue(uploads);
    for (const round of [1, 2, 3])
      expect(await pollOnce(queueUrl, 'start-analysis', context), `round ${round}`).to.equal(1);
    expect(await pollOnce(queueUrl, 'start-analysis', context)).to.equal(0);
    const [letter, ...others] = await takeAll(deadLetterQueueUrl);
    expect(others).to.deep.equal([]);
    expect(letter?.body).to.include(uploadKey(userId, recordId, 'webm'));
    expect(await executions()).to.deep.equal([]);
  });

  it('closes the record of an execution that was stopped (A63)', async () => {
    await createRecord();
    await upload(sample);
    expect(await pollOnce(queue(uploads).queueUrl, 'start-analysis', context)).to.equal(1);
    const [started] = await executions();
    if (!started) throw new Error('nothing was started');
    await new SFNClient({}).send(new StopExecutionCommand({ executionArn: started.arn }));
    for (const status of ['ABORTED', 'ABORTED', 'SUCCEEDED', 'RUNNING'])
      await announceEnd({ ...started, status, machine: stateMachineArn() });
    expect(await pollOnce(queue(executionEnds).queueUrl, 'close-record', context)).to.equal(2);
    expect(await pollOnce(queue(executionEnds).queueUrl, 'close-record', context)).to.equal(0);
    const closed = await readRecord();
    expect(closed).to.include({ status: 'FAILED', executionName: started.name, reportKey: null });
    expect(closed?.problems.map(({ code }) => code)).to.deep.equal(['UPSTREAM']);
  });
});

/** Keys of all versions of all objects, sorted. */
async function versionsOf(Bucket: string): Promise<string[]> {
  const { Versions = [] } = await s3().send(new ListObjectVersionsCommand({ Bucket }));
  return Versions.map(({ Key = '' }) => Key).toSorted();
}

/** What Step Functions tells EventBridge; moto's does not. */
async function announceEnd(execution: {
  readonly name: string;
  readonly arn: string;
  readonly input: Json;
  readonly status: string;
  readonly machine: string;
}): Promise<void> {
  const detail = {
    executionArn: execution.arn,
    stateMachineArn: execution.machine,
    name: execution.name,
    status: execution.status,
    input: JSON.stringify(execution.input),
    error: null,
    cause: null,
  };
  const entry = {
    Source: 'aws.states',
    DetailType: 'Step Functions Execution Status Change',
    Detail: JSON.stringify(detail),
  };
  await new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [entry] }));
}
