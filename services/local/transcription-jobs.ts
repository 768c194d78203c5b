// What is left of a transcription job on this machine, and how does it go?
import { rm, stat } from 'node:fs/promises';
import type { TranscriptionJobs } from '../contracts.ts';
import { storageFailure, systemCode } from '../files.ts';
import { jobFolder } from './transcribers/job-state.ts';

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * The jobs that a transcriber remembers in `folder`. A job that still runs does not come back, but whoever stops its
 * execution stops it sooner. A name that no job can have is a `ServiceRejected`.
 */
export const createTranscriptionJobs = (folder: string): TranscriptionJobs => ({
  remove: async (jobName) => {
    const path = jobFolder(folder, jobName);
    try {
      if (!(await exists(path))) return false;
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      return true;
    } catch (error) {
      throw storageFailure(error, `Removing transcription job ${jobName}`);
    }
  },
});
