// Is the record of an analysis closed that was stopped and could not do that itself, on this machine as in AWS?
import { join } from 'node:path';
import { expect } from 'chai';
import { executionNameOf, newRecordId, uploadKey, userIdSchema } from '../../domain/ids.ts';
import { newRecord } from '../../domain/record.ts';
import { readEnvironment } from '../../local/environment.ts';
import { openHost } from '../../local/host.ts';
import { mediaBucket } from '../../systems/interview/names.ts';
import { makeFolder, withoutVision } from '../interview/support/command-line.ts';
import { shortClip } from '../interview/support/recordings.ts';

describe('the end of an execution on this machine', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  before(async () => {
    folder = await makeFolder('ends');
  });
  after(() => folder.remove());

  it('closes the record of an analysis that was stopped (A63)', async () => {
    const stop = new AbortController();
    const host = await openHost({
      folder: join(folder.path, 'data'),
      environment: readEnvironment(withoutVision),
      transcriber: { kind: 'none' },
      signal: stop.signal,
      log: () => undefined,
      onProgress: (stateName) => void (stateName === 'ConvertVideo' && stop.abort(new Error('stopped'))),
    });
    const recordId = newRecordId();
    const userId = userIdSchema.parse('somebody');
    const key = uploadKey(userId, recordId, 'webm');
    const { records, objects } = host.services;
    await records.create(newRecord({ recordId, userId, now: new Date() }));
    await objects.upload(key, await shortClip(folder.path), 'video/webm', new AbortController().signal);
    await host.announceUpload(key);
    const name = executionNameOf({ ...(await objects.head(key)), bucket: mediaBucket }, 0);
    expect((await host.outcomeOf(name))?.status).to.equal('ABORTED');
    const record = await records.read(recordId);
    expect(record).to.include({ status: 'FAILED', executionName: name, reportKey: null });
    expect(record?.problems.map(({ code }) => code)).to.deep.equal(['UPSTREAM']);
    await host.close();
  });
});
