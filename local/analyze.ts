// How does a file on this machine become a folder with a report?
import { constants } from 'node:fs';
import { access, mkdir, rmdir, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { codeOf, InternalError, RecordingRejected } from '../domain/errors.ts';
import { problemOf } from '../domain/failure.ts';
import { executionNameOf, uploadKey } from '../domain/ids.ts';
import { limits } from '../domain/recording.ts';
import { newRecord } from '../domain/record.ts';
import { reportSchema, reportVersion, type Problem, type Report } from '../domain/report.ts';
import type { Owner } from '../domain/stage-io.ts';
import type { Log } from '../handlers/support/handler.ts';
import { localUser } from '../services/local/identity.ts';
import type { TranscriberConfiguration } from '../services/local/transcribers/create-transcriber.ts';
import { mediaBucket, uploads } from '../systems/interview/names.ts';
import type { Environment } from './environment.ts';
import { exportReport, type ExportTarget } from './export.ts';
import { definition as pipeline, type Ended } from './executions.ts';
import { openHost, type Host, type HostOptions } from './host.ts';
import { requireResultFolder } from './result-folder.ts';
import { problemOfError } from './unfinished.ts';
import { openWorkFolder, type Request, type WorkFolder } from './work-folder.ts';
import { WrongUsage } from './wrong-usage.ts';

export interface AnalyzeOptions {
  readonly file: string;
  /** Folder for the results; made when missing. */
  readonly out: string;
  readonly question: string | null;
  readonly language: string | null;
  readonly transcriber: TranscriberConfiguration;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly onProgress?: HostOptions['onProgress'];
  readonly onEvent?: HostOptions['onEvent'];
  readonly writePage?: ExportTarget['writePage'];
}

export type AnalyzeOutcome =
  | { readonly status: 'SUCCEEDED' | 'PARTIAL'; readonly report: Report }
  | { readonly status: 'FAILED'; readonly problems: readonly Problem[] };

/** The name decides nothing but the key's ending; what the file is, its bytes say. */
const mp4Name = /\.(?:mp4|m4v|mov)$/i;

async function requireFile(path: string) {
  const found = await stat(path).catch((error: unknown) => {
    throw new WrongUsage(`There is no file ${path}.`, { cause: error });
  });
  if (!found.isFile()) throw new WrongUsage(`${path} is not a file.`);
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw new WrongUsage(`${path} may not be read.`, { cause: error });
  });
  return found;
}

type Prepared = AnalyzeOptions & { readonly work: WorkFolder };

/** Registers the recording as an upload would, or finds what a killed run registered, and lets the bus start it. */
async function submit(
  host: Host,
  options: Prepared,
): Promise<{ owner: Owner; execution: NonNullable<ReturnType<Host['outcomeOf']>> }> {
  const { objects, records } = host.services;
  const { recordId } = options.work;
  const key = uploadKey(localUser, recordId, mp4Name.test(options.file) ? 'mp4' : 'webm');
  const isNew = await records.create(
    newRecord({
      recordId,
      userId: localUser,
      now: new Date(),
      fileName: basename(options.file),
      question: options.question,
      language: options.language,
    }),
  );
  // A record that is past UPLOADING proves that its upload was whole.
  if (isNew || (await records.read(recordId))?.status === 'UPLOADING')
    await objects.upload(key, options.file, 'application/octet-stream', options.signal);
  await host.announceUpload(key);
  const object = await objects.head(key);
  const executionName = executionNameOf({ ...object, bucket: mediaBucket }, 0);
  const execution = host.outcomeOf(executionName);
  if (!execution)
    throw new InternalError(
      `the upload started no analysis: ${host.deadLetters.of(uploads).at(-1)?.error ?? 'no reason given'}`,
    );
  return { owner: { userId: localUser, recordId, executionName }, execution };
}

/** How the record was closed; an execution that could not even do that says itself why. */
async function conclude(
  host: Host,
  owner: Owner,
  { ended, options }: { readonly ended: Ended; readonly options: Prepared },
): Promise<AnalyzeOutcome> {
  const record = await host.services.records.read(owner.recordId);
  if (record?.status === 'FAILED') return { status: 'FAILED', problems: record.problems };
  if (ended.status !== 'SUCCEEDED') {
    const problem = problemOf({ Error: ended.error ?? '', Cause: ended.cause ?? '' });
    if (problem.code !== 'BUG') return { status: 'FAILED', problems: [problem] };
    throw new InternalError(`the execution ended as ${ended.status}: ${ended.cause ?? ''}`);
  }
  if (!record?.reportKey)
    throw new InternalError(`the execution ended, but its record is ${record?.status ?? 'gone'}`);
  const report = reportSchema.parse(await host.services.objects.readJson(record.reportKey));
  await exportReport(report, owner, host.services.objects, { ...options, work: options.work.path });
  return { status: report.status, report };
}

async function run(options: Prepared): Promise<AnalyzeOutcome> {
  const host = await openHost({ ...options, folder: options.work.path });
  try {
    const { owner, execution } = await submit(host, options);
    const ended = await execution;
    options.signal.throwIfAborted();
    return await conclude(host, owner, { ended, options });
  } finally {
    await host.close();
  }
}

/** Everything that decides the result, so that a killed run is resumed only by the same request. */
async function requestOf({ question, language, transcriber, environment }: AnalyzeOptions, file: string) {
  const { size, mtimeMs } = await requireFile(file);
  const transcript = transcriber.kind === 'file' ? await stat(transcriber.path) : null;
  const { GREENROOM_VISION: vision, GREENROOM_MODEL_URL: modelUrl, GREENROOM_MODEL: model } = environment;
  return {
    path: file,
    sizeBytes: size,
    modifiedMs: mtimeMs,
    question,
    language,
    transcriber,
    // After an upgrade the journal's definition is not the one that the new handlers belong to.
    settings: [transcript?.mtimeMs, transcript?.size, vision, modelUrl, model, reportVersion, pipeline],
  };
}

/** Whether the folder is new. */
async function makeOut(out: string): Promise<boolean> {
  try {
    const made = await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
    return made !== undefined;
  } catch (error) {
    if (codeOf(error) === 'DISK_FULL') throw error;
    throw new WrongUsage(`${out} is no folder that can be written to.`, { cause: error });
  }
}

async function analyzeInto(out: string, options: AnalyzeOptions, request: Request): Promise<AnalyzeOutcome> {
  const isNew = await makeOut(out);
  try {
    const { transcriber } = options;
    await requireResultFolder(out, [
      request.path,
      ...(transcriber.kind === 'file' ? [transcriber.path] : []),
    ]);
    const work = await openWorkFolder(out, request);
    try {
      if (request.sizeBytes > limits.maximumBytes)
        throw new RecordingRejected('TOO_LARGE', 'The file is larger than 2 GiB.');
      return await run({ ...options, file: request.path, out, work });
    } finally {
      await work.remove();
    }
  } finally {
    // A folder that was made for nothing goes; one that holds something refuses to.
    if (isNew) await rmdir(out).catch(() => undefined);
  }
}

/**
 * Analyses one file through the state machine that is deployed. A killed run of the same request goes on where it
 * stopped. Results appear in `out` whole; an abort or a failure leaves nothing there that was not there before.
 * @throws WrongUsage for a path that cannot be used or is in use; the signal's reason on abort.
 */
export async function analyze(options: AnalyzeOptions): Promise<AnalyzeOutcome> {
  const request = await requestOf(options, resolve(options.file));
  try {
    return await analyzeInto(resolve(options.out), options, request);
  } catch (error) {
    options.signal.throwIfAborted();
    const problem = problemOfError(error);
    if (!problem) throw error;
    return { status: 'FAILED', problems: [problem] };
  }
}
