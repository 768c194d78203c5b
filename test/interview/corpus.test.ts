// Does the command say the right thing about every hostile or odd input, cheaply and without touching anything else?
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Bait, CorpusCase, Status } from '../corpus/corpus-case.ts';
import { corpus, layBait, makeCase, removeClips } from '../corpus/make-corpus.ts';
import { injectionProofIn } from '../corpus/places.ts';
import { watchedRun, type WatchedRun } from '../corpus/watched-run.ts';

const root = resolve(import.meta.dirname, '../..');
const node = join(root, 'node_modules/.bin/node');
const cli = join(root, 'cli/main.ts');
const limit = { wallSeconds: 10, rssBytes: 600 * 1024 ** 2 };
const exitOf: Record<Status, number> = { SUCCEEDED: 0, PARTIAL: 0, FAILED: 3 };
const run = promisify(execFile);

interface Outcome {
  readonly run: WatchedRun;
  readonly cwd: string;
  readonly out: string;
  readonly scratch: string;
  /** The system calls of a traced case that open files or sockets. */
  readonly trace: string;
}

interface Said {
  readonly status: Status;
  readonly problems: readonly { readonly code: string; readonly message?: string }[];
}

const isTraced = (one: CorpusCase): boolean => one.traced === true && process.platform === 'linux';

async function analyze(one: CorpusCase, directory: string, bait: Bait): Promise<Outcome> {
  const cwd = join(directory, 'case');
  const out = join(directory, 'out');
  const scratch = join(directory, 'tmp');
  const traceFile = join(directory, 'trace.txt');
  const file = await makeCase(one, cwd, bait);
  await mkdir(scratch, { recursive: true });
  const before = isTraced(one)
    ? [
        'strace',
        '-f',
        '--seccomp-bpf',
        '-qq',
        '-e',
        'trace=execve,open,openat,socket,connect',
        '-o',
        traceFile,
      ]
    : [];
  const argument = one.byBareName === true ? ['--', one.fileName] : [file];
  const [command = node, ...args] = [...before, node, cli, 'analyze', '--out', out, '--json', ...argument];
  const env = { ...process.env, TMPDIR: scratch };
  const watched = await watchedRun(command, args, { cwd, env, limitSeconds: 40 });
  const trace = before.length > 0 ? await readFile(traceFile, 'utf8') : '';
  return { run: watched, cwd, out, scratch, trace };
}

/** What the command said on its standard output, which must be JSON and nothing else. */
function saidBy({ run: { stdout, stderr, exitCode } }: Outcome): Said {
  try {
    return JSON.parse(stdout) as Said;
  } catch {
    throw new Error(
      `exit ${exitCode}, and standard output is no JSON: ${stdout.slice(0, 300)}\n${stderr.slice(-1500)}`,
    );
  }
}

async function filesUnder(directory: string): Promise<string[]> {
  if (!existsSync(directory)) return [];
  return readdir(directory, { recursive: true });
}

/** On a machine with more to do than it has processors, a second of ours takes longer by that share. */
const crowding = (): number => Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

function checkCost({ run: watched }: Outcome): void {
  expect(watched.wallSeconds, 'wall time in seconds').to.be.at.most(limit.wallSeconds * crowding());
  expect(watched.peakRssBytes / 1024 ** 2, 'resident MiB of all processes').to.be.at.most(
    limit.rssBytes / 1024 ** 2,
  );
}

async function checkNothingLeft({ run: watched, cwd, out, scratch }: Outcome): Promise<void> {
  expect(watched.survivors, 'processes left').to.deep.equal([]);
  const unfinished = [...(await filesUnder(out)), ...(await filesUnder(cwd))].filter((name) =>
    name.includes('.part'),
  );
  expect(unfinished, 'unfinished files').to.deep.equal([]);
  expect(await filesUnder(scratch), 'temporary files').to.deep.equal([]);
  expect(existsSync(injectionProofIn(cwd)) || existsSync(injectionProofIn(root)), 'a name was run').to.equal(
    false,
  );
}

function checkStatus(one: CorpusCase, outcome: Outcome): Said {
  const { exitCode, stderr } = outcome.run;
  const said = saidBy(outcome);
  const codes = said.problems.map(({ code }) => code);
  const heard = `${said.status} ${JSON.stringify(said.problems)}\n${stderr.slice(-1500)}`;
  expect([one.expect.status].flat(), heard).to.include(said.status);
  expect(exitCode, `exit code of ${said.status}`).to.equal(exitOf[said.status]);
  expect(codes, heard).not.to.include('BUG');
  if (said.status === 'SUCCEEDED')
    expect(codes, 'a success has no such problem').not.to.include.oneOf(['TRUNCATED', 'NOT_MEDIA']);
  const honest = one.expect.code === undefined ? [] : [one.expect.code].flat();
  if (said.status !== 'SUCCEEDED' && honest.length > 0) expect(honest, heard).to.include.oneOf(codes);
  return said;
}

/** A refusal is one sentence for people: no stack, no command line. */
function checkSentence(stderr: string): void {
  const lines = stderr.trim().split('\n');
  expect(lines, stderr).to.have.length(1);
  expect(lines[0], stderr).to.match(/\S+ \S+/);
  expect(stderr).not.to.match(/^\s+at /m);
}

/** The mean colour of the first frame of a video. */
async function firstColour(video: string): Promise<readonly number[]> {
  const args = [
    '-v',
    'error',
    '-i',
    video,
    '-frames:v',
    '1',
    '-vf',
    'scale=1:1',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-',
  ];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer' });
  return [...stdout];
}

async function checkNothingLeaked({ out, trace }: Outcome, traced: boolean): Promise<void> {
  const page = join(out, 'report.html');
  if (existsSync(page)) expect(await readFile(page, 'utf8')).not.to.include('<script>alert(4711)');
  if (!traced) return;
  expect(trace, 'the trace saw the process').to.include('main.ts');
  expect(
    trace.split('\n').filter((line) => /secret\.(mp4|webm)/.test(line)),
    'private files opened',
  ).to.deep.equal([]);
  expect(
    trace.split('\n').filter((line) => /AF_INET/.test(line)),
    'sockets opened',
  ).to.deep.equal([]);
  const video = join(out, 'playback.mp4');
  if (!existsSync(video)) return;
  const [red = 0, green = 0, blue = 0] = await firstColour(video);
  expect(red > 200 && green < 60 && blue > 200, 'the private picture is in the result').to.equal(false);
}

async function checkCase(one: CorpusCase, outcome: Outcome): Promise<void> {
  checkCost(outcome);
  await checkNothingLeft(outcome);
  await checkNothingLeaked(outcome, isTraced(one));
  if (one.expect.mayBeUsageError === true && outcome.run.exitCode === 2)
    return checkSentence(outcome.run.stderr);
  const { status } = checkStatus(one, outcome);
  const hasVideo = existsSync(join(outcome.out, 'playback.mp4'));
  if (status !== 'FAILED') return;
  checkSentence(outcome.run.stderr);
  expect(hasVideo, 'a video of a recording that was refused').to.equal(false);
}

/** Starts every job once, and the next one with it, so that two processors are busy. */
class Ahead<T> {
  readonly #jobs: readonly (() => Promise<T>)[];
  readonly #started = new Map<number, Promise<T>>();

  constructor(jobs: readonly (() => Promise<T>)[]) {
    this.#jobs = jobs;
  }

  #start(index: number): Promise<T> | undefined {
    const result = this.#started.get(index) ?? this.#jobs[index]?.();
    if (result !== undefined) this.#started.set(index, result);
    result?.catch(() => undefined);
    return result;
  }

  async result(index: number): Promise<T> {
    const wanted = this.#start(index);
    void this.#start(index + 1);
    if (wanted === undefined) throw new Error(`there is no job ${index}`);
    return wanted;
  }

  async end(): Promise<void> {
    await Promise.allSettled(this.#started.values());
  }
}

describe('analyze, on hostile and odd inputs', function () {
  this.timeout(60_000);
  let directory = '';
  let calls = 0;
  let outcomes = new Ahead<Outcome>([]);
  const canary = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });

  before(async () => {
    if (process.platform === 'linux') {
      await run('strace', ['-V']).catch(() => {
        throw new Error('This test needs strace to see sockets: sudo apt-get install strace');
      });
    }
    directory = await mkdtemp(join(tmpdir(), 'greenroom-corpus-'));
    await new Promise<void>((listening) => canary.listen(0, '127.0.0.1', listening));
    const bait = await layBait(join(directory, 'private'), (canary.address() as AddressInfo).port);
    const jobs = corpus.map((one, index) => async () => analyze(one, join(directory, String(index)), bait));
    outcomes = new Ahead(jobs);
  });

  after(async () => {
    await outcomes.end();
    canary.close();
    await removeClips();
    await rm(directory, { recursive: true, force: true });
  });

  for (const [index, one] of corpus.entries()) {
    it(`handles ${one.name}`, async () => {
      const outcome = await outcomes.result(index);
      await checkCase(one, outcome);
      await rm(dirname(outcome.out), { recursive: true, force: true });
    });
  }

  it('opens no connection for any of them', () => {
    expect(calls).to.equal(0);
  });
});
