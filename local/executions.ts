// How does this machine run executions of the state machine, and stop one without the others?
import { compile } from '../systems/machine.ts';
import { analysisMachine } from '../systems/interview/names.ts';
import { analyseInterview } from '../systems/interview/pipeline.ts';
import type { Json } from '../systems/asl.ts';
import { createQueueing } from './queueing.ts';
import type { Journal, StartedExecution } from './interpreter/journal.ts';
import {
  runExecution,
  type ExecutionOutcome,
  type HistoryEvent,
  type RunOptions,
  type TaskCall,
} from './interpreter/run-execution.ts';
import { functionArn, runStage, stageBehind, type LocalContext } from './stages.ts';

/** A laptop may be busy with other things, and nobody pays for the seconds: a conversion may take three hours. */
export const timeoutFactor = 12;

/** The deployed state machine, with this machine's functions behind its tasks. */
export const definition = compile(analyseInterview, { functionArn, timeoutFactor });

/** How an execution of this process ended; its history stands in the journal. */
export type Ended = Omit<ExecutionOutcome, 'history'>;

export interface ExecutionsOptions {
  readonly journal: Journal;
  readonly context: () => LocalContext;
  /** Stops every execution: each ends as ABORTED, and that is written down. */
  readonly signal: AbortSignal;
  readonly onProgress?: ((stateName: string, fraction: number, executionName: string) => void) | undefined;
  readonly onEvent?: ((event: HistoryEvent) => void) | undefined;
  /** Lets go of what belongs to an execution, however it ended. */
  readonly release: (name: string) => Promise<void>;
  /** What else belongs to an end; the outcome is known when it is done. */
  readonly onEnd: (ended: Ended, input: unknown) => Promise<void>;
}

export interface Executions {
  /** Runs it, or takes up what the journal knows of that name; a name that runs already is left alone. */
  readonly start: (name: string, input: unknown) => 'STARTED' | 'ALREADY_EXISTS';
  /** Takes up what the journal says is unfinished. What another definition began cannot go on, and is returned. */
  readonly resume: () => readonly StartedExecution[];
  /** Aborts one and resolves when nothing of it is left, no child process either; `false` when it was not running. */
  readonly stop: (name: string) => Promise<boolean>;
  /** The end of the execution of that name; `undefined` when this process has not started it. */
  readonly outcomeOf: (name: string) => Promise<Ended> | undefined;
  /** Resolves when everything that was started has ended. */
  readonly settle: () => Promise<void>;
  /**
   * Ends the work that is under way and writes nothing down, as if the process were killed: another one can take it up.
   * Afterwards this one can only end.
   */
  readonly suspend: () => Promise<void>;
}

interface Running {
  readonly outcome: Promise<Ended>;
  readonly stopping: AbortController;
  hasEnded: boolean;
}

/** What Step Functions records of a StopExecution. */
export const stopped = { error: 'CANCELLED', cause: 'The analysis was stopped.' } as const;

/** Calls the stage behind a task. Once suspended, no answer ever comes back, so that nothing is recorded. */
function createInvoke({ context, onProgress }: ExecutionsOptions) {
  const suspension = new AbortController();
  const inTurn = createQueueing();
  const calls = new Set<Promise<unknown>>();
  const invoke = async (
    name: string,
    { resource, stateName, arguments: payload, signal }: TaskCall,
  ): Promise<Json> => {
    const stage = stageBehind(resource);
    const report = (fraction: number): void => onProgress?.(stateName, fraction, name);
    const either = AbortSignal.any([signal, suspension.signal]);
    report(0);
    const call = inTurn(stage, either, () =>
      runStage(resource, payload, {
        ...context(),
        signal: either,
        onProgress: report,
        timeoutSeconds: stage.timeoutSeconds * timeoutFactor,
      }),
    );
    calls.add(call);
    const over = (): boolean => calls.delete(call);
    call.then(over, over);
    await Promise.allSettled([call]);
    return suspension.signal.aborted ? new Promise<never>(() => undefined) : call;
  };
  const suspend = async (): Promise<void> => {
    suspension.abort(new Error('The process is ending.'));
    await Promise.allSettled(calls);
  };
  return { invoke, suspend };
}

/** Executions of this process, by name. */
export function createExecutions(options: ExecutionsOptions): Executions {
  const { journal, signal, onEvent, release, onEnd } = options;
  const { invoke, suspend } = createInvoke(options);
  const all = new Map<string, Running>();
  const runReleasing = async (name: string, request: RunOptions): Promise<Ended> => {
    try {
      const { history: _history, ...ended } = await runExecution(request);
      return ended;
    } finally {
      await release(name);
    }
  };
  const run = async (name: string, input: unknown, stop: AbortSignal): Promise<Ended> => {
    const request: RunOptions = {
      definition,
      name,
      journal,
      input: input as Json,
      stateMachineName: analysisMachine,
      signal: AbortSignal.any([signal, stop]),
      invoke: (call) => invoke(name, call),
      ...(onEvent ? { onEvent } : {}),
    };
    const ended = await runReleasing(name, request);
    await onEnd(ended, input);
    return ended;
  };
  const start: Executions['start'] = (name, input) => {
    if (all.has(name)) return 'ALREADY_EXISTS';
    const stopping = new AbortController();
    const running: Running = { outcome: run(name, input, stopping.signal), stopping, hasEnded: false };
    all.set(name, running);
    const end = (): void => void (running.hasEnded = true);
    // Whoever waits for the outcome gets its error; nobody else must.
    running.outcome.then(end, end);
    return 'STARTED';
  };
  return {
    start,
    suspend,
    resume: () => {
      const [ours, others] = partition(journal.unfinished());
      for (const { name, input } of ours) start(name, JSON.parse(input));
      return others;
    },
    stop: async (name) => {
      const running = all.get(name);
      if (!running || running.hasEnded) return false;
      running.stopping.abort(stopped);
      await Promise.allSettled([running.outcome]);
      return true;
    },
    outcomeOf: (name) => all.get(name)?.outcome,
    settle: async () => void (await Promise.allSettled([...all.values()].map(({ outcome }) => outcome))),
  };
}

/** Those that this version of Greenroom began, and the others: their states are not the ones that it has handlers for. */
function partition(unfinished: readonly StartedExecution[]) {
  const text = JSON.stringify(definition);
  return [
    unfinished.filter((one) => one.definition === text),
    unfinished.filter((one) => one.definition !== text),
  ] as const;
}
