// What does a command cost, with all the processes it starts?
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

export interface ProcessCost {
  /** User and system time of the whole process tree. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Highest resident memory of the command's own process, in MiB; `null` where there is no /proc. */
  readonly peakMiB: number | null;
}

/** Bash's `time` counts every process that was waited for, grandchildren included. */
const timed = 'exec 3>/dev/null 4>/dev/null 5>/dev/null; TIMEFORMAT="cpu %U %S %R"; time "$@"';

async function peakOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  const kibibytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) / 1024;
}

/** The process that bash started for the command: its only child. */
async function childOf(pid: number): Promise<number | null> {
  const path = `/proc/${String(pid)}/task/${String(pid)}/children`;
  const children = await readFile(path, 'utf8').catch(() => '');
  return children.trim() === '' ? null : Number(children.trim().split(' ')[0]);
}

/** Runs a command to its end with its outputs discarded (the descriptors 3 to 5 too); throws when it fails. */
export async function costOf(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<ProcessCost> {
  const child = spawn('bash', ['-c', timed, 'bench', command, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  let peakMiB: number | null = null;
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  const running = new AbortController();
  const watched = (async () => {
    while (!running.signal.aborted && child.pid !== undefined) {
      const worker = await childOf(child.pid);
      const now = worker === null ? null : await peakOf(worker);
      if (now !== null) peakMiB = Math.max(peakMiB ?? 0, now);
      await delay(50);
    }
  })();
  const exitCode = await ended;
  running.abort();
  await watched;
  const match = /cpu ([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(stderr);
  if (exitCode !== 0 || !match)
    throw new Error(`${command} ${args.join(' ')} ended with ${String(exitCode)}: ${stderr.slice(-500)}`);
  const [user = 0, system = 0, wallSeconds = 0] = match.slice(1).map(Number);
  return { cpuSeconds: user + system, wallSeconds, peakMiB };
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
