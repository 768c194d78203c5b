// How does a recogniser run as a child process that never outlives us?
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { ServiceRejected, TemporaryFailure } from '../../domain/errors.ts';

export interface ChildRequest {
  /** A program on the PATH, or its path. */
  readonly command: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  /** The sentence for a user who does not have the program. */
  readonly whenMissing: string;
  /** Default one hour. */
  readonly timeLimitSeconds?: number;
}

/** How the child ended: `exitCode` is `null` when a signal ended it. */
export interface ChildResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  /** The last 16 KiB. */
  readonly stderrTail: string;
}

/**
 * Runs a program to its end. On abort, or when our own process dies, its whole group gets SIGTERM and after 5 s
 * SIGKILL; the promise settles when nothing of it is left. Throws the signal's reason, `ServiceRejected` for a program
 * that is not there, `TemporaryFailure` for the time limit (TIMEOUT) and for more than 64 MiB on standard output.
 */
export type RunChild = (request: ChildRequest) => Promise<ChildResult>;

const graceMilliseconds = 5000;
const stderrTailLength = 16_384;
const stdoutLimitBytes = 64 * 1024 ** 2;

/** What POSIX shells answer for a program that may not be run or is not there. */
const notFoundCodes = new Set<number | null>([126, 127]);

/**
 * The watcher reads a pipe that only we hold open: it ends when we die, however we die, and the watcher then ends the
 * group. The shell becomes the program, so exit code and process id are the program's own.
 */
const guardScript = `
exec 3<&0 </dev/null
( trap '' TERM; read -r _ <&3; kill -TERM -$$; sleep 5; kill -KILL -$$ ) >/dev/null 2>&1 &
exec "$@" 3<&-`;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

function signalGroup(child: Child, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // The group is gone already.
  }
}

/** Ends the group, gently first; returns what cancels the harder second step. */
function terminate(child: Child): () => void {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMilliseconds);
  return () => clearTimeout(timer);
}

interface Capture {
  readonly stdout: () => string;
  readonly stderrTail: () => string;
}

function capture(child: Child, onTooMuch: () => void): Capture {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  let tail = '';
  child.stdout.on('data', (chunk: Buffer) => {
    sizeBytes += chunk.length;
    if (sizeBytes > stdoutLimitBytes) onTooMuch();
    else chunks.push(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-stderrTailLength);
  });
  return { stdout: () => Buffer.concat(chunks).toString('utf8'), stderrTail: () => tail };
}

export const runChild: RunChild = async (request) => {
  const { command, args, signal, whenMissing, timeLimitSeconds = 3600 } = request;
  signal.throwIfAborted();
  const child: Child = spawn('/bin/sh', ['-c', guardScript, 'sh', command, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let failure: unknown;
  let cancelKill: (() => void) | undefined;
  const stop = (reason: unknown): void => {
    if (failure !== undefined) return;
    failure = reason;
    cancelKill = terminate(child);
  };
  const onAbort = (): void => stop(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(
    () => stop(new TemporaryFailure('TIMEOUT', `${command} took longer than ${timeLimitSeconds} s.`)),
    timeLimitSeconds * 1000,
  );
  const output = capture(child, () =>
    stop(new TemporaryFailure('UPSTREAM', `${command} wrote without end.`)),
  );
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject).on('close', resolve);
    });
    if (failure !== undefined) throw failure;
    if (notFoundCodes.has(exitCode)) {
      throw new ServiceRejected('UPSTREAM', whenMissing);
    }
    return { exitCode, stdout: output.stdout(), stderrTail: output.stderrTail() };
  } finally {
    clearTimeout(timer);
    cancelKill?.();
    signal.removeEventListener('abort', onAbort);
    // The watcher, and anything that let go of its output, goes too.
    signalGroup(child, 'SIGKILL');
    child.stdin.destroy();
  }
};
