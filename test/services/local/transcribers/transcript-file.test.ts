// Are the user's own transcripts and the lack of a recogniser answered clearly?
import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TranscriberConfiguration } from '../../../../services/local/transcribers/create-transcriber.ts';
import { thrownBy } from '../../contracts/object-store.ts';
import { describeTranscriber, finalState } from '../../contracts/transcriber.ts';
import { newWorkbench } from './workbench.ts';

const { signal } = new AbortController();
const job = { name: 'job-1', objectKey: 'uploads/u/answer.webm', language: 'en-GB' };
const vtt = 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello there\n';
const srt = '1\n00:00:01,000 --> 00:00:02,000\nHello there\n';
const json = '{"words":[{"text":"Hello","startSeconds":1,"endSeconds":2}]}';

async function transcribe(text: string | null, language: string | null = null) {
  const { folder, open } = await newWorkbench();
  const path = join(folder, 'captions.txt');
  if (text !== null) await writeFile(path, text);
  const transcriber = open({ kind: 'file', path, language });
  await transcriber.start(job, signal);
  return finalState(transcriber, job.name);
}

describeTranscriber('a transcript file', async () => {
  const { folder, open } = await newWorkbench();
  const path = join(folder, 'captions.vtt');
  await writeFile(path, vtt);
  return { transcriber: open({ kind: 'file', path, language: null }), job };
});

describe('a transcript file', () => {
  for (const [source, text] of Object.entries({ 'file:vtt': vtt, 'file:srt': srt, 'file:json': json })) {
    it(`is recognised as ${source} by its content`, async () => {
      const state = await transcribe(text);
      expect(state).to.have.nested.property('transcript.source', source);
      expect(state).to.have.nested.property('transcript.words[0].startSeconds', 1);
    });
  }

  it('is in the language that its configuration says, else in the job’s', async () => {
    expect(await transcribe(vtt, 'pt-BR')).to.have.nested.property('transcript.language', 'pt-BR');
    expect(await transcribe(vtt)).to.have.nested.property('transcript.language', 'en-GB');
  });

  it('that is no transcript, or not there, is rejected with its fault', async () => {
    const broken = await thrownBy(transcribe('WEBVTT\n\n00:01.000 --> nonsense\nx\n'));
    expect(broken).to.have.property('name', 'ServiceRejected');
    expect(broken).to.have.property('message').that.includes('line 3');
    const missing = await thrownBy(transcribe(null));
    expect(missing).to.have.property('message').that.includes('captions.txt cannot be read');
  });
});

describe('a machine without a recogniser', () => {
  for (const [kind, reason] of [
    ['none', 'configure whisper-cli'],
    ['pocketsphinx', 'pocketsphinx knows English only, and the recording’s language is pt-BR.'],
  ] as const) {
    it(`(${kind}) says UNAVAILABLE, and why`, async () => {
      const configuration: TranscriberConfiguration = { kind };
      const transcriber = (await newWorkbench()).open(configuration);
      await transcriber.start({ ...job, language: 'pt-BR' }, signal);
      const state = await finalState(transcriber, job.name);
      expect(state).to.have.property('status', 'UNAVAILABLE');
      expect(state).to.have.property('reason').that.includes(reason);
    });
  }
});
