// How does a file on this machine become a folder with a report?
import { constants } from 'node:fs';
import { access, mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { InternalError, RecordingRejected } from '../domain/errors.ts';
import { executionNameOf, uploadKey, userIdSchema } from '../domain/ids.ts';
import { limits } from '../domain/recording.ts';
import { recordVersion } from '../domain/record.ts';
import { reportSchema, type Problem, type Report } from '../domain/report.ts';
import type { Owner } from '../domain/stage-io.ts';
import type { Log } from '../handlers/support/handler.ts';
import type { TranscriberConfiguration } from '../services/local/transcribers/create-transcriber.ts';
import { mediaBucket } from '../systems/interview/stores.ts';
import type { Environment } from './environment.ts';
import { exportReport } from './export.ts';
import { openHost, type Host, type HostOptions } from './host.ts';
import { openWorkFolder, type WorkFolder } from './work-folder.ts';
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
}

export type AnalyzeOutcome =
  | { readonly status: 'SUCCEEDED' | 'PARTIAL'; readonly report: Report }
  | { readonly status: 'FAILED'; readonly problems: readonly Problem[] };

/** The one user of a machine without sign-in. */
const localUser = userIdSchema.parse('local');

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
  const now = new Date().toISOString();
  const isNew = await records.create({
    version: recordVersion,
    recordId,
    userId: localUser,
    status: 'UPLOADING',
    createdAt: now,
    updatedAt: now,
    fileName: basename(options.file),
    question: options.question,
    language: options.language,
    sha256: null,
    executionName: null,
    problems: [],
    reportKey: null,
  });
  // A record that is past UPLOADING proves that its upload was whole.
  if (isNew || (await records.read(recordId))?.status === 'UPLOADING')
    await objects.upload(key, options.file, 'application/octet-stream', options.signal);
  await host.announceUpload(key);
  const object = await objects.head(key);
  const executionName = executionNameOf({ ...object, bucket: mediaBucket });
  const execution = host.outcomeOf(executionName);
  if (!execution)
    throw new InternalError(
      `the upload started no analysis: ${host.deadLetters()[0]?.error ?? 'no reason given'}`,
    );
  return { owner: { userId: localUser, recordId, executionName }, execution };
}

async function conclude(host: Host, owner: Owner, options: Prepared): Promise<AnalyzeOutcome> {
  const record = await host.services.records.read(owner.recordId);
  if (record?.status === 'FAILED') return { status: 'FAILED', problems: record.problems };
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
    const { status, cause } = await execution;
    options.signal.throwIfAborted();
    const outcome = await conclude(host, owner, options);
    if (status !== 'SUCCEEDED' && outcome.status !== 'FAILED')
      throw new InternalError(`the execution ended as ${status}: ${cause ?? ''}`);
    return outcome;
  } finally {
    await host.close();
  }
}

/**
 * Analyses one file through the state machine that is deployed. A killed run of the same request goes on where it
 * stopped. Results appear in `out` whole; an abort or a failure leaves nothing there that was not there before.
 * @throws WrongUsage for a path that is no readable file; the signal's reason on abort.
 */
export async function analyze(options: AnalyzeOptions): Promise<AnalyzeOutcome> {
  const file = resolve(options.file);
  const out = resolve(options.out);
  const { size, mtimeMs } = await requireFile(file);
  await mkdir(out, { recursive: true });
  const { question, language, transcriber } = options;
  const request = { path: file, sizeBytes: size, modifiedMs: mtimeMs, question, language, transcriber };
  const work = await openWorkFolder(out, request);
  try {
    if (size > limits.maximumBytes)
      throw new RecordingRejected('TOO_LARGE', 'The file is larger than 2 GiB.');
    return await run({ ...options, file, out, work });
  } catch (error) {
    if (!(error instanceof RecordingRejected)) throw error;
    return { status: 'FAILED', problems: [{ code: error.code, message: error.message }] };
  } finally {
    await rm(work.path, { recursive: true, force: true });
    if ((await readdir(out)).length === 0) await rmdir(out);
  }
}
