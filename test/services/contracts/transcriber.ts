// What must every transcriber do?
import { expect } from 'chai';
import { setTimeout as wait } from 'node:timers/promises';
import { transcriptSchema } from '../../../domain/transcript.ts';
import type { Transcriber, TranscriptionJob, TranscriptionState } from '../../../services/contracts.ts';
import { thrownBy } from './object-store.ts';

/** The state of a job when it no longer runs; what `read` throws is thrown. */
export async function finalState(transcriber: Transcriber, name: string): Promise<TranscriptionState> {
  for (;;) {
    const state = await transcriber.read(name);
    if (state.status !== 'IN_PROGRESS') return state;
    await wait(20);
  }
}

/** A transcriber, a job that it can do, and how often it did it if that can be counted. */
export interface TranscriberUnderTest {
  readonly transcriber: Transcriber;
  readonly job: TranscriptionJob;
  readonly timesRun?: () => Promise<number>;
}

/** `make` gives a transcriber that knows no job yet. */
export function describeTranscriber(name: string, make: () => Promise<TranscriberUnderTest>): void {
  describe(`${name} as a transcriber`, () => {
    const { signal } = new AbortController();

    it('gives words in order, with times, a language and a source', async () => {
      const { transcriber, job } = await make();
      await transcriber.start(job, signal);
      const state = await finalState(transcriber, job.name);
      if (state.status !== 'COMPLETED') throw new Error(`it is ${JSON.stringify(state)}`);
      expect(transcriptSchema.parse(state.transcript)).to.deep.equal(state.transcript);
      expect(state.transcript.words).to.have.length.greaterThan(0);
      let previousStart = 0;
      for (const word of state.transcript.words) {
        expect(word.startSeconds).to.be.at.least(previousStart);
        expect(word.endSeconds).to.be.at.least(word.startSeconds);
        previousStart = word.startSeconds;
      }
    }).timeout(60_000);

    it('does a job once, however often and from however many sides it is started', async () => {
      const { transcriber, job, timesRun } = await make();
      await Promise.all(Array.from({ length: 20 }, () => transcriber.start(job, signal)));
      const state = await finalState(transcriber, job.name);
      await transcriber.start(job, signal);
      expect(await finalState(transcriber, job.name)).to.deep.equal(state);
      if (timesRun) expect(await timesRun()).to.equal(1);
    }).timeout(60_000);

    it('rejects a job that was never started', async () => {
      const { transcriber } = await make();
      expect(await thrownBy(transcriber.read('never-started'))).to.include({ name: 'ServiceRejected' });
    });

    it('starts nothing when the signal is aborted already', async () => {
      const { transcriber, job } = await make();
      const error = await thrownBy(transcriber.start(job, AbortSignal.abort(new Error('stopped'))));
      expect(error).to.have.property('message', 'stopped');
      expect(await thrownBy(transcriber.read(job.name))).to.include({ name: 'ServiceRejected' });
    });
  });
}
