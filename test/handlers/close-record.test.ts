// Which records does the end of an execution close, and with which problem?
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { newRecordId, userIdSchema, uploadKey } from '../../domain/ids.ts';
import { newRecord } from '../../domain/record.ts';
import type { AnalysisInput } from '../../domain/stage-io.ts';
import { closeRecord } from '../../handlers/interview/close-record.ts';
import { invokeHandler } from '../../handlers/support/handler.ts';
import { executionEnded } from '../../local/bus.ts';
import { openRecordTable, type LocalRecordTable } from '../../services/local/records.ts';

const userId = userIdSchema.parse('somebody');
const recordId = newRecordId();
const name = 'the-execution';
const input: AnalysisInput = {
  userId,
  recordId,
  objectKey: uploadKey(userId, recordId, 'webm'),
  sha256: null,
  question: null,
  language: null,
};

interface End {
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
}
const eventOf = (end: End, executionName = name) =>
  executionEnded({ executionArn: `arn:…:${executionName}`, name: executionName, ...end }, input);

describe('close-record', () => {
  let records: LocalRecordTable;
  let logged: string[];
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-close-'));
    records = openRecordTable(join(folder, 'records.sqlite'));
    logged = [];
    const now = '2026-01-01T00:00:00.000Z';
    await records.create(newRecord({ recordId, userId, now: new Date(now) }));
    await records.claim(recordId, name);
  });
  afterEach(async () => {
    records.close();
    await rm(folder, { recursive: true, force: true });
  });

  const deliver = async (...bodies: string[]): Promise<string[]> => {
    const Records = bodies.map((body, index) => ({ messageId: String(index), body }));
    const { batchItemFailures } = await invokeHandler(
      closeRecord,
      { Records },
      {
        services: { records },
        media: { tools: { ffmpeg: '', ffprobe: '', threads: 1 }, openVision: null },
        log: (event) => void logged.push(event),
        signal: new AbortController().signal,
        scratchFolder: '',
        onProgress: () => undefined,
        timeoutSeconds: 30,
      },
    );
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  const problems = async () => (await records.read(recordId))?.problems;

  const ends: readonly [end: End, code: string, sentence: RegExp][] = [
    [{ status: 'TIMED_OUT' }, 'TIMEOUT', /took too long/],
    [{ status: 'ABORTED' }, 'UPSTREAM', /was stopped/],
    [
      { status: 'FAILED', error: 'TemporaryFailure', cause: '{"errorMessage":"DISK_FULL: x"}' },
      'DISK_FULL',
      /disk is full/,
    ],
    [
      { status: 'FAILED', error: 'RecordingRejected', cause: '{"errorMessage":"EMPTY: It is empty."}' },
      'EMPTY',
      /^It is empty\.$/,
    ],
    [{ status: 'FAILED', error: 'States.Runtime', cause: 'no such field $secret' }, 'BUG', /on our side/],
    [{ status: 'FAILED' }, 'BUG', /on our side/],
  ];
  for (const [end, code, sentence] of ends)
    it(`closes the record of an execution that ended ${end.status} (${code}) (A63)`, async () => {
      expect(await deliver(JSON.stringify(eventOf(end)))).to.deep.equal([]);
      expect(await records.read(recordId)).to.include({ status: 'FAILED', reportKey: null });
      const [problem] = (await problems()) ?? [];
      expect(problem?.code).to.equal(code);
      expect(problem?.message).to.match(sentence);
      expect(logged).to.deep.equal(['record closed']);
    });

  it('leaves a record alone that its execution has closed itself (A11)', async () => {
    await records.finish(recordId, name, { status: 'SUCCEEDED', problems: [], reportKey: 'report' });
    expect(await deliver(JSON.stringify(eventOf({ status: 'FAILED' })))).to.deep.equal([]);
    expect(await records.read(recordId)).to.include({ status: 'SUCCEEDED', reportKey: 'report' });
    expect(logged).to.deep.equal(['record left alone']);
  });

  it('leaves a record alone that belongs to another execution (A15)', async () => {
    expect(await deliver(JSON.stringify(eventOf({ status: 'TIMED_OUT' }, 'an-older-one')))).to.deep.equal([]);
    expect(await records.read(recordId)).to.include({ status: 'PROCESSING', executionName: name });
  });

  it('changes nothing when the event comes again', async () => {
    const body = JSON.stringify(eventOf({ status: 'ABORTED' }));
    expect(await deliver(body, body, body)).to.deep.equal([]);
    expect(await problems()).to.have.length(1);
  });

  it('names in a batch only what tells nothing: no JSON, no input, the input of something else', async () => {
    const { detail, ...event } = eventOf({ status: 'TIMED_OUT' });
    const withInput = (given: unknown) => JSON.stringify({ ...event, detail: { ...detail, input: given } });
    const bodies = ['no JSON', withInput(null), withInput(undefined), withInput('{"a":1}')];
    const good = JSON.stringify(eventOf({ status: 'TIMED_OUT' }));
    expect(await deliver(...bodies, good)).to.deep.equal(['0', '1', '2', '3']);
    expect(await records.read(recordId)).to.include({ status: 'FAILED' });
  });

  it('asks for another delivery while the table does not answer', async () => {
    const body = JSON.stringify(eventOf({ status: 'ABORTED' }));
    records.close();
    expect(await deliver(body)).to.deep.equal(['0']);
    records = openRecordTable(join(folder, 'records.sqlite'));
    expect(await deliver(body)).to.deep.equal([]);
    expect(await records.read(recordId)).to.include({ status: 'FAILED' });
  });
});
