// Does a handler run on Lambda as it does on this machine: same errors, private scratch, an end before Lambda's?
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { z } from 'zod';
import { RecordingRejected } from '../../domain/errors.ts';
import {
  defineHandler,
  HandlerFailed,
  invokeHandler,
  type HandlerContext,
} from '../../handlers/support/handler.ts';
import { hostHandler, type LambdaFunction } from '../../lambda/handler.ts';
import { noMedia } from '../../lambda/no-media.ts';

type Run = (context: HandlerContext) => Promise<unknown>;

const handlerOf = (run: Run) =>
  defineHandler({
    input: z.looseObject({}),
    run: (_input: object, context: HandlerContext) => run(context),
  });

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

const contextOf = (ms: number) => ({ awsRequestId: 'r', getRemainingTimeInMillis: () => ms });

describe('a handler on Lambda', () => {
  let parent: string;
  let scratchFolder: string;
  let lines: { readonly [fact: string]: unknown }[];
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'greenroom-lambda-'));
    scratchFolder = join(parent, 'scratch');
    lines = [];
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  const functionOf = (run: Run): LambdaFunction =>
    hostHandler(handlerOf(run), {
      stage: 'try-out',
      services: {},
      media: noMedia,
      scratchFolder,
      write: (line) => void lines.push(JSON.parse(line) as { [fact: string]: unknown }),
    });
  const call = (
    run: Run,
    { remainingMs = 30_000, event = {} }: { remainingMs?: number; event?: unknown } = {},
  ): Promise<unknown> =>
    functionOf(run)(event, { awsRequestId: 'request-1', getRemainingTimeInMillis: () => remainingMs });

  it('answers what the handler returns', async () => {
    expect(await call(async () => ({ fine: true }))).to.deep.equal({ fine: true });
  });

  it('fails with the same name and message as on this machine', async () => {
    const rejected = new RecordingRejected('NOT_MEDIA', 'This is a letter.');
    const fails: Run = () => Promise.reject(rejected);
    let here: unknown;
    await call(async (context) => {
      here = await failureOf(invokeHandler(handlerOf(fails), {}, context));
    });
    const there = await failureOf(call(fails));
    expect(here).to.be.instanceOf(HandlerFailed);
    expect(there).to.be.instanceOf(HandlerFailed);
    const { name, message, cause } = here instanceof HandlerFailed ? here : new Error('no failure');
    expect(there).to.include({ name: 'RecordingRejected', message, cause });
    expect(name).to.equal('RecordingRejected');
  });

  const times = [
    { remainingMs: 900_000, seconds: 892 },
    { remainingMs: 30_000, seconds: 27 },
    { remainingMs: 10_000, seconds: 9 },
  ];
  for (const { remainingMs, seconds } of times)
    it(`leaves ${String(seconds)} s of ${String(remainingMs / 1000)} for the work`, async () => {
      expect(await call(async ({ timeoutSeconds }) => timeoutSeconds, { remainingMs })).to.equal(seconds);
    });

  it('stops work that takes too long before Lambda does, as ResourceExhausted (TIMEOUT)', async () => {
    const startedMs = performance.now();
    const failed = await failureOf(call(({ signal }) => delay(5000, null, { signal }), { remainingMs: 500 }));
    expect(failed).to.include({
      name: 'ResourceExhausted',
      message: 'TIMEOUT: The function ran out of time.',
    });
    expect(performance.now() - startedMs).to.be.within(400, 500);
    expect(lines.map(({ event }) => event)).to.deep.equal(['time is over']);
  });

  it('has a private scratch folder without the leftovers of an earlier call', async () => {
    await mkdir(scratchFolder, { mode: 0o777 });
    await writeFile(join(scratchFolder, 'left-over'), 'x');
    const seen = await call(async (context) => ({
      mode: (await stat(context.scratchFolder)).mode & 0o777,
      files: await readdir(context.scratchFolder),
    }));
    expect(seen).to.deep.equal({ mode: 0o700, files: [] });
  });

  it('follows no link that somebody put in the place of its scratch folder', async () => {
    const elsewhere = join(parent, 'elsewhere');
    await mkdir(elsewhere);
    await symlink(elsewhere, scratchFolder);
    await call((context) => writeFile(join(context.scratchFolder, 'secret'), 'x'));
    expect(existsSync(join(elsewhere, 'secret'))).to.equal(false);
  });

  it('gives each call a signal of its own', async () => {
    const run = functionOf(async ({ signal }) => signal.aborted);
    await run({}, contextOf(50));
    await delay(80);
    expect(await run({}, contextOf(30_000))).to.equal(false);
    expect(lines).to.deep.equal([]);
  });

  const owners: readonly [event: object, executionName: string | undefined][] = [
    [{ owner: { executionName: 'e-1' } }, 'e-1'],
    [{ jobName: 'e-2' }, 'e-2'],
    [{ Records: [] }, undefined],
  ];
  for (const [event, executionName] of owners)
    it(`writes JSON lines that name ${executionName ?? 'no execution'} for ${JSON.stringify(event)}`, async () => {
      await call(async ({ log }) => log('done', { code: 'EMPTY' }), { event });
      const [{ timestamp, ...line } = {}] = lines;
      expect(String(timestamp)).to.match(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      const named = executionName === undefined ? {} : { executionName };
      const expected = { level: 'INFO', requestId: 'request-1', stage: 'try-out', ...named, event: 'done' };
      expect(line).to.deep.equal({ ...expected, code: 'EMPTY' });
    });
});
