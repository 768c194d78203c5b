// How does the server keep a process of analyses at work, and speak with it?
import type { ChildProcess } from 'node:child_process';
import { TemporaryFailure } from '../../domain/errors.ts';
import type { ExecutionRun } from '../../domain/run/execution-run.ts';
import { newsSchema, type News, type Order } from './messages.ts';

export interface AnalysisProcess {
  /** Tells of an upload that is whole; what the process cannot hear now it finds when it starts again. */
  readonly announce: (key: string) => void;
  /**
   * Resolves when nothing of the execution is left; `false` when it was not running. Outlasts a restart.
   * @throws TemporaryFailure (TIMEOUT) when there is no answer within 20 s
   */
  readonly stop: (execution: string) => Promise<boolean>;
  /** How far the tasks of a running execution are, by their own word. */
  readonly fractions: (execution: string) => ExecutionRun['fractions'];
  /** Resolves when the process is there for the first time and has taken up what was unfinished. */
  readonly ready: Promise<void>;
  /** Id of the process that is at work now. */
  readonly pid: () => number | undefined;
  /** Ends it; what is unfinished stays resumable. At most 4 s. */
  readonly close: () => Promise<void>;
}

export interface SupervisionOptions {
  /** Starts the process, with a channel for messages. */
  readonly launch: () => ChildProcess;
  /** Told in words what the user should know: that it died and is started again. */
  readonly say: (sentence: string) => void;
  /** Wait before the first restart; it doubles up to 30 s while the process keeps dying. Default 500 ms. */
  readonly firstWaitMs?: number;
}

const longestWaitMs = 30_000;
/** A process that lived so long has proven that it can. */
const provenMs = 60_000;
const patienceMs = 4000;
/** A little less than whoever asks the API waits. */
const stopMs = 20_000;

const notStopped = (): TemporaryFailure =>
  new TemporaryFailure('TIMEOUT', 'The analysis could not be stopped in time.');

interface Stopping {
  readonly execution: string;
  readonly resolve: (wasRunning: boolean) => void;
}

/** How far the tasks of the running executions are. */
function createFractions() {
  const known = new Map<string, { [state: string]: number }>();
  return {
    of: (execution: string): ExecutionRun['fractions'] => known.get(execution) ?? {},
    put: ({ execution, state, fraction }: Extract<News, { kind: 'progress' }>): void => {
      known.set(execution, { ...known.get(execution), [state]: fraction });
    },
    forget: (execution: string): void => void known.delete(execution),
    clear: (): void => known.clear(),
  };
}

/** Starts the process and starts it again whenever it dies, until it is closed. */
export function superviseAnalyses(options: SupervisionOptions): AnalysisProcess {
  const { launch, say, firstWaitMs = 500 } = options;
  const fractions = createFractions();
  const stopping = new Map<number, Stopping>();
  /** Uploads that arrived while it was starting, perhaps after its look for them. */
  const unheard = new Set<string>();
  const ready = Promise.withResolvers<void>();
  let child: ChildProcess | null = null;
  let isReady = false;
  let isClosing = false;
  let isOccupied = false;
  let lastId = 0;
  let waitMs = firstWaitMs;
  let restart: NodeJS.Timeout | undefined;

  const send = (order: Order): void => {
    // What does not arrive is not lost: a starting process looks for uploads, and stops are sent again.
    if (isReady && child?.connected) child.send(order, () => undefined);
  };
  const hear = (message: unknown): void => {
    const news = newsSchema.parse(message);
    if (news.kind === 'progress') fractions.put(news);
    else if (news.kind === 'ended') fractions.forget(news.execution);
    else if (news.kind === 'occupied') isOccupied = true;
    else if (news.kind === 'stopped') stopping.get(news.id)?.resolve(news.wasRunning);
    else {
      isReady = true;
      ready.resolve();
      for (const [id, { execution }] of stopping) send({ kind: 'stop', id, execution });
      for (const key of unheard) send({ kind: 'announce', key });
      unheard.clear();
    }
  };
  const gone = (startedAtMs: number): void => {
    child = null;
    isReady = false;
    fractions.clear();
    if (isClosing) return;
    if (performance.now() - startedAtMs > provenMs) waitMs = firstWaitMs;
    const what = isOccupied
      ? 'Another command works in this data folder'
      : 'The process of the analyses ended unexpectedly';
    say(`${what}; analyses go on in ${String(waitMs / 1000)} s.`);
    isOccupied = false;
    restart = setTimeout(begin, waitMs);
    waitMs = Math.min(longestWaitMs, waitMs * 2);
  };
  const begin = (): void => {
    const startedAtMs = performance.now();
    // It may say that it could not be started and that it ended, but it is started again once.
    const once = Promise.withResolvers<void>();
    void once.promise.then(() => gone(startedAtMs));
    isReady = false;
    try {
      child = launch();
      child.on('message', hear).once('exit', once.resolve).once('error', once.resolve);
    } catch {
      once.resolve();
    }
  };
  begin();
  return {
    ready: ready.promise,
    pid: () => child?.pid,
    fractions: fractions.of,
    announce: (key) => {
      if (isReady) send({ kind: 'announce', key });
      else unheard.add(key);
    },
    stop: async (execution) => {
      const id = (lastId += 1);
      const answer = Promise.withResolvers<boolean>();
      stopping.set(id, { execution, resolve: answer.resolve });
      const late = setTimeout(() => answer.reject(notStopped()), stopMs);
      send({ kind: 'stop', id, execution });
      try {
        return await answer.promise;
      } finally {
        clearTimeout(late);
        stopping.delete(id);
      }
    },
    close: async () => {
      isClosing = true;
      clearTimeout(restart);
      const last = child;
      if (last) await endOf(last, isReady);
    },
  };
}

/** Asks the process to end and waits; one that does not listen is killed. */
async function endOf(child: ChildProcess, canHear: boolean): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const kill = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  if (canHear && child.connected) child.send({ kind: 'end' } satisfies Order, () => undefined);
  else child.kill('SIGKILL');
  await ended;
  clearTimeout(kill);
}
