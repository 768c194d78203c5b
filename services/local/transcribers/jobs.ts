// How is speech recognition on this machine a job that is started once, survives a restart and can be stopped?
import { setTimeout as delay } from 'node:timers/promises';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GreenroomError, InternalError, ServiceRejected } from '../../../domain/errors.ts';
import type { Transcriber, TranscriptionJob, TranscriptionState } from '../../contracts.ts';
import { storageFailure, systemCode } from '../../files.ts';
import { errorOf, jobFolder, readJobState, writeJobState } from './job-state.ts';
import type { JobFailure, JobOutcome, JobState } from './job-state.ts';
import type { Recognise } from './recogniser.ts';

/** A job that failed for now is tried again by later reads, until it failed this often. */
const maximumFailures = 3;

/** A transcriber of this machine, whose jobs are this process's to stop. */
export type LocalTranscriber = Transcriber & {
  /** Stops the job if it runs; resolves when no child of it is left. A later `start` or `read` starts it again. */
  readonly stop: (jobName: string) => Promise<void>;
  /** Stops what runs; resolves when no child is left. Nothing starts any more. */
  readonly close: () => Promise<void>;
};

interface Run {
  /** The job is written down; a crash from here on does not lose it. */
  readonly accepted: Promise<void>;
  readonly done: Promise<void>;
  readonly stopping: AbortController;
}

interface Jobs {
  readonly root: string;
  readonly recognise: Recognise;
  readonly running: Map<string, Run>;
  isClosed: boolean;
}

function failureOf(error: unknown): JobFailure {
  const { name, code, message } =
    error instanceof GreenroomError ? error : storageFailure(error, 'The speech recognition');
  const known = name === 'TemporaryFailure' || name === 'ServiceRejected' ? name : 'InternalError';
  return { status: 'FAILED', name: known, code, message };
}

const isAlive = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
};

/** Removes what tries of processes that were killed left in the job's folder. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, processId] = /^work-(\d+)-/.exec(name) ?? [];
    if (processId === undefined || isAlive(Number(processId))) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** What came of one try; `null` when it was stopped. */
async function outcomeOf(jobs: Jobs, job: TranscriptionJob, signal: AbortSignal): Promise<JobOutcome | null> {
  let workFolder: string | undefined;
  try {
    const folder = jobFolder(jobs.root, job.name);
    await removeAbandoned(folder);
    workFolder = await mkdtemp(join(folder, `work-${process.pid}-`));
    const recognised = await jobs.recognise({ job, workFolder, signal });
    if ('reason' in recognised) return { status: 'UNAVAILABLE', reason: recognised.reason };
    return recognised.transcript.words.length > 0
      ? { status: 'COMPLETED', transcript: recognised.transcript }
      : { status: 'UNAVAILABLE', reason: 'The speech recogniser found no words in the recording.' };
  } catch (error) {
    return signal.aborted ? null : failureOf(error);
  } finally {
    if (workFolder !== undefined) await rm(workFolder, { recursive: true, force: true });
  }
}

/** Whether a try is due: nothing came of the job yet. */
const isOpen = (state: JobState): boolean => state.outcome === null;

async function settle(jobs: Jobs, state: JobState, signal: AbortSignal): Promise<void> {
  if (!isOpen(state)) return;
  const outcome = await outcomeOf(jobs, state, signal);
  // Whoever removed the job meanwhile wants nothing of it to come back.
  if (outcome === null || (await readJobState(jobs.root, state.name)) === null) return;
  const failed = outcome.status === 'FAILED' && outcome.name === 'TemporaryFailure';
  await writeJobState(jobs.root, { ...state, outcome, failureCount: state.failureCount + (failed ? 1 : 0) });
}

async function accept(jobs: Jobs, job: TranscriptionJob): Promise<JobState> {
  const found = await readJobState(jobs.root, job.name);
  if (found) return found;
  const { name, objectKey, language } = job;
  const state: JobState = { name, objectKey, language, failureCount: 0, outcome: null };
  await writeJobState(jobs.root, state);
  return state;
}

/** Runs the job unless it runs already or is over. */
function launch(jobs: Jobs, job: TranscriptionJob): Run {
  const found = jobs.running.get(job.name);
  if (found) return found;
  const state = accept(jobs, job);
  const stopping = new AbortController();
  const run: Run = {
    stopping,
    accepted: state.then(() => undefined),
    // What goes wrong beyond the job's own failures leaves it open: the next read tries again.
    done: state
      .then((accepted) => settle(jobs, accepted, stopping.signal))
      .catch(() => undefined)
      .finally(() => jobs.running.delete(job.name)),
  };
  jobs.running.set(job.name, run);
  return run;
}

/** How long `start` waits for a job that may be done at once. */
const promptMs = 300;

async function stop(run: Run | undefined): Promise<void> {
  run?.stopping.abort(new ServiceRejected('UPSTREAM', 'The transcription job was stopped.'));
  await run?.done;
}

async function read(jobs: Jobs, name: string): Promise<TranscriptionState> {
  const state = await readJobState(jobs.root, name);
  if (!state) throw new ServiceRejected('UPSTREAM', `There is no transcription job ${name}.`);
  const { outcome } = state;
  if (outcome === null) {
    // Nobody runs it any more when the process that did was killed.
    if (!jobs.isClosed) await launch(jobs, state).accepted;
    return { status: 'IN_PROGRESS' };
  }
  if (outcome.status !== 'FAILED') return outcome;
  if (outcome.name === 'TemporaryFailure' && state.failureCount < maximumFailures) {
    await writeJobState(jobs.root, { ...state, outcome: null });
  }
  throw errorOf(outcome);
}

/**
 * Jobs below `root`, one folder each. `start` returns when the job is written down and done or 0.3 s old; its signal rules no more
 * than that: the job runs on until it is done or stopped. A job that the end of the process interrupted is started
 * again by the next `start` or `read` of its name. `read` throws what a failed job threw; after a `TemporaryFailure`
 * the next read tries again, three tries in all.
 */
export function createJobs(root: string, recognise: Recognise): LocalTranscriber {
  const jobs: Jobs = { root, recognise, running: new Map(), isClosed: false };
  return {
    start: async (job, signal) => {
      signal.throwIfAborted();
      if (jobs.isClosed) throw new InternalError('The transcriber is closed.');
      jobFolder(root, job.name);
      try {
        const { accepted, done } = launch(jobs, job);
        await accepted;
        // A transcript that is at hand needs no second look after a wait.
        await Promise.race([done, delay(promptMs, undefined, { ref: false })]);
      } catch (error) {
        throw storageFailure(error, 'Starting the speech recognition');
      }
    },
    read: (name) => read(jobs, name),
    stop: (name) => stop(jobs.running.get(name)),
    close: async () => {
      jobs.isClosed = true;
      await Promise.all([...jobs.running.values()].map(stop));
    },
  };
}
