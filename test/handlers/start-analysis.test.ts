// Which deliveries start an analysis, and which come again?
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { newRecordId, uploadKey, userIdSchema } from '../../domain/ids.ts';
import { newRecord, type Record } from '../../domain/record.ts';
import { startAnalysis } from '../../handlers/interview/start-analysis.ts';
import { invokeHandler, type HandlerContext } from '../../handlers/support/handler.ts';
import { objectCreated } from '../../local/bus.ts';
import type { Services } from '../../services/contracts.ts';
import { openRecordTable, type LocalRecordTable } from '../../services/local/records.ts';

const userId = userIdSchema.parse('somebody');
const recordOf = (recordId: Record['recordId']): Record => ({
  ...newRecord({ recordId, userId, now: new Date('2026-01-01T00:00:00.000Z') }),
  fileName: 'answer.webm',
  question: 'Why?',
  language: 'en-US',
});

const bodyFor = (key: string, versionId = 'v1'): string =>
  JSON.stringify(objectCreated({ bucket: 'media', key, sizeBytes: 1, etag: 'e', versionId }));
const keyOf = (recordId: Record['recordId']): string => uploadKey(userId, recordId, 'webm');

describe('start-analysis', () => {
  let records: LocalRecordTable;
  let started: { name: string; input: unknown }[];
  let isDown: boolean;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-start-'));
    records = openRecordTable(join(folder, 'records.sqlite'));
    started = [];
    isDown = false;
  });
  afterEach(async () => {
    records.close();
    await rm(folder, { recursive: true, force: true });
  });

  function context(): HandlerContext<'records' | 'executions'> {
    const executions: Services['executions'] = {
      start: async (name, input) => {
        if (isDown) throw new Error('no answer');
        if (started.some((known) => known.name === name)) return 'ALREADY_EXISTS';
        started.push({ name, input });
        return 'STARTED';
      },
    };
    return {
      services: { records, executions },
      media: { tools: { ffmpeg: '', ffprobe: '', threads: 1 }, openVision: null },
      log: () => undefined,
      signal: new AbortController().signal,
      scratchFolder: '',
      onProgress: () => undefined,
      timeoutSeconds: 30,
    };
  }

  const deliver = async (...bodies: string[]): Promise<string[]> => {
    const Records = bodies.map((body, index) => ({ messageId: String(index), body }));
    const { batchItemFailures } = await invokeHandler(startAnalysis, { Records }, context());
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };

  it('starts nothing for a record that was cancelled before its analysis had begun', async () => {
    const recordId = newRecordId();
    await records.create(recordOf(recordId));
    isDown = true;
    expect(await deliver(bodyFor(keyOf(recordId)))).to.deep.equal(['0']);
    isDown = false;
    const name = (await records.read(recordId))?.executionName ?? '';
    const problems = [{ code: 'CANCELLED', message: 'You cancelled the analysis.' }] as const;
    await records.finish(recordId, name, { status: 'FAILED', problems, reportKey: null });
    expect(await deliver(bodyFor(keyOf(recordId)))).to.deep.equal([]);
    expect(started).to.deep.equal([]);
  });

  it('hands the record to the execution and claims it for that', async () => {
    const recordId = newRecordId();
    await records.create(recordOf(recordId));
    expect(await deliver(bodyFor(keyOf(recordId)))).to.deep.equal([]);
    expect(started[0]?.input).to.deep.equal({
      userId,
      recordId,
      objectKey: keyOf(recordId),
      sha256: null,
      question: 'Why?',
      language: 'en-US',
    });
    expect(await records.read(recordId)).to.include({
      status: 'PROCESSING',
      executionName: started[0]?.name,
    });
  });

  it('starts nothing for a second delivery or for another version of the object (A11)', async () => {
    const recordId = newRecordId();
    await records.create(recordOf(recordId));
    const body = bodyFor(keyOf(recordId));
    expect(await deliver(body, body, bodyFor(keyOf(recordId), 'v2'))).to.deep.equal([]);
    expect(started).to.have.length(1);
  });

  it('names in a batch only what failed', async () => {
    const recordId = newRecordId();
    await records.create(recordOf(recordId));
    const failed = await deliver(
      'no JSON',
      bodyFor(keyOf(recordId)),
      bodyFor('uploads/somebody/else.webm'),
      bodyFor(keyOf(newRecordId())),
      JSON.stringify({ detail: {} }),
    );
    expect(failed).to.deep.equal(['0', '2', '3', '4']);
    expect(started).to.have.length(1);
  });

  it('starts nothing for an upload into the folder of somebody else', async () => {
    const recordId = newRecordId();
    await records.create(recordOf(recordId));
    expect(await deliver(bodyFor(uploadKey(userIdSchema.parse('intruder'), recordId, 'webm')))).to.deep.equal(
      ['0'],
    );
    expect(await records.read(recordId)).to.include({ status: 'UPLOADING', executionName: null });
  });

  it('starts the execution at the next delivery when it could not be started at the first', async () => {
    const recordId = newRecordId();
    await records.create(recordOf(recordId));
    isDown = true;
    expect(await deliver(bodyFor(keyOf(recordId)))).to.deep.equal(['0']);
    isDown = false;
    expect(await deliver(bodyFor(keyOf(recordId)))).to.deep.equal([]);
    expect(started).to.have.length(1);
  });
});
