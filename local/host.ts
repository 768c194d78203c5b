// How does this machine stand in for AWS? The same stages and state machine over local services.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openVision } from '../media/vision/open-vision.ts';
import type { Log } from '../handlers/support/handler.ts';
import type { BatchOutcome } from '../handlers/support/queue-batch.ts';
import { createOpenAiCompatibleAssessor } from '../services/assessors/openai-compatible.ts';
import type { Services } from '../services/contracts.ts';
import { createObjectStore } from '../services/local/objects.ts';
import { openRecordTable, type LocalRecordTable } from '../services/local/records.ts';
import {
  createTranscriber,
  type TranscriberConfiguration,
} from '../services/local/transcribers/create-transcriber.ts';
import type { Json } from '../systems/asl.ts';
import { mediaBucket, analysisMachine } from '../systems/interview/names.ts';
import { analyseInterview } from '../systems/interview/pipeline.ts';
import { compile } from '../systems/machine.ts';
import { executionEnded as endSubscription } from '../systems/interview/subscriptions.ts';
import { interview } from '../systems/interview/system.ts';
import { createBus, executionEnded, objectCreated, type Bus } from './bus.ts';
import { openDeadLetters, type DeadLetters } from './dead-letters.ts';
import type { Environment } from './environment.ts';
import { Journal } from './interpreter/journal.ts';
import type { LocalTranscriber } from '../services/local/transcribers/jobs.ts';
import { runExecution, type ExecutionOutcome, type HistoryEvent } from './interpreter/run-execution.ts';
import { functionArn, runStage, stageBehind, type LocalContext } from './stages.ts';

export interface HostOptions {
  /** Everything the host keeps: objects, tables, journal, scratch. */
  readonly folder: string;
  readonly environment: Environment;
  readonly transcriber: TranscriberConfiguration;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** A stage's own progress, from 0 to 1. */
  readonly onProgress?: ((stateName: string, fraction: number) => void) | undefined;
  readonly onEvent?: ((event: HistoryEvent) => void) | undefined;
}

export interface Host {
  readonly services: Services;
  /** Tells the bus that an upload is complete, as S3 does; the first delivery starts the analysis. */
  readonly announceUpload: (key: string) => Promise<void>;
  /** The end of the execution of that name; `undefined` when none was started. */
  readonly outcomeOf: (executionName: string) => Promise<ExecutionOutcome> | undefined;
  readonly journal: Journal;
  readonly records: LocalRecordTable;
  readonly bus: Bus;
  readonly deadLetters: DeadLetters;
  /** Resolves when every execution that this process started has ended. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

function assessorOf(environment: Environment): Services['assessor'] {
  const { GREENROOM_MODEL_URL: baseUrl, GREENROOM_MODEL: model, GREENROOM_MODEL_KEY: apiKey } = environment;
  if (!baseUrl || !model) return null;
  return createOpenAiCompatibleAssessor({ baseUrl, model, ...(apiKey ? { apiKey } : {}) });
}

/** A laptop may be busy with other things, and nobody pays for the seconds: a conversion may take three hours. */
const timeoutFactor = 12;

/** The deployed state machine, with this machine's functions behind its tasks. */
export const definition = compile(analyseInterview, { functionArn, timeoutFactor });

interface Parts {
  readonly journal: Journal;
  readonly transcriber: LocalTranscriber;
  readonly bus: Bus;
}

/** As EventBridge's rule: ends without success, which may have left a record open. */
async function announceEnd(bus: Bus, ended: ExecutionOutcome, input: unknown): Promise<void> {
  if (isWatched(ended.status)) await bus.publish(executionEnded(ended, input));
}
const isWatched = (status: string): boolean =>
  'statuses' in endSubscription.from && endSubscription.from.statuses.includes(status);

/**
 * Every queue of the system with the stage that takes its batches. A stage that takes events ends by its own time, not
 * with the host's: what was stopped must still be written down.
 */
function subscribeStages(bus: Bus, context: LocalContext): void {
  for (const { name, detailType, stage, maxReceiveCount } of interview.subscriptions)
    bus.subscribe({
      name,
      detailType,
      maxReceiveCount,
      deliver: async (batch) => {
        const signal = AbortSignal.timeout(stage.timeoutSeconds * timeoutFactor * 1000);
        return (await runStage(functionArn(stage.name), batch, { ...context, signal })) as BatchOutcome;
      },
    });
}

/** Executions of this process, by name. */
function createExecutions(
  { journal, transcriber, bus }: Parts,
  context: () => LocalContext,
  options: HostOptions,
) {
  const outcomes = new Map<string, Promise<ExecutionOutcome>>();
  const start = (name: string, input: unknown): 'STARTED' | 'ALREADY_EXISTS' => {
    if (outcomes.has(name)) return 'ALREADY_EXISTS';
    const outcome = runExecution({
      definition,
      name,
      journal,
      input: input as Json,
      stateMachineName: analysisMachine,
      signal: options.signal,
      ...(options.onEvent ? { onEvent: options.onEvent } : {}),
      invoke: ({ resource, stateName, arguments: payload, signal }) => {
        const { timeoutSeconds } = stageBehind(resource);
        const onProgress = (fraction: number): void => options.onProgress?.(stateName, fraction);
        onProgress(0);
        return runStage(resource, payload, {
          ...context(),
          signal,
          onProgress,
          timeoutSeconds: timeoutSeconds * timeoutFactor,
        });
      },
    }).then(async (ended) => {
      await announceEnd(bus, ended, input);
      return ended;
    });
    outcomes.set(name, outcome);
    // A recogniser must not outlive its analysis. Whoever waits for the outcome gets its error; nobody else must.
    const stop = (): Promise<void> => transcriber.stop(name);
    outcome.then(stop, stop).catch(() => undefined);
    return 'STARTED';
  };
  const settle = async (): Promise<void> => void (await Promise.allSettled(outcomes.values()));
  return { start, settle, outcomeOf: (name: string) => outcomes.get(name) };
}

/** Opens the data folder and everything in it. An execution that a crash cut short goes on when it is announced again. */
export async function openHost(options: HostOptions): Promise<Host> {
  const { folder, environment, log, signal } = options;
  const scratchFolder = join(folder, 'scratch');
  await mkdir(scratchFolder, { recursive: true, mode: 0o700 });
  const objects = createObjectStore(join(folder, 'objects'));
  const records = openRecordTable(join(folder, 'records.sqlite'));
  const journal = new Journal(join(folder, 'journal.sqlite'));
  const transcriber = createTranscriber(options.transcriber, {
    objects,
    folder: join(folder, 'transcriptions'),
    ffmpegCommand: environment.GREENROOM_FFMPEG,
  });
  const deadLetters = openDeadLetters(join(folder, 'dead-letters.sqlite'));
  const bus = createBus(deadLetters);
  const executions = createExecutions({ journal, transcriber, bus }, () => context, options);
  const services: Services = {
    objects,
    records,
    transcriber,
    assessor: assessorOf(environment),
    pictureLabels: null,
    executions: { start: (name, input) => Promise.resolve(executions.start(name, input)) },
  };
  const context: LocalContext = {
    services,
    log,
    signal,
    scratchFolder,
    onProgress: () => undefined,
    timeoutSeconds: stageBehind(functionArn('start-analysis')).timeoutSeconds,
    media: {
      tools: {
        ffmpeg: environment.GREENROOM_FFMPEG,
        ffprobe: environment.GREENROOM_FFPROBE,
        threads: environment.GREENROOM_THREADS,
      },
      openVision: environment.GREENROOM_VISION === 'on' ? openVision : null,
    },
  };
  subscribeStages(bus, context);
  return {
    services,
    outcomeOf: executions.outcomeOf,
    journal,
    records,
    bus,
    deadLetters,
    settle: executions.settle,
    announceUpload: async (key) =>
      bus.publish(objectCreated({ bucket: mediaBucket, ...(await objects.head(key)) })),
    close: async () => {
      try {
        await transcriber.close();
      } finally {
        records.close();
        journal.close();
        deadLetters.close();
      }
    },
  };
}
