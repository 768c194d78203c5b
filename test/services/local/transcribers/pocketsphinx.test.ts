// Does pocketsphinx really recognise speech here?
import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { wordSchema, type Word } from '../../../../domain/transcript.ts';
import { parsePocketsphinx } from '../../../../services/local/transcribers/pocketsphinx.ts';
import { describeTranscriber, finalState } from '../../contracts/transcriber.ts';
import { newWorkbench, record } from './workbench.ts';

const { signal } = new AbortController();
const job = { name: 'job-1', objectKey: 'uploads/u/answer.webm', language: 'en-US' };
const sample = (name: string): string =>
  fileURLToPath(new URL(`../../../../samples/${name}`, import.meta.url));
const truthSchema = z.object({ speech: z.object({ words: z.array(wordSchema) }) });

/** The third phrase of the sample ends here. */
const excerptSeconds = 12.4;

function requirePocketsphinx(): void {
  try {
    execFileSync('sh', [
      '-c',
      'command -v pocketsphinx_continuous && ls /usr/share/pocketsphinx/model/en-us',
    ]);
  } catch (error) {
    throw new Error('install pocketsphinx: apt-get install pocketsphinx pocketsphinx-en-us', {
      cause: error,
    });
  }
}

async function transcribeExcerpt(): Promise<readonly Word[]> {
  const workbench = await newWorkbench();
  const copy = [
    '-f',
    'matroska',
    '-i',
    sample('interview.webm'),
    '-t',
    String(excerptSeconds),
    '-vn',
    '-c',
    'copy',
  ];
  await record(workbench, job.objectKey, copy);
  const transcriber = workbench.open({ kind: 'pocketsphinx' });
  await transcriber.start(job, signal);
  const state = await finalState(transcriber, job.name);
  if (state.status !== 'COMPLETED') throw new Error(JSON.stringify(state));
  expect(state.transcript).to.include({ source: 'pocketsphinx', language: 'en-US', timing: 'word' });
  return state.transcript.words;
}

const bare = (word: Word): string => word.text.toLowerCase().replaceAll(/[^a-z']/g, '');

/** Substitutions, deletions and insertions ÷ words that were said (Levenshtein distance over words). */
function wordErrorRate(said: readonly string[], heard: readonly string[]): number {
  let previous = Array.from({ length: heard.length + 1 }, (_, index) => index);
  for (const [row, word] of said.entries()) {
    const current = [row + 1];
    for (const [column, other] of heard.entries()) {
      const substituted = (previous[column] ?? 0) + (word === other ? 0 : 1);
      current.push(Math.min(substituted, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return (previous.at(-1) ?? 0) / said.length;
}

describe('pocketsphinx', () => {
  before(requirePocketsphinx);

  it('hears the sample’s speech with at most 40 % word errors, most words within 0.15 s of the truth (A16)', async () => {
    const heard = await transcribeExcerpt();
    const truth = truthSchema.parse(JSON.parse(await readFile(sample('interview.truth.json'), 'utf8')));
    const said = truth.speech.words.filter((word) => word.endSeconds <= excerptSeconds);
    expect(said).to.have.length.greaterThan(25);
    expect(wordErrorRate(said.map(bare), heard.map(bare))).to.be.at.most(0.4);
    const onTime = said.filter((word) =>
      heard.some(
        (other) => bare(other) === bare(word) && Math.abs(other.startSeconds - word.startSeconds) < 0.15,
      ),
    );
    expect(onTime.length / said.length).to.be.at.least(0.6);
    expect(heard.every(({ confidence }) => confidence !== undefined && confidence <= 1)).to.equal(true);
  }).timeout(60_000);

  it('finds no words in silence', async () => {
    const workbench = await newWorkbench();
    await record(workbench, job.objectKey, ['-f', 'lavfi', '-i', 'anullsrc', '-t', '2', '-c:a', 'libopus']);
    const transcriber = workbench.open({ kind: 'pocketsphinx' });
    await transcriber.start(job, signal);
    expect(await finalState(transcriber, job.name)).to.have.property('status', 'UNAVAILABLE');
  }).timeout(60_000);
});

describe('pocketsphinx’s output', () => {
  it('gives words without variants, silences, noises and the lines of whole utterances', () => {
    const output =
      'so to me\n<s> 0.10 0.20 1.000100\n[SPEECH] 0.2 0.3 0.9\n++NOISE++ 0.2 0.3 0.9\nso 0.300 0.400 0.500000\n' +
      'to(2) 0.410 0.500 1.000200\n<sil> 0.510 0.600 0.800000\nme 0.610 0.700 0.000000\n</s> 0.71 0.80 1.0\n';
    expect(parsePocketsphinx(output)).to.deep.equal([
      { text: 'so', startSeconds: 0.3, endSeconds: 0.4, confidence: 0.5 },
      { text: 'to', startSeconds: 0.41, endSeconds: 0.5, confidence: 1 },
      { text: 'me', startSeconds: 0.61, endSeconds: 0.7, confidence: 0 },
    ]);
  });
});

describeTranscriber('pocketsphinx', async () => {
  requirePocketsphinx();
  const workbench = await newWorkbench();
  const copy = ['-f', 'matroska', '-i', sample('interview.webm'), '-t', '2.5', '-vn', '-c', 'copy'];
  await record(workbench, job.objectKey, copy);
  return {
    transcriber: workbench.open({ kind: 'pocketsphinx' }),
    job,
  };
});
