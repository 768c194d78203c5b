// Is everything brought to its end that a process left undone?
import { join } from 'node:path';
import { expect } from 'chai';
import { executionNameOf, newRecordId, uploadKey } from '../../domain/ids.ts';
import { newRecord } from '../../domain/record.ts';
import { readEnvironment } from '../../local/environment.ts';
import { definition as pipeline } from '../../local/executions.ts';
import { openHost, type Host } from '../../local/host.ts';
import { Journal } from '../../local/interpreter/journal.ts';
import { forgetOrphans } from '../../local/clock.ts';
import { takeUp } from '../../local/take-up.ts';
import { localUser } from '../../services/local/identity.ts';
import { analysisMachine, mediaBucket } from '../../systems/interview/names.ts';
import { makeFolder, withoutVision } from '../interview/support/command-line.ts';
import { shortClip } from '../interview/support/recordings.ts';

describe('what a process left undone', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let host: Host;
  let clip: string;
  before(async () => {
    folder = await makeFolder('take-up');
    clip = await shortClip(folder.path);
  });
  beforeEach(async () => {
    host = await openHost({
      folder: join(folder.path, newRecordId()),
      environment: readEnvironment(withoutVision),
      transcriber: { kind: 'none' },
      signal: new AbortController().signal,
      log: () => undefined,
    });
  });
  afterEach(() => host.close());
  after(() => folder.remove());

  /** A record of `age` hours ago with its upload, of which nobody was told. */
  async function addRecord(isUploaded: boolean, ageHours = 0) {
    const recordId = newRecordId();
    const now = new Date(Date.now() - ageHours * 3_600_000);
    await host.records.create(newRecord({ recordId, userId: localUser, now }));
    const key = uploadKey(localUser, recordId, 'webm');
    if (isUploaded) await host.services.objects.upload(key, clip, 'video/webm', new AbortController().signal);
    const name = isUploaded
      ? executionNameOf({ ...(await host.services.objects.head(key)), bucket: mediaBucket }, 0)
      : '';
    const input = {
      userId: localUser,
      recordId,
      objectKey: key,
      sha256: null,
      question: null,
      language: null,
    };
    return { recordId, key, name, input };
  }
  const statusOf = async (recordId: Parameters<Host['records']['read']>[0]) =>
    (await host.records.read(recordId))?.status;

  it('is an upload that nobody was told of: it is analysed, although it came just now', async () => {
    const { recordId } = await addRecord(true);
    await takeUp(host);
    await host.settle();
    expect(await statusOf(recordId)).to.equal('SUCCEEDED');
  });

  it('is an analysis that was claimed but never began', async () => {
    const { recordId, name } = await addRecord(true);
    await host.records.claim(recordId, name);
    await takeUp(host);
    await host.settle();
    expect(await statusOf(recordId)).to.equal('SUCCEEDED');
  });

  it('is an execution of an older Greenroom: its record gets another attempt', async () => {
    const { recordId, name, input } = await addRecord(true);
    await host.records.claim(recordId, name);
    const started = { name, stateMachineName: analysisMachine, startedAtMs: Date.now() };
    host.journal.open({ ...started, definition: '{"StartAt":"Old"}', input: JSON.stringify(input) });
    await takeUp(host);
    await host.settle();
    const record = await host.records.read(recordId);
    expect([record?.status, record?.attempt]).to.deep.equal(['SUCCEEDED', 1]);
    expect(host.journal.execution(name)?.error).to.equal('Greenroom.Updated');
    expect(host.journal.unfinished()).to.deep.equal([]);
  });

  /** Cancelled by a process that was killed before it could stop the work. */
  async function addCancelled(definition: string) {
    const added = await addRecord(true);
    const { recordId, name, input } = added;
    await host.records.claim(recordId, name);
    const started = { name, stateMachineName: analysisMachine, startedAtMs: Date.now() };
    host.journal.open({ ...started, definition, input: JSON.stringify(input) });
    const problems = [{ code: 'CANCELLED', message: 'You cancelled the analysis.' }] as const;
    await host.records.finish(recordId, name, { status: 'FAILED', problems, reportKey: null });
    return added;
  }

  it('is not taken up when its user cancelled it, be it of this Greenroom or an older one', async () => {
    for (const text of [JSON.stringify(pipeline), '{"StartAt":"Old"}']) {
      const { recordId, name } = await addCancelled(text);
      await takeUp(host);
      expect(host.outcomeOf(name)).to.equal(undefined);
      expect(host.journal.execution(name)).to.include({ status: 'ABORTED', error: 'CANCELLED' });
      expect(await host.records.read(recordId)).to.include({ status: 'FAILED', attempt: 0 });
    }
  });

  it('is no recording that may still come; one that never came is given up', async () => {
    const young = await addRecord(false);
    const old = await addRecord(false, 30);
    await takeUp(host);
    expect(await statusOf(young.recordId)).to.equal('UPLOADING');
    expect(await statusOf(old.recordId)).to.equal('FAILED');
  });

  it('is forgotten with its record, and nothing else is', async () => {
    const [gone, kept] = [await addRecord(true), await addRecord(true)];
    await takeUp(host);
    await host.settle();
    await host.services.catalogue.remove(gone.recordId, localUser);
    await forgetOrphans(host, folder.path);
    expect([host.journal.find(gone.name), host.journal.history(gone.name)]).to.deep.equal([null, []]);
    expect(host.journal.history(kept.name)).not.to.deep.equal([]);
  });

  it('forgets the children of an execution too', () => {
    const journal = new Journal(':memory:');
    const definition = '{}';
    const opened = journal.open({ name: 'a', stateMachineName: 'm', definition, input: '1', startedAtMs: 0 });
    const child = opened.log.child('m/Label:a-0', 1, 0);
    const event = { id: 1, previousEventId: 0, timestamp: '2026-01-01T00:00:00.000Z', type: 'X' };
    child.appendEvent({ key: 'k', event });
    journal.forget('a');
    expect(journal.history('m/Label:a-0')).to.deep.equal([]);
    expect(journal.find('m/Label:a-0')).to.equal(null);
    journal.close();
  });
});
