// How is a child process run so that it always ends, never outgrows its limits and leaves nothing behind?
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { InternalError, TemporaryFailure } from '../domain/errors.ts';

/** What the kernel enforces where `prlimit` exists (Linux); elsewhere only the wall clock binds. */
export interface ProcessLimits {
  readonly cpuSeconds: number;
  readonly addressSpaceBytes: number;
  readonly fileBytes: number;
}

export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  /** Wall clock; the process is ended and `timedOut` is true. */
  readonly timeoutSeconds: number;
  readonly limits?: ProcessLimits;
  /** Reads standard output; without it the output is discarded. */
  readonly onStdout?: PipeReader;
  /** Hears of the command and its arguments when the process is started. */
  readonly onStart?: ((argv: readonly string[]) => void) | undefined;
  /** Readers of the file descriptors 3, 4, … of the child. */
  readonly pipes?: readonly PipeReader[];
}

/** Consumes one pipe of the child to its end; slow reading slows the child down. */
export type PipeReader = (stream: Readable) => Promise<void>;

export interface ProcessResult {
  readonly exitCode: number | null;
  readonly killedBy: NodeJS.Signals | null;
  readonly timedOut: boolean;
  /** The last 64 KiB of standard error. */
  readonly stderr: string;
}

const stderrBytes = 64 * 1024;
const graceMs = 5000;

const checked = new Map<string, boolean>();
/** Whether a wrapper is there and knows our options: BusyBox has a `setpriv` of its own that does not. */
function works(wrapper: readonly [string, ...string[]]): boolean {
  const [command, ...args] = wrapper;
  let known = checked.get(command);
  if (known === undefined) {
    known = spawnSync(command, [...args, 'true'], { stdio: 'ignore' }).status === 0;
    checked.set(command, known);
  }
  return known;
}

/** The command line with the limits in front; `prlimit` and `setpriv` replace themselves by the command. */
function confine(options: ProcessOptions): readonly [string, readonly string[]] {
  let line = [options.command, ...options.args];
  // Without it a killed Greenroom would leave an encoder running for an hour.
  if (works(['setpriv', '--pdeathsig', 'KILL'])) line = ['setpriv', '--pdeathsig', 'KILL', ...line];
  if (options.limits && works(['prlimit', '--core=0'])) {
    const { cpuSeconds, addressSpaceBytes, fileBytes } = options.limits;
    line = [
      'prlimit',
      // At the soft limit FFmpeg still ends in order; at the hard one the kernel ends it.
      `--cpu=${String(cpuSeconds)}:${String(cpuSeconds + 5)}`,
      `--as=${String(addressSpaceBytes)}`,
      `--fsize=${String(fileBytes)}`,
      '--core=0',
      ...line,
    ];
  }
  const [command = options.command, ...args] = line;
  return [command, args];
}

interface Ending {
  /** Asks the group to end; what is left of it after 5 s is killed. */
  readonly begin: () => void;
  /** Once the child is gone: kills what it left behind, if it was told to end. */
  readonly finish: () => void;
}

/** Ends the whole process group, politely first: a child may have started others that outlive it. */
function endingOf(child: ChildProcess): Ending {
  let kill: NodeJS.Timeout | undefined;
  const send = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group ended between the look and the signal.
    }
  };
  return {
    begin: () => {
      if (kill) return;
      send('SIGTERM');
      kill = setTimeout(send, graceMs, 'SIGKILL');
    },
    finish: () => {
      if (!kill) return;
      clearTimeout(kill);
      send('SIGKILL');
    },
  };
}

function keepTail(stream: Readable): () => string {
  let tail = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]);
    if (tail.length > 2 * stderrBytes) tail = tail.subarray(-stderrBytes);
  });
  return () => tail.subarray(-stderrBytes).toString('utf8');
}

const notInstalled = (command: string): InternalError =>
  new InternalError(`${command} is not installed; ./greenroom doctor says what is missing`);

function closed(child: ChildProcess, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('close', () => {
      resolve();
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'ENOENT'
          ? notInstalled(command)
          : new TemporaryFailure('UPSTREAM', `${command} could not be started`, { cause: error }),
      );
    });
  });
}

/** `setpriv` and `prlimit` are found even when the command behind them is not: 127 is their word for it. */
const wrapperFoundNothing = (exitCode: number | null, stderr: string): boolean =>
  exitCode === 127 && /^(?:setpriv|prlimit): (?!error while loading)/.test(stderr);

/** Hands each pipe to its reader; a reader that fails ends the child, which else waits for ever to be read. */
async function readToTheEnd(child: ChildProcess, options: ProcessOptions, ending: Ending): Promise<void> {
  const whenClosed = closed(child, options.command);
  const streams = child.stdio.slice(3) as Readable[];
  const reading = (options.pipes ?? []).map((reader, index) => ({ reader, stream: streams[index] }));
  if (options.onStdout && child.stdout) reading.push({ reader: options.onStdout, stream: child.stdout });
  const consumed = reading.map(async ({ reader, stream }) => {
    if (stream) await reader(stream);
  });
  try {
    await Promise.all([whenClosed, ...consumed]);
  } catch (error) {
    ending.begin();
    for (const { stream } of reading) stream?.destroy();
    if (child.pid !== undefined) await whenClosed;
    throw error;
  } finally {
    ending.finish();
  }
}

/**
 * Runs a command to its end and reads all its pipes. A failing exit code is a result, not an error;
 * an abort ends the process group (SIGTERM, after 5 s SIGKILL), waits for it, and throws the signal's reason.
 * @throws InternalError when the command is not installed; TemporaryFailure when it cannot be started;
 * what a reader throws, once the group has ended
 */
export async function runProcess(options: ProcessOptions): Promise<ProcessResult> {
  const { signal, pipes = [] } = options;
  signal.throwIfAborted();
  const [command, args] = confine(options);
  options.onStart?.([options.command, ...options.args]);
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', options.onStdout ? 'pipe' : 'ignore', 'pipe', ...pipes.map(() => 'pipe' as const)],
  });
  const ending = endingOf(child);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    ending.begin();
  }, options.timeoutSeconds * 1000);
  signal.addEventListener('abort', ending.begin, { once: true });
  const stderr = child.stderr ? keepTail(child.stderr) : () => '';
  try {
    await readToTheEnd(child, options, ending);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', ending.begin);
  }
  signal.throwIfAborted();
  if (wrapperFoundNothing(child.exitCode, stderr())) throw notInstalled(options.command);
  return { exitCode: child.exitCode, killedBy: child.signalCode, timedOut, stderr: stderr() };
}

/** Collects a pipe as text; for outputs known to be small. */
export function collectText(): { readonly reader: PipeReader; readonly text: () => string } {
  const chunks: Buffer[] = [];
  return {
    reader: async (stream) => {
      for await (const chunk of stream) chunks.push(chunk as Buffer);
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

/** Calls `onLine` for each line of a pipe; a line longer than 64 KiB is cut. */
export function readLines(onLine: (line: string) => void): PipeReader {
  return async (stream) => {
    let rest = '';
    stream.setEncoding('utf8');
    for await (const chunk of stream) {
      const lines = (rest + String(chunk)).split('\n');
      rest = (lines.pop() ?? '').slice(-65_536);
      for (const line of lines) onLine(line);
    }
    if (rest !== '') onLine(rest);
  };
}
