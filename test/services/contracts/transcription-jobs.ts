// What must everything do that removes transcription jobs?
import { expect } from 'chai';
import type { TranscriptionJobs } from '../../../services/contracts.ts';

export interface TranscriptionJobsHost {
  readonly jobs: TranscriptionJobs;
  /** Starts a job that is soon over. */
  readonly start: (name: string) => Promise<unknown>;
  readonly isKnown: (name: string) => Promise<boolean>;
}

/** `make` gives a service without jobs. */
export function describeTranscriptionJobs(name: string, make: () => Promise<TranscriptionJobsHost>): void {
  describe(`${name} as who removes transcription jobs`, () => {
    it('removes a job once, and no other one (A85)', async () => {
      const { jobs, start, isKnown } = await make();
      for (const one of ['e1', 'e10', 'e2']) await start(one);
      expect(await jobs.remove('e1')).to.equal(true);
      expect(await isKnown('e1')).to.equal(false);
      expect(await jobs.remove('e1')).to.equal(false);
      expect([await isKnown('e10'), await isKnown('e2')]).to.deep.equal([true, true]);
    });

    it('has nothing to remove where there was never a job', async () => {
      const { jobs } = await make();
      expect(await jobs.remove('unknown')).to.equal(false);
    });
  });
}
