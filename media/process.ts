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

const found = new Map<string, boolean>();
function isInstalled(command: string): boolean {
  let known = found.get(command);
  if (known === undefined) {
    known = spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
    found.set(command, known);
  }
  return known;
}

/** The command line with the limits in front; `prlimit` and `setpriv` replace themselves by the command. */
function confine(options: ProcessOptions): readonly [string, readonly string[]] {
  let line = [options.command, ...options.args];
  // Without it a killed Greenroom would leave an encoder running for an hour.
  if (isInstalled('setpriv')) line = ['setpriv', '--pdeathsig', 'KILL', ...line];
  if (options.limits && isInstalled('prlimit')) {
    const { cpuSeconds, addressSpaceBytes, fileBytes } = options.limits;
    line = [
      'prlimit',
      `--cpu=${String(cpuSeconds)}`,
      `--as=${String(addressSpaceBytes)}`,
      `--fsize=${String(fileBytes)}`,
      '--core=0',
      ...line,
    ];
  }
  const [command = options.command, ...args] = line;
  return [command, args];
}

/** Ends the whole process group, politely first. */
function endGroup(child: ChildProcess): void {
  const send = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It ended between the look and the signal.
    }
  };
  send('SIGTERM');
  setTimeout(send, graceMs, 'SIGKILL').unref();
}

function keepTail(stream: Readable): () => string {
  let tail = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]);
    if (tail.length > 2 * stderrBytes) tail = tail.subarray(-stderrBytes);
  });
  return () => tail.subarray(-stderrBytes).toString('utf8');
}

function closed(child: ChildProcess, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('close', () => {
      resolve();
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'ENOENT'
          ? new InternalError(`${command} is not installed; ./greenroom doctor says what is missing`)
          : new TemporaryFailure('UPSTREAM', `${command} could not be started`, { cause: error }),
      );
    });
  });
}

/**
 * Runs a command to its end and reads all its pipes. A failing exit code is a result, not an error;
 * an abort ends the process group (SIGTERM, after 5 s SIGKILL), waits for it, and throws the signal's reason.
 */
export async function runProcess(options: ProcessOptions): Promise<ProcessResult> {
  options.signal.throwIfAborted();
  const [command, args] = confine(options);
  const readers: PipeReader[] = [...(options.pipes ?? [])];
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', options.onStdout ? 'pipe' : 'ignore', 'pipe', ...readers.map(() => 'pipe' as const)],
  });
  const end = (): void => {
    endGroup(child);
  };
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, options.timeoutSeconds * 1000);
  options.signal.addEventListener('abort', end, { once: true });
  try {
    const stderr = child.stderr ? keepTail(child.stderr) : () => '';
    const streams = child.stdio.slice(3) as Readable[];
    const reading = readers.map((reader, index) => ({ reader, stream: streams[index] }));
    if (options.onStdout && child.stdout) reading.push({ reader: options.onStdout, stream: child.stdout });
    const consumed = reading.map(async ({ reader, stream }) => {
      if (stream) await reader(stream);
    });
    // A reader that fails must end the child, else the child waits for ever for somebody to read.
    await Promise.all([closed(child, options.command), ...consumed]).catch(async (error: unknown) => {
      end();
      for (const { stream } of reading) stream?.destroy();
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
        await new Promise((resolve) => child.once('close', resolve));
      options.signal.throwIfAborted();
      throw error;
    });
    options.signal.throwIfAborted();
    return { exitCode: child.exitCode, killedBy: child.signalCode, timedOut, stderr: stderr() };
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', end);
  }
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
