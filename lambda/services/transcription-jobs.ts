// How does a function delete what Amazon Transcribe keeps of a job?
import { createTranscriptionJobs } from '../../services/aws/transcription-jobs.ts';
import type { TranscriptionJobs } from '../../services/contracts.ts';
import type { HostEnvironment } from '../environment.ts';

/** Nothing of the environment matters: jobs are the account's, and known by name. */
export const openTranscriptionJobs = (_environment: HostEnvironment): TranscriptionJobs =>
  createTranscriptionJobs();
