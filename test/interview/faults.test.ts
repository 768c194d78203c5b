// What is left, and what happens next, when a process of an analysis is killed or stopped in the middle?
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { z } from 'zod';
import {
  comparable,
  greenroom,
  makeFolder,
  processesNaming,
  readReport,
  run,
  withoutVision,
  type RunOptions,
  type Said,
} from './support/command-line.ts';
import { longClip, shortClip } from './support/recordings.ts';

const runner = import.meta.resolve('./support/killable-analysis.ts');
const words = 'WEBVTT\n\n00:00.200 --> 00:01.800\nUm, I measured it and I think that it was slow.\n';

const factSchema = z.object({
  start: z.string().optional(),
  event: z
    .object({
      id: z.int(),
      previousEventId: z.int(),
      type: z.string(),
      stateEnteredEventDetails: z.object({ name: z.string() }).optional(),
    })
    .optional(),
});

interface Trace {
  readonly said: Said;
  /** Names of the states whose stage was called, in order. */
  readonly starts: readonly string[];
  readonly eventCount: number;
  /** Names of the states whose stage is known to have succeeded. */
  readonly succeeded: readonly string[];
}

function read(said: Said): Trace {
  const facts = said.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => factSchema.parse(JSON.parse(line)));
  const events = new Map(facts.flatMap(({ event }) => (event ? [[event.id, event]] : [])));
  const stateOf = (id: number): string => {
    const event = events.get(id);
    return event?.stateEnteredEventDetails?.name ?? (event ? stateOf(event.previousEventId) : '');
  };
  return {
    said,
    starts: facts.flatMap(({ start }) => start ?? []),
    eventCount: events.size,
    succeeded: [...events.values()]
      .filter(({ type }) => type === 'LambdaFunctionSucceeded')
      .map(({ id }) => stateOf(id)),
  };
}

interface Request {
  readonly file: string;
  readonly out: string;
  readonly transcript: string;
  readonly killAfter: number | null;
  /** Where Node keeps what it compiled: a hundred processes start here. */
  readonly compiled: string;
}

const analyzeOnce = async (request: Request): Promise<Trace> =>
  read(
    await run(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', new URL(runner).pathname, JSON.stringify(request)],
      { env: { ...withoutVision, NODE_COMPILE_CACHE: request.compiled } },
    ),
  );

/** Runs jobs in order, some at a time: they spend most of their time waiting. */
async function atATime<T>(count: number, jobs: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const queue = jobs.entries();
  const work = async (): Promise<void> => {
    for (const [index, job] of queue) results[index] = await job();
  };
  await Promise.all(Array.from({ length: count }, work));
  return results;
}

/** The stage that a job waits in may be asked more than once; all others are called once. */
const repeatable = 'ReadTranscription';

describe('an analysis that is killed and started again', function () {
  this.timeout(150_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let request: Request;
  let whole: Trace;
  before(async () => {
    folder = await makeFolder('killed');
    const transcript = join(folder.path, 'words.vtt');
    await writeFile(transcript, words);
    request = {
      file: await shortClip(folder.path),
      out: join(folder.path, 'whole'),
      transcript,
      killAfter: null,
      compiled: join(folder.path, 'compiled'),
    };
    whole = await analyzeOnce(request);
    expect(whole.said.code, whole.said.stderr).to.equal(0);
  });
  after(() => folder.remove());

  it('ends in an equal report after SIGKILL at every event, and repeats nothing that had succeeded (A63)', async () => {
    const expected = comparable(await readReport(request.out));
    const killAndResume = async (killAfter: number): Promise<void> => {
      const own = { ...request, out: join(folder.path, `killed-${String(killAfter)}`) };
      const killed = await analyzeOnce({ ...own, killAfter });
      const place = `killed after event ${String(killAfter)}`;
      expect(killed.eventCount, place).to.equal(killAfter);
      expect(killed.said.code, place).to.equal(null);
      expect(existsSync(join(own.out, 'report.json')), place).to.equal(false);
      const resumed = await analyzeOnce(own);
      expect(resumed.said.code, `${place}: ${resumed.said.stderr}`).to.equal(0);
      expect(comparable(await readReport(own.out)), place).to.deep.equal(expected);
      expect(await readdir(own.out), place).to.have.members(await readdir(request.out));
      const once = resumed.starts.filter((name) => name !== repeatable);
      expect(once, place).to.deep.equal([...new Set(once)]);
      expect(
        once.filter((name) => killed.succeeded.includes(name)),
        `${place}: repeated`,
      ).to.deep.equal([]);
      expect(new Set([...killed.starts, ...resumed.starts]), place).to.deep.equal(new Set(whole.starts));
    };
    const boundaries = Array.from({ length: whole.eventCount }, (_, index) => index + 1);
    expect(boundaries.length).to.be.greaterThan(35);
    await atATime(
      4,
      boundaries.map((killAfter) => () => killAndResume(killAfter)),
    );
    expect(await processesNaming(folder.path)).to.deep.equal([]);
  });

  it('starts afresh when the second run asks for something else', async () => {
    const own = { ...request, out: join(folder.path, 'changed') };
    await analyzeOnce({ ...own, killAfter: 30 });
    const transcript = join(folder.path, 'others.vtt');
    await writeFile(transcript, words.replace('slow', 'quick'));
    const second = await analyzeOnce({ ...own, transcript });
    expect(second.starts).to.include.members(['ProbeRecording', 'ConvertVideo']);
    const { transcript: heard } = await readReport(own.out);
    expect(heard?.words.at(-1)?.text).to.equal('quick.');
  });
});

/** Every file of a folder by its content. */
async function contentsOf(path: string): Promise<{ readonly [name: string]: string }> {
  const entries = (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const hashes = entries.map(async ({ parentPath, name }) => {
    const bytes = await readFile(join(parentPath, name));
    return [join(parentPath, name), createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

/** The process id of the encoder that works in the folder, as soon as there is one. */
async function encoderIn(out: string): Promise<number> {
  for (let tries = 0; tries < 300; tries += 1) {
    const encoder = (await processesNaming(out)).find(({ command }) => /^\S*ffmpeg .*libx264/.test(command));
    if (encoder) return encoder.pid;
    await delay(30);
  }
  throw new Error(`no encoder started in ${out}`);
}

describe('an analysis that is disturbed while it converts', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let file: string;
  before(async () => {
    folder = await makeFolder('disturbed');
    file = await longClip(folder.path);
  });
  after(() => folder.remove());

  const analyze = (out: string, options: RunOptions = {}): Promise<Said> =>
    run(greenroom, ['analyze', file, '--out', out], { env: withoutVision, ...options });

  /** Starts an analysis and calls `disturb` once its encoder has worked a little. */
  async function disturbed(
    out: string,
    disturb: (pids: { driver: number; encoder: number }) => void,
  ): Promise<Said> {
    let driver = 0;
    const said = analyze(out, { onStart: ({ pid }) => (driver = pid ?? 0) });
    const encoder = await encoderIn(out);
    await delay(200);
    disturb({ driver, encoder });
    return said;
  }

  it('tries again when the encoder is killed, and ends in the same report', async () => {
    const [undisturbed, out] = [join(folder.path, 'undisturbed'), join(folder.path, 'encoder')];
    let encoder = 0;
    const said = await disturbed(out, (pids) => {
      encoder = pids.encoder;
      process.kill(encoder, 'SIGKILL');
    });
    expect(said.code, said.stderr).to.equal(0);
    expect((await analyze(undisturbed)).code).to.equal(0);
    expect(comparable(await readReport(out))).to.deep.equal(comparable(await readReport(undisturbed)));
  });

  it('leaves no process and no file after Ctrl-C, and says so', async () => {
    const out = join(folder.path, 'interrupted');
    const said = await disturbed(out, ({ driver }) => process.kill(driver, 'SIGINT'));
    expect(said.code).to.equal(130);
    expect(said.stderr).to.include('Stopped.');
    expect(await processesNaming(out)).to.deep.equal([]);
    expect(existsSync(out)).to.equal(false);
  });

  it('leaves the results of an earlier run and the files of others as they were', async () => {
    const out = join(folder.path, 'kept');
    await mkdir(out);
    expect((await analyze(out)).code).to.equal(0);
    await writeFile(join(out, 'notes.txt'), 'mine');
    const before = await contentsOf(out);
    const said = await disturbed(out, ({ driver }) => process.kill(driver, 'SIGTERM'));
    expect(said.code).to.equal(130);
    expect(await contentsOf(out)).to.deep.equal(before);
  });

  it('leaves no encoder behind when its driver is killed, and goes on when it is started again', async () => {
    const out = join(folder.path, 'driver');
    const said = await disturbed(out, ({ driver }) => process.kill(driver, 'SIGKILL'));
    expect(said.code).to.equal(null);
    await delay(1000);
    expect(await processesNaming(out)).to.deep.equal([]);
    expect((await analyze(out)).code).to.equal(0);
    expect((await readdir(out)).filter((name) => name.startsWith('.'))).to.deep.equal([]);
  });

  it('lets nobody else write into its folder meanwhile', async () => {
    const out = join(folder.path, 'shared');
    const first = analyze(out);
    await encoderIn(out);
    const second = await analyze(out);
    expect(second.code).to.equal(2);
    expect(second.stderr.trim()).to.equal(`Another analysis is writing into ${out}.`);
    expect((await first).code).to.equal(0);
  });
});
