// How does this machine stand in for AWS? The same stages and state machine over local services.
import { mkdir } from 'node:fs/promises';
import { openVision } from '../media/vision/open-vision.ts';
import type { Log } from '../handlers/support/handler.ts';
import type { BatchOutcome } from '../handlers/support/queue-batch.ts';
import type { Services } from '../services/contracts.ts';
import type { LocalRecordTable } from '../services/local/records.ts';
import {
  createTranscriber,
  type TranscriberConfiguration,
} from '../services/local/transcribers/create-transcriber.ts';
import type { LocalTranscriber } from '../services/local/transcribers/jobs.ts';
import { mediaBucket } from '../systems/interview/names.ts';
import { executionEnded as endSubscription } from '../systems/interview/subscriptions.ts';
import { interview } from '../systems/interview/system.ts';
import { createBus, executionEnded, objectCreated, type Bus } from './bus.ts';
import { openDeadLetters, type DeadLetters } from './dead-letters.ts';
import type { Environment } from './environment.ts';
import { createExecutionRuns } from './execution-runs.ts';
import { createExecutions, timeoutFactor, type Ended, type Executions } from './executions.ts';
import { Journal } from './interpreter/journal.ts';
import type { HistoryEvent } from './interpreter/run-execution.ts';
import { privateFile } from './private-file.ts';
import { openLocalServices, placesIn, type LocalServices } from './services.ts';
import { givenTranscript } from './given-transcripts.ts';
import { functionArn, runStage, stageBehind, type LocalContext } from './stages.ts';

export interface HostOptions {
  /** Everything the host keeps: objects, tables, journal, scratch. */
  readonly folder: string;
  readonly environment: Environment;
  readonly transcriber: TranscriberConfiguration;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** A stage's own progress, from 0 to 1. */
  readonly onProgress?: ((stateName: string, fraction: number, executionName: string) => void) | undefined;
  readonly onEvent?: ((event: HistoryEvent) => void) | undefined;
  /** Told when an execution has ended and its record is closed. */
  readonly onEnd?: ((executionName: string) => void) | undefined;
}

export interface Host extends Pick<Executions, 'outcomeOf' | 'resume' | 'stop' | 'settle' | 'suspend'> {
  readonly services: Services;
  /** Tells the bus that an upload is complete, as S3 does; the first delivery starts the analysis. */
  readonly announceUpload: (key: string) => Promise<void>;
  readonly journal: Journal;
  readonly records: LocalRecordTable;
  readonly bus: Bus;
  readonly deadLetters: DeadLetters;
  readonly close: () => Promise<void>;
}

/** As EventBridge's rule: ends without success, which may have left a record open. */
async function announceEnd(bus: Bus, ended: Ended, input: unknown): Promise<void> {
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

/** The programs and settings that stages of this machine work with. */
export const mediaOf = (environment: Environment): LocalContext['media'] => ({
  tools: {
    ffmpeg: environment.GREENROOM_FFMPEG,
    ffprobe: environment.GREENROOM_FFPROBE,
    threads: environment.GREENROOM_THREADS,
  },
  openVision: environment.GREENROOM_VISION === 'on' ? openVision : null,
});

/** How far the running tasks are, for `runs`, and for whoever else wants to know. */
function watchProgress(onProgress: HostOptions['onProgress']) {
  const fractions = new Map<string, { [state: string]: number }>();
  return {
    of: (name: string) => fractions.get(name) ?? {},
    put: (state: string, fraction: number, name: string): void => {
      fractions.set(name, { ...fractions.get(name), [state]: fraction });
      onProgress?.(state, fraction, name);
    },
    forget: (name: string): void => void fractions.delete(name),
  };
}

interface Opened {
  readonly journal: Journal;
  readonly deadLetters: DeadLetters;
  readonly bus: Bus;
}

/** Executions, and the services and the bus that they work with; each needs the others. */
async function assemble({ journal, bus }: Opened, options: HostOptions) {
  const { folder, environment, log, signal, onEvent, onEnd } = options;
  const places = placesIn(folder);
  const progress = watchProgress(options.onProgress);
  const recogniser: { current: LocalTranscriber | null } = { current: null };
  const executions = createExecutions({
    journal,
    signal,
    context: () => context,
    onEvent,
    onProgress: progress.put,
    release: async (name) => {
      progress.forget(name);
      // A recogniser must not outlive its analysis.
      await recogniser.current?.stop(name);
    },
    onEnd: async (ended, input) => {
      await announceEnd(bus, ended, input);
      onEnd?.(ended.name);
    },
  });
  const local: LocalServices = await openLocalServices(folder, environment, {
    executions: { start: (name, input) => Promise.resolve(executions.start(name, input)) },
    runs: createExecutionRuns({ journal, fractions: progress.of, stop: executions.stop }),
    transcriber: (objects) =>
      (recogniser.current = createTranscriber(options.transcriber, {
        objects,
        folder: places.transcriptions,
        ffmpegCommand: environment.GREENROOM_FFMPEG,
        transcriptOf: (key) => givenTranscript(places.transcripts, key),
      })),
  });
  const context: LocalContext = {
    services: local.services,
    log,
    signal,
    scratchFolder: places.scratch,
    onProgress: () => undefined,
    timeoutSeconds: stageBehind(functionArn('start-analysis')).timeoutSeconds,
    media: mediaOf(environment),
  };
  subscribeStages(bus, context);
  return { executions, local, recogniser };
}

/** Opens the data folder and everything in it. An execution that a crash cut short goes on when it is announced again. */
export async function openHost(options: HostOptions): Promise<Host> {
  const places = placesIn(options.folder);
  await mkdir(places.scratch, { recursive: true, mode: 0o700 });
  const journal = new Journal(privateFile(places.journal));
  const deadLetters = openDeadLetters(privateFile(places.deadLetters));
  const bus = createBus(deadLetters);
  const { executions, local, recogniser } = await assemble({ journal, deadLetters, bus }, options);
  const { services, objects, records } = local;
  return {
    ...executions,
    services,
    journal,
    records,
    bus,
    deadLetters,
    suspend: async () => {
      await Promise.all([executions.suspend(), recogniser.current?.close()]);
    },
    announceUpload: async (key) =>
      bus.publish(objectCreated({ bucket: mediaBucket, ...(await objects.head(key)) })),
    close: async () => {
      try {
        await recogniser.current?.close();
      } finally {
        local.close();
        journal.close();
        deadLetters.close();
      }
    },
  };
}
