// Is whisper-cli called as it wants to be, and its answer read as it is meant? (A16)
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { thrownBy } from '../../contracts/object-store.ts';
import { describeTranscriber, finalState } from '../../contracts/transcriber.ts';
import { lateTone, newWorkbench, record, samplesOf, type Workbench } from './workbench.ts';

const { signal } = new AbortController();
const job = { name: 'job-1', objectKey: 'uploads/u/answer.webm', language: null };

async function transcribe(behaviour: string, language: string | null = null) {
  const workbench = await newWorkbench();
  await record(workbench, job.objectKey, lateTone(0));
  const transcriber = workbench.open(await workbench.whisper(behaviour));
  await transcriber.start({ ...job, language }, signal);
  return { ...workbench, transcriber };
}

const workFolders = async ({ folder }: Pick<Workbench, 'folder'>): Promise<string[]> =>
  (await readdir(join(folder, 'transcriptions', job.name))).filter((name) => name.startsWith('work-'));

const isAlive = async (pid: string | undefined): Promise<boolean> => {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return state !== null && !/\) [ZX] /.test(state);
};

describeTranscriber('whisper-cli (its stand-in)', async () => {
  const workbench = await newWorkbench();
  await record(workbench, job.objectKey, lateTone(0));
  return {
    transcriber: workbench.open(await workbench.whisper('speak')),
    job,
    timesRun: async () => (await workbench.runs()).length,
  };
});

describe('whisper-cli', () => {
  it('gives whole words with their times and mean probabilities', async () => {
    const { transcriber } = await transcribe('speak', 'en-GB');
    const state = await finalState(transcriber, job.name);
    if (state.status !== 'COMPLETED') throw new Error(state.status);
    expect(state.transcript).to.include({ source: 'whisper-cli', timing: 'word', language: 'en-GB' });
    expect(state.transcript.words.map(({ text }) => text)).to.deep.equal(['Hello,', 'greenroom.']);
    expect(state.transcript.words[1]).to.include({ startSeconds: 0.5, endSeconds: 1.2 });
    expect(state.transcript.words[1]?.confidence).to.be.closeTo(0.6, 0.001);
  });

  for (const [language, argument, found] of [
    [null, '-l auto', 'en'],
    ['pt-BR', '-l pt', 'pt-BR'],
  ] as const) {
    it(`is asked for the language ${language ?? 'that it hears'} (A16)`, async () => {
      const { transcriber, runs } = await transcribe('speak', language);
      const state = await finalState(transcriber, job.name);
      expect((await runs())[0])
        .to.include(argument)
        .and.match(/ -oj -ojf -of \S+\/whisper -np$/);
      expect(state).to.have.nested.property('transcript.language', found);
    });
  }

  it('hears 16 kHz mono sound whose times are those of the recording, a late start included', async () => {
    const workbench = await newWorkbench();
    await record(workbench, job.objectKey, lateTone(1));
    const transcriber = workbench.open(await workbench.whisper('speak'));
    await transcriber.start(job, signal);
    await finalState(transcriber, job.name);
    const heard = join(workbench.folder, 'heard.wav');
    const header = await readFile(heard);
    expect(header.readUInt32LE(24)).to.equal(16_000);
    expect(header.readUInt16LE(22)).to.equal(1);
    const samples = await samplesOf(heard);
    const first = samples.findIndex((sample) => Math.abs(sample) > 500);
    expect(first / 16_000).to.be.closeTo(1, 0.05);
    expect(samples.length / 16_000).to.be.closeTo(1.5, 0.1);
  });

  it('that hears nothing is UNAVAILABLE with the reason', async () => {
    const { transcriber } = await transcribe('hear-nothing');
    expect(await finalState(transcriber, job.name)).to.deep.equal({
      status: 'UNAVAILABLE',
      reason: 'The speech recogniser found no words in the recording.',
    });
  });

  for (const behaviour of ['crash', 'babble', 'write-nothing']) {
    it(`that can only ${behaviour} is a TemporaryFailure, tried three times in all (A63)`, async () => {
      const workbench = await transcribe(behaviour);
      for (let failures = 1; failures <= 4; failures += 1) {
        const error = await thrownBy(finalState(workbench.transcriber, job.name));
        expect(error).to.include({ name: 'TemporaryFailure', code: 'UPSTREAM' });
      }
      expect(await workbench.runs()).to.have.lengthOf(3);
      expect(await workFolders(workbench)).to.deep.equal([]);
    });
  }

  it('that crashed once is read again with success', async () => {
    const { transcriber } = await transcribe('crash-once');
    expect(await thrownBy(finalState(transcriber, job.name))).to.include({ name: 'TemporaryFailure' });
    expect(await finalState(transcriber, job.name)).to.have.property('status', 'COMPLETED');
  });

  it('without its program, its model or the recording is rejected with a clear sentence', async () => {
    const workbench = await newWorkbench();
    await record(workbench, job.objectKey, lateTone(0));
    const whisper = await workbench.whisper('speak');
    const model = join(workbench.folder, 'result.json');
    for (const [configuration, objectKey, sentence] of [
      [{ kind: 'whisper-cli', command: '/nowhere/whisper-cli', model }, job.objectKey, 'is not installed'],
      [{ kind: 'whisper-cli', command: 'sh', model: '/nowhere/m.bin' }, job.objectKey, 'cannot be read'],
      [whisper, 'uploads/u/missing.webm', 'There is no object'],
    ] as const) {
      const name = `job-${sentence.length}`;
      const transcriber = workbench.open(configuration);
      await transcriber.start({ name, objectKey, language: null }, signal);
      const error = await thrownBy(finalState(transcriber, name));
      expect(error).to.have.property('name', 'ServiceRejected');
      expect(error).to.have.property('message').that.includes(sentence);
    }
  });
});

describe('a transcription job', () => {
  for (const way of ['stop', 'close'] as const) {
    it(`is ended by ${way}, the recogniser too, and leaves no file`, async () => {
      const workbench = await newWorkbench();
      await record(workbench, job.objectKey, lateTone(0));
      const transcriber = workbench.open(await workbench.whisper('hang'));
      await transcriber.start(job, signal);
      while ((await workbench.runs()).length === 0) await wait(10);
      const [pid] = (await workbench.runs())[0]?.split(' ') ?? [];
      expect(await isAlive(pid)).to.equal(true);
      await transcriber[way](job.name);
      expect(await isAlive(pid)).to.equal(false);
      expect(await workFolders(workbench)).to.deep.equal([]);
      expect(await transcriber.read(job.name)).to.deep.equal({ status: 'IN_PROGRESS' });
    });
  }

  it('outlives the signal of its start, which the interpreter aborts when that task is over', async () => {
    const workbench = await newWorkbench();
    await record(workbench, job.objectKey, lateTone(0));
    const transcriber = workbench.open(await workbench.whisper('speak'));
    const controller = new AbortController();
    await transcriber.start(job, controller.signal);
    controller.abort();
    expect(await finalState(transcriber, job.name)).to.have.property('status', 'COMPLETED');
    expect(await workbench.runs()).to.have.lengthOf(1);
  });

  it('that a killed process left is started again by the next read, and its recogniser did not live on', async () => {
    const workbench = await newWorkbench();
    await record(workbench, job.objectKey, lateTone(0));
    const configuration = await workbench.whisper('hang');
    const create = new URL('../../../../services/local/transcribers/create-transcriber.ts', import.meta.url)
      .href;
    const store = new URL('../../../../services/local/objects.ts', import.meta.url).href;
    const script = `
      import { createTranscriber } from ${JSON.stringify(create)};
      import { createObjectStore } from ${JSON.stringify(store)};
      const [folder, configuration, job] = process.argv.slice(1);
      const objects = createObjectStore(folder + '/objects');
      const transcriber = createTranscriber(JSON.parse(configuration), { objects, folder: folder + '/transcriptions' });
      await transcriber.start(JSON.parse(job), new AbortController().signal);`;
    const args = [workbench.folder, JSON.stringify(configuration), JSON.stringify(job)];
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, ...args], {
      stdio: 'inherit',
    });
    while ((await workbench.runs()).length === 0) await wait(10);
    const [pid] = (await workbench.runs())[0]?.split(' ') ?? [];
    child.kill('SIGKILL');
    await once(child, 'close');
    const transcriber = workbench.open(configuration);
    expect(await finalState(transcriber, job.name)).to.have.property('status', 'COMPLETED');
    expect(await workbench.runs()).to.have.lengthOf(2);
    while (await isAlive(pid)) await wait(20);
    expect(await workFolders(workbench)).to.deep.equal([]);
  });

  it('that is done is read by the next process without being done again', async () => {
    const { transcriber, open, whisper, runs } = await transcribe('speak');
    const state = await finalState(transcriber, job.name);
    const next = open(await whisper('crash'));
    await next.start(job, signal);
    expect(await finalState(next, job.name)).to.deep.equal(state);
    expect(await runs()).to.have.lengthOf(1);
  });

  for (const name of ['', '..', '../job', 'a/b', '-x', 'nul\0', 'x'.repeat(101)]) {
    it(`cannot be named ${JSON.stringify(name.slice(0, 10))}`, async () => {
      const transcriber = (await newWorkbench()).open({ kind: 'none' });
      expect(await thrownBy(transcriber.start({ ...job, name }, signal))).to.include({
        name: 'ServiceRejected',
      });
      expect(await thrownBy(transcriber.read(name))).to.include({ name: 'ServiceRejected' });
    });
  }
});
