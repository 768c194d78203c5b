// Is nothing left of a transcription job that was removed, even if it still runs?
import { expect } from 'chai';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTranscriptionJobs } from '../../../services/local/transcription-jobs.ts';
import { createJobs } from '../../../services/local/transcribers/jobs.ts';
import type { Recognise } from '../../../services/local/transcribers/recogniser.ts';
import { thrownBy } from '../contracts/object-store.ts';
import { describeTranscriptionJobs } from '../contracts/transcription-jobs.ts';

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-jobs-'));
  folders.push(folder);
  return join(folder, 'transcriptions');
}
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const silent: Recognise = () => Promise.resolve({ reason: 'There is nothing to hear.' });
const { signal } = new AbortController();
const job = (name: string) => ({ name, objectKey: 'speech.wav', language: null });

describeTranscriptionJobs('this machine', async () => {
  const folder = await newFolder();
  const transcriber = createJobs(folder, silent);
  return {
    jobs: createTranscriptionJobs(folder),
    start: (name) => transcriber.start(job(name), signal),
    isKnown: (name) =>
      transcriber.read(name).then(
        () => true,
        () => false,
      ),
  };
});

describe('the transcription jobs of this machine', () => {
  it('leave no file', async () => {
    const folder = await newFolder();
    await createJobs(folder, silent).start(job('e1'), signal);
    expect(await readdir(folder)).to.deep.equal(['e1']);
    await createTranscriptionJobs(folder).remove('e1');
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('do not come back when they were removed while they ran', async () => {
    const folder = await newFolder();
    const words = Promise.withResolvers<Awaited<ReturnType<Recognise>>>();
    const transcriber = createJobs(folder, () => words.promise);
    await transcriber.start(job('e1'), signal);
    expect(await createTranscriptionJobs(folder).remove('e1')).to.equal(true);
    words.resolve({ reason: 'Too late.' });
    await transcriber.close();
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('are not looked for under a name that leads elsewhere', async () => {
    const folder = await newFolder();
    await createJobs(folder, silent).start(job('e1'), signal);
    for (const name of ['..', '../transcriptions', '', 'e1/..', '.', 'e1/']) {
      const error = await thrownBy(createTranscriptionJobs(folder).remove(name));
      expect(error).to.include({ name: 'ServiceRejected' });
    }
    expect(await readdir(folder)).to.deep.equal(['e1']);
  });
});
