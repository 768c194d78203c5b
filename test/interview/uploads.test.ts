// What does an upload start, and what if its event comes twice or its bytes are not those that were sent?
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { executionNameOf, newRecordId, uploadKey, userIdSchema, type RecordId } from '../../domain/ids.ts';
import { newRecord } from '../../domain/record.ts';
import { readEnvironment } from '../../local/environment.ts';
import { openHost, type Host } from '../../local/host.ts';
import { mediaBucket } from '../../systems/interview/names.ts';
import { makeFolder, withoutVision } from './support/command-line.ts';
import { shortClip } from './support/recordings.ts';

const userId = userIdSchema.parse('somebody');

describe('an upload', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let host: Host;
  let file: string;
  let started: string[];
  let logged: { readonly event: string; readonly facts: unknown }[];
  before(async () => {
    folder = await makeFolder('uploads');
    file = await shortClip(folder.path);
  });
  beforeEach(async () => {
    started = [];
    logged = [];
    host = await openHost({
      folder: join(folder.path, newRecordId()),
      environment: readEnvironment(withoutVision),
      transcriber: { kind: 'none' },
      signal: new AbortController().signal,
      log: (event, facts) => void logged.push({ event, facts }),
      onEvent: ({ type, timestamp }) => void (type === 'ExecutionStarted' && started.push(timestamp)),
    });
  });
  afterEach(() => host.close());
  after(() => folder.remove());

  /** Puts a record and its upload there, as the API and the browser do. */
  async function upload(sha256: string | null): Promise<{ recordId: RecordId; key: string }> {
    const recordId = newRecordId();
    const key = uploadKey(userId, recordId, 'webm');
    const record = newRecord({ recordId, userId, now: new Date(), sha256 });
    await host.services.records.create(record);
    await host.services.objects.upload(key, file, 'video/webm', new AbortController().signal);
    return { recordId, key };
  }

  const outcomeOf = async (key: string) =>
    host.outcomeOf(executionNameOf({ ...(await host.services.objects.head(key)), bucket: mediaBucket }, 0));

  it('is refused with CHECKSUM when it is not what was sent', async () => {
    const { recordId, key } = await upload('0'.repeat(64));
    await host.announceUpload(key);
    expect((await outcomeOf(key))?.status).to.equal('FAILED');
    expect(await host.services.records.read(recordId)).to.deep.include({
      status: 'FAILED',
      reportKey: null,
      problems: [{ code: 'CHECKSUM', message: 'The file that arrived is not the file that was sent.' }],
    });
  });

  it('is analysed when its checksum is right', async () => {
    const { recordId, key } = await upload(
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    );
    await host.announceUpload(key);
    expect((await outcomeOf(key))?.status).to.equal('SUCCEEDED');
    expect((await host.services.records.read(recordId))?.status).to.equal('SUCCEEDED');
  });

  it('starts one execution however often its event is delivered (A11, A15)', async () => {
    const { recordId, key } = await upload(null);
    await Promise.all([host.announceUpload(key), host.announceUpload(key), host.announceUpload(key)]);
    const outcome = await outcomeOf(key);
    const closed = await host.services.records.read(recordId);
    // Once more when it is long over.
    await host.announceUpload(key);
    expect(await outcomeOf(key)).to.equal(outcome);
    expect(started).to.have.length(1);
    expect(logged.filter(({ event }) => event === 'ffmpeg')).to.have.length(1);
    expect(await host.services.records.read(recordId)).to.deep.equal(closed);
    expect(host.deadLetters.of('uploads')).to.deep.equal([]);
  });

  it('of other bytes under the same key does not touch the record of the first', async () => {
    const { recordId, key } = await upload(null);
    await host.announceUpload(key);
    const first = await outcomeOf(key);
    const closed = await host.services.records.read(recordId);
    await host.services.objects.upload(key, file, 'video/webm', new AbortController().signal);
    await host.announceUpload(key);
    expect(first?.status).to.equal('SUCCEEDED');
    expect(await outcomeOf(key)).to.equal(undefined);
    expect(await host.services.records.read(recordId)).to.deep.equal(closed);
  });

  it('that belongs to no record becomes a dead letter', async () => {
    const key = uploadKey(userId, newRecordId(), 'webm');
    await host.services.objects.upload(key, file, 'video/webm', new AbortController().signal);
    await host.announceUpload(key);
    expect(host.deadLetters.of('uploads')).to.have.length(1);
    expect(started).to.deep.equal([]);
  });
});
