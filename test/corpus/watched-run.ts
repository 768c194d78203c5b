// What does a command print, cost and leave behind?
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface WatchedRun {
  /** `null` when a signal ended it, as after the time limit. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallSeconds: number;
  /** The largest sum of resident memory over the process and its descendants; 0 where there is no /proc. */
  readonly peakRssBytes: number;
  /** Command lines of descendants that still lived when the process had ended. */
  readonly survivors: readonly string[];
}

export interface WatchOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** After this the whole process group gets SIGKILL. */
  readonly limitSeconds: number;
}

const sampleMs = 50;
const pageBytes = 4096;

interface Known {
  readonly startTicks: string;
  readonly parent: number;
  readonly rssBytes: number;
  readonly state: string;
}

/** A process as /proc/PID/stat tells it; undefined when it is gone. */
function look(pid: number): Known | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state = '', parent = '0'] = fields;
    return {
      state,
      parent: Number(parent),
      startTicks: fields[19] ?? '',
      rssBytes: Number(fields[21]) * pageBytes,
    };
  } catch {
    return undefined;
  }
}

function allProcesses(): Map<number, Known> {
  const found = new Map<number, Known>();
  for (const name of readdirSync('/proc')) {
    const known = /^\d+$/.test(name) ? look(Number(name)) : undefined;
    if (known !== undefined) found.set(Number(name), known);
  }
  return found;
}

/** Follows the descendants of a process: those once seen stay known, even when their parent is gone. */
class FamilyWatch {
  peakRssBytes = 0;
  readonly #root: number;
  readonly #seen = new Map<number, string>();
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(root: number) {
    this.#root = root;
    if (process.platform === 'linux') this.#timer = setInterval(() => this.#sample(), sampleMs);
  }

  #sample(): void {
    const processes = allProcesses();
    const belongs = (pid: number): boolean => {
      const known = processes.get(pid);
      if (known === undefined) return false;
      if (pid === this.#root || this.#seen.get(pid) === known.startTicks) return true;
      return known.parent > 1 && belongs(known.parent);
    };
    let rssBytes = 0;
    for (const [pid, known] of processes) {
      if (!belongs(pid)) continue;
      this.#seen.set(pid, known.startTicks);
      rssBytes += known.rssBytes;
    }
    this.peakRssBytes = Math.max(this.peakRssBytes, rssBytes);
  }

  /** Stops watching and names who still lives. */
  end(): string[] {
    clearInterval(this.#timer);
    return [...this.#seen].flatMap(([pid, startTicks]) => {
      const known = look(pid);
      if (known === undefined || known.startTicks !== startTicks || known.state === 'Z') return [];
      return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`];
    });
  }
}

/** Runs a command to its end in a process group of its own and watches it. */
export async function watchedRun(
  command: string,
  args: readonly string[],
  options: WatchOptions,
): Promise<WatchedRun> {
  const { cwd, env, limitSeconds } = options;
  const started = performance.now();
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  const family = new FamilyWatch(pid ?? 0);
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (printed.stderr += text));
  const kill = (): void => {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  };
  const limit = setTimeout(kill, limitSeconds * 1000);
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('exit', (code) => resolve(code));
  const exitCode = await promise.finally(() => clearTimeout(limit));
  const wallSeconds = (performance.now() - started) / 1000;
  const survivors = family.end();
  if (survivors.length === 0 && !child.stdout.readableEnded)
    await new Promise((closed) => child.once('close', closed));
  return { exitCode, ...printed, wallSeconds, peakRssBytes: family.peakRssBytes, survivors };
}
