// How is the whole of Greenroom started on this machine: the server, and beside it the process of the analyses?
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Log } from '../../handlers/support/handler.ts';
import { InternalError } from '../../domain/errors.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { TranscriberConfiguration } from '../../services/local/transcribers/create-transcriber.ts';
import { superviseAnalyses, type AnalysisProcess } from '../analysis/analysis-process.ts';
import { forgetOrphans } from '../clock.ts';
import { openDataFolder, type DataFolder } from '../data-folder.ts';
import type { Environment } from '../environment.ts';
import { createExecutionRuns } from '../execution-runs.ts';
import { mediaOf } from '../host.ts';
import { Journal } from '../interpreter/journal.ts';
import { privateFile } from '../private-file.ts';
import { openLocalServices, placesIn } from '../services.ts';
import type { LocalContext } from '../stages.ts';
import { submitFile, type Submission } from '../submit.ts';
import { createApp, uploadPath } from './app.ts';
import { startListening, type Limits } from './http-server.ts';
import { createSite } from './site.ts';

export interface StartOptions {
  readonly folder: string;
  readonly port: number;
  /** The built app. */
  readonly webFolder: string;
  readonly environment: Environment;
  readonly transcriber: TranscriberConfiguration;
  readonly isVerbose: boolean;
  readonly log: Log;
  /** Told in words what the user should know. */
  readonly say: (sentence: string) => void;
  readonly limits?: Partial<Limits & { readonly idleMs: number }>;
}

export interface RunningServer {
  readonly url: string;
  /** The same with the token that signs the page in. */
  readonly signInUrl: string;
  /** Takes in a file of this machine as if it had been recorded in the app, once; gives the id of its record. */
  readonly submit: (submission: Submission) => Promise<RecordId>;
  readonly analyses: Pick<AnalysisProcess, 'ready' | 'pid'>;
  /** Ends everything within 5 s; unfinished analyses go on at the next start. */
  readonly close: () => Promise<void>;
}

const analysisProgram = join(import.meta.dirname, '..', 'analysis', 'main.ts');

const launchAnalyses = ({ folder, transcriber, isVerbose }: StartOptions) =>
  fork(analysisProgram, [JSON.stringify({ folder, transcriber, isVerbose })], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

const onlyAnalyses = (): never => {
  throw new InternalError('only the process of the analyses does that');
};

/** Services of this process: it reads and writes rows and objects, and asks the other one for everything else. */
async function openServices(options: StartOptions, journal: Journal, analyses: AnalysisProcess) {
  return openLocalServices(options.folder, options.environment, {
    executions: { start: onlyAnalyses },
    transcriber: () => ({ start: onlyAnalyses, read: onlyAnalyses }),
    runs: createExecutionRuns({ journal, fractions: analyses.fractions, stop: analyses.stop }),
  });
}

async function serve(options: StartOptions, data: DataFolder, analyses: AnalysisProcess) {
  const { folder, environment, log, webFolder, port, limits } = options;
  const places = placesIn(folder);
  const journal = new Journal(privateFile(places.journal));
  const local = await openServices(options, journal, analyses);
  const { services, links, objects, records } = local;
  const context: LocalContext = {
    services,
    log,
    signal: new AbortController().signal,
    scratchFolder: places.scratch,
    onProgress: () => undefined,
    timeoutSeconds: 25,
    media: mediaOf(environment),
  };
  const app = createApp({
    context,
    onDone: (operationId) => {
      if (!operationId.startsWith('delete')) return;
      forgetOrphans({ journal, services }, folder).catch((error: unknown) =>
        log('remains not removed', { error: String(error) }),
      );
    },
    uploads: {
      links,
      objects,
      records,
      eraser: services.eraser,
      folder,
      announce: analyses.announce,
      ...(limits?.idleMs === undefined ? {} : { idleMs: limits.idleMs }),
    },
    downloads: { links, objects },
    site: createSite(webFolder),
  });
  const listening = await startListening({
    port,
    fetch: app.fetch,
    isLong: (path) => path === uploadPath,
    ...(limits ? { limits } : {}),
  });
  const { url } = listening;
  const signInUrl = `${url}/#token=${local.sessionToken}`;
  await data.announce({ url, signInUrl, pid: process.pid });
  const close = async (): Promise<void> => {
    await listening.close();
    local.close();
    journal.close();
  };
  const submit = (submission: Submission): Promise<RecordId> =>
    submitFile(submission, { services, transcripts: places.transcripts, announce: analyses.announce });
  return { url, signInUrl, submit, close };
}

/**
 * Opens the data folder and serves it. @throws FolderInUse while another server has it, the system's error for a port
 * that cannot be had
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const data = await openDataFolder(options.folder);
  const analyses = superviseAnalyses({ launch: () => launchAnalyses(options), say: options.say });
  try {
    const { close, ...served } = await serve(options, data, analyses);
    return {
      ...served,
      analyses,
      close: async () => {
        await Promise.all([close(), analyses.close()]);
        await data.close();
      },
    };
  } catch (error) {
    await analyses.close();
    await data.close();
    throw error;
  }
}
