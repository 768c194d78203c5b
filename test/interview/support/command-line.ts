// How does a test run Greenroom as a user does, and see what it says?
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { reportSchema, type Report } from '../../../domain/report.ts';

export const projectFolder = resolve(import.meta.dirname, '../../..');
/** The bash entry, with which everything starts. */
export const greenroom = join(projectFolder, 'greenroom');

export interface Said {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  /** Without the lines in which the entry says what it installs. */
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: { readonly [name: string]: string };
  /** Called when the process has started, for tests that disturb it. */
  readonly onStart?: (child: ChildProcess) => void;
}

const isSetUp = (line: string): boolean => /^(?:greenroom: |dist\/vision: )/.test(line);

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Runs a command to its end. Nothing of the caller's GREENROOM_ settings reaches it. */
export async function run(
  command: string,
  args: readonly string[],
  { cwd = projectFolder, env = {}, onStart }: RunOptions = {},
): Promise<Said> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GREENROOM_'));
  const child = spawn(command, args, {
    cwd,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onStart?.(child);
  const ended = once(child, 'close');
  const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended]);
  const said = stderr.split('\n').filter((line) => !isSetUp(line));
  return { code: child.exitCode, stdout, stderr: said.join('\n') };
}

/** Settings for tests in which faces do not matter: half of the time goes. */
export const withoutVision = { GREENROOM_VISION: 'off' } as const;

/** The report in a folder of results, checked. */
export const readReport = async (folder: string): Promise<Report> =>
  reportSchema.parse(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')));

/** A report without what may differ between two runs of one input. */
export const comparable = ({ recordId: _recordId, createdAt: _createdAt, ...rest }: Report) => rest;

/** A folder for one suite; `remove` it after. */
export async function makeFolder(name: string) {
  const path = await mkdtemp(join(tmpdir(), `greenroom-${name}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Command lines of running processes that name the folder; those that work in it do, the encoder first of all. */
export async function processesNaming(folder: string): Promise<{ pid: number; command: string }[]> {
  const { stdout } = await run('ps', ['-A', '-ww', '-o', 'pid=,stat=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, state = '', command = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid !== undefined && command.includes(folder) && !state.startsWith('Z')
      ? [{ pid: Number(pid), command }]
      : [];
  });
}
