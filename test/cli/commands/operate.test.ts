// Can an operator see what is wrong with a data folder, and put it right?
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { newRecordId, uploadKey, userIdSchema } from '../../../domain/ids.ts';
import type { Record } from '../../../domain/record.ts';
import { createObjectStore } from '../../../services/local/objects.ts';
import { openRecordTable } from '../../../services/local/records.ts';
import { openDeadLetters } from '../../../local/dead-letters.ts';
import { newRecord } from '../../services/contracts/record-table.ts';

const root = join(import.meta.dirname, '../../..');
const userId = userIdSchema.parse('local');

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
const greenroom = (...args: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', GREENROOM_VISION: 'off' };
    execFile(process.execPath, [join(root, 'cli/main.ts'), ...args], { env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });

describe('the operator of a data folder', function () {
  this.timeout(60_000);
  let data: string;
  const at = (name: string): string => join(data, name);
  const ask = (...args: readonly string[]): Promise<Said> => greenroom(...args, '--data', data);

  /** A record of an hour ago, with its upload in the store unless `bytes` is null. */
  async function addRecord(changes: Partial<Record>, bytes: 'sample' | 'text' | null): Promise<Record> {
    const recordId = newRecordId();
    const past = new Date(Date.now() - 3_600_000);
    const time = past.toISOString();
    const record = { ...newRecord(recordId), userId, createdAt: time, updatedAt: time, ...changes };
    const table = openRecordTable(at('records.sqlite'));
    await table.create(record);
    table.close();
    if (bytes === null) return record;
    const file = at('upload');
    if (bytes === 'sample') await copyFile(join(root, 'samples/interview.webm'), file);
    else await writeFile(file, 'no recording at all');
    const key = uploadKey(userId, recordId, 'webm');
    await createObjectStore(at('objects')).upload(key, file, 'video/webm', new AbortController().signal);
    return record;
  }
  async function read({ recordId }: Record): Promise<Record | null> {
    const table = openRecordTable(at('records.sqlite'));
    const record = await table.read(recordId);
    table.close();
    return record;
  }

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'greenroom-operate-'));
    await mkdir(at('objects'), { recursive: true });
  });
  afterEach(() => rm(data, { recursive: true, force: true }));

  it('hears that nothing needs a hand when nothing does', async () => {
    const { code, out } = await ask('status');
    expect(out).to.contain('Nothing needs a hand.').and.to.contain('uploads: 0 waiting');
    expect(code).to.equal(0);
  });

  it('hears of stuck and failed records and dead letters, with the command that helps each', async () => {
    await addRecord({}, 'text');
    const problems = [{ code: 'UPSTREAM' as const, message: 'It failed.' }];
    await addRecord({ status: 'FAILED', executionName: 'e1', problems }, 'text');
    const letters = openDeadLetters(at('dead-letters.sqlite'));
    letters.keep({ id: 'l1', queue: 'uploads', body: '{}', sentAt: '2026-01-01T00:00:00Z', error: 'no' });
    letters.close();
    const { code, out } = await ask('status', '--json');
    expect(code).to.equal(3);
    expect(JSON.parse(out)).to.deep.include({ stuck: 1, redrivable: 1, needsAttention: true, alarms: null });
    const text = (await ask('status')).out;
    for (const command of ['reconcile', 'redrive', 'dlq list'])
      expect(text).to.contain(`./greenroom ${command}`);
  });

  it('sees what reconcile would do, and nothing is done without --apply', async () => {
    const record = await addRecord({ status: 'PROCESSING', executionName: 'gone' }, null);
    const { out } = await ask('reconcile');
    expect(out).to.contain(`${record.recordId}  close: its analysis and its upload are gone`);
    expect(out).to.contain('Say --apply');
    expect((await read(record))?.status).to.equal('PROCESSING');
    expect((await ask('reconcile', '--apply')).out).to.contain('closed as FAILED');
    expect(await read(record)).to.deep.include({ status: 'FAILED', executionName: 'gone' });
    expect((await ask('reconcile')).out).to.contain('0 open records');
  });

  it('closes an upload that never came, in the place of an execution', async () => {
    const longAgo = new Date(Date.now() - 48 * 3_600_000).toISOString();
    const record = await addRecord({ updatedAt: longAgo, createdAt: longAgo }, null);
    await ask('reconcile', '--apply');
    const closed = await read(record);
    expect(closed?.status).to.equal('FAILED');
    // There is nothing that another attempt could analyse.
    expect((await ask('status')).code).to.equal(0);
    expect((await ask('redrive', record.recordId)).out).to.contain('its upload has expired');
    expect(closed?.problems[0]).to.deep.equal({
      code: 'TIMEOUT',
      message: 'The recording was never completely uploaded.',
    });
  });

  it('gets a lost upload analysed: it is announced again and its record ends', async () => {
    const record = await addRecord({}, 'sample');
    expect((await ask('reconcile', '--apply')).out).to.contain('announced again');
    const closed = await read(record);
    expect(closed?.status).to.equal('SUCCEEDED');
    expect(closed?.reportKey).to.contain(record.recordId);
  });

  it('redrives what failed through no fault of the file, once, as a new attempt', async () => {
    const problems = [{ code: 'UPSTREAM' as const, message: 'It failed.' }];
    const record = await addRecord({ status: 'FAILED', executionName: 'e1', problems }, 'sample');
    expect((await ask('redrive')).out)
      .to.contain('UPSTREAM')
      .and.to.contain('--all');
    expect((await read(record))?.status).to.equal('FAILED');
    expect((await ask('redrive', '--all')).out).to.contain('attempt 1 is on its way');
    expect(await read(record)).to.deep.include({ status: 'SUCCEEDED', attempt: 1 });
    expect((await ask('redrive', '--all')).out).to.contain('No record failed');
  });

  it('leaves a refused file alone, and says so', async () => {
    const problems = [{ code: 'NOT_MEDIA' as const, message: 'It is no recording.' }];
    const record = await addRecord({ status: 'FAILED', executionName: 'e1', problems }, 'text');
    expect((await ask('redrive', record.recordId)).out).to.contain('not redriven');
    expect(await read(record)).to.include({ status: 'FAILED', attempt: 0 });
    const unknown = await ask('redrive', 'nobody');
    expect(unknown.code).to.equal(2);
    expect(unknown.err).to.contain('There is no failed record nobody.');
  });

  it('replays a dead letter, which is gone when its queue takes it', async () => {
    const record = await addRecord({}, 'text');
    const key = uploadKey(userId, record.recordId, 'webm');
    const { etag, versionId } = await createObjectStore(at('objects')).head(key);
    const detail = { bucket: { name: 'media' }, object: { key, etag, 'version-id': versionId } };
    const letters = openDeadLetters(at('dead-letters.sqlite'));
    const sentAt = '2026-01-01T00:00:00Z';
    letters.keep({ id: 'good', queue: 'uploads', body: JSON.stringify({ detail }), sentAt, error: 'no' });
    letters.keep({ id: 'bad', queue: 'uploads', body: '{}', sentAt, error: 'no' });
    letters.close();
    expect((await ask('dlq', 'list')).out)
      .to.contain('good  uploads')
      .and.to.contain('bad  uploads');
    expect((await ask('dlq', 'replay')).code).to.equal(2);
    expect((await ask('dlq', 'replay', '--all')).out).to.contain('1 of 2 dead letters were sent again');
    expect((await ask('dlq', 'list')).out)
      .to.contain('bad')
      .and.not.to.contain('good');
    expect((await read(record))?.problems[0]?.code).to.equal('NOT_MEDIA');
  });

  it('is told what is wrong with the choice of a system', async () => {
    expect((await greenroom('status', '--data', '/nowhere')).err).to.contain('There is no data folder');
    const both = await greenroom('status', '--data', data, '--stack', 'dev');
    expect(both.err).to.contain('Say one of');
    const file = at('outputs.json');
    await writeFile(file, '{"Region":"us-east-1"}');
    const lacking = await greenroom('status', '--outputs', file);
    expect(lacking.code).to.equal(2);
    expect(lacking.err).to.contain('MediaBucketName');
    await writeFile(file, 'no json');
    expect((await greenroom('status', '--outputs', file)).err).to.contain('no JSON');
  });
});
