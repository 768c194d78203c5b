// How is a program started and, if need be, ended? With the language host for Node that @pulumi/pulumi ships.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { PlanFailed } from '../plan-failed.ts';

export interface HostOptions {
  /** Folder of Pulumi.yaml. */
  readonly folder: string;
  readonly project: string;
  readonly stack: string;
  /** File or folder of the program, from the folder; default the folder. */
  readonly main: string;
  /** `host:port` of the engine. */
  readonly address: string;
  readonly preview: boolean;
  /** Configuration as Pulumi hands it over: full keys, texts, objects as JSON. */
  readonly configuration: { readonly [key: string]: string };
  readonly secretKeys: readonly string[];
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

export interface HostEnd {
  readonly exitCode: number;
  /** What the program printed, both streams. */
  readonly printed: string;
}

/**
 * Nothing of the caller's environment but what starting a process needs: a plan must not depend on whose machine made
 * it, and no key of an account gets near it.
 */
const environmentOf = (options: HostOptions): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  TMPDIR: process.env['TMPDIR'],
  TZ: 'UTC',
  LANG: 'C.UTF-8',
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
  PULUMI_CONFIG: JSON.stringify(options.configuration),
  PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(options.secretKeys),
});

/**
 * No `--engine`: Pulumi's library then prints its log instead of sending it, debugging lines left out. Sending them was
 * a quarter of a plan's CPU time.
 */
function argumentsOf(options: HostOptions): readonly string[] {
  const host = createRequire(import.meta.url).resolve('@pulumi/pulumi/cmd/run/index.js');
  return [
    '--disable-warning=ExperimentalWarning',
    `--import=${import.meta.resolve('./plain-stacks.ts')}`,
    host,
    ...Object.entries({
      monitor: options.address,
      project: options.project,
      stack: options.stack,
      organization: 'organization',
      'root-directory': options.folder,
      pwd: options.folder,
      parallel: '16',
    }).flatMap(([name, value]) => [`--${name}`, value]),
    ...(options.preview ? ['--dry-run'] : []),
    options.main,
  ];
}

/** Most of what a program may print before the rest is dropped. */
const mostCharacters = 100_000;

/**
 * Runs the program to its end.
 * @throws PlanFailed when it takes longer than it may; it is killed then.
 */
export function runLanguageHost(options: HostOptions): Promise<HostEnd> {
  const child = spawn(process.execPath, argumentsOf(options), {
    cwd: options.folder,
    env: environmentOf(options),
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: options.signal,
    killSignal: 'SIGKILL',
  });
  let printed = '';
  const take = (chunk: string): void => {
    if (printed.length < mostCharacters) printed += chunk;
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  return new Promise((resolve, reject) => {
    let ranTooLong = false;
    const limit = setTimeout(() => {
      ranTooLong = true;
      child.kill('SIGKILL');
    }, options.timeoutSeconds * 1000);
    child.once('error', (error) => {
      // An abort is no failure to start; the exit follows.
      if (error.name !== 'AbortError') reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(limit);
      if (ranTooLong)
        reject(
          new PlanFailed(
            `the program did not end within ${String(options.timeoutSeconds)} s and was stopped`,
          ),
        );
      else resolve({ exitCode: code ?? 1, printed });
    });
  });
}
