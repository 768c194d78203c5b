// How is a builder's program run so that the user sees what went wrong?
import { spawn } from 'node:child_process';

/** A program that builds or examines images failed, or there is none; the message is for the user. */
export class ImagesFailed extends Error {
  override readonly name = 'ImagesFailed';
}

export interface Run {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to our own environment. */
  readonly environment?: { readonly [name: string]: string };
  /** Default: ours. */
  readonly cwd?: string;
  /** Shows what the program says on standard error, as it says it; else only when it fails. Default: false. */
  readonly isLoud?: boolean;
}

export interface Said {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  /** Empty when the program was loud. */
  readonly stderr: string;
}

/** Runs a program to its end; an exit code is a result, a program that is not there is ImagesFailed. */
export async function run({ command, args, environment = {}, cwd, isLoud = false }: Run): Promise<Said> {
  const child = spawn(command, args, {
    env: { ...process.env, ...environment },
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ['ignore', 'pipe', isLoud ? 'inherit' : 'pipe'],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', (cause) => {
      reject(new ImagesFailed(`${command} could not be started: ${cause.message}`, { cause }));
    });
  });
  return { exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') };
}

const tail = (text: string): string => text.trimEnd().split('\n').slice(-30).join('\n');

/** What the program wrote to standard output. @throws ImagesFailed with its last 30 lines when it did not end with 0 */
export async function output(program: Run): Promise<string> {
  const { exitCode, stdout, stderr } = await run(program);
  if (exitCode === 0) return stdout.toString('utf8');
  const line = [program.command, ...program.args].join(' ');
  throw new ImagesFailed(`This ended with ${String(exitCode)}: ${line}\n${tail(stderr)}`.trimEnd());
}
