// How does a handler's error look to the state machine, and where do its files go?
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { InternalError, RecordingRejected, ServiceRejected, TemporaryFailure } from '../../domain/errors.ts';
import {
  defineHandler,
  HandlerFailed,
  invokeHandler,
  type HandlerContext,
} from '../../handlers/support/handler.ts';
import { withScratchFolder } from '../../handlers/support/scratch.ts';

function contextWith(signal = new AbortController().signal) {
  const logged: { event: string; facts: unknown }[] = [];
  const context: HandlerContext = {
    services: {},
    media: { tools: { ffmpeg: '', ffprobe: '', threads: 1 }, openVision: null },
    log: (event, facts) => void logged.push({ event, facts }),
    signal,
    scratchFolder: '',
    onProgress: () => undefined,
    timeoutSeconds: 30,
  };
  return { context, logged };
}

const throwing = (error: unknown) =>
  defineHandler({
    input: z.object({}),
    run: async (_input: object, _context: HandlerContext): Promise<never> => {
      throw error;
    },
  });

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

describe('a handler', () => {
  const cases: readonly [error: unknown, name: string, message: string][] = [
    [
      new RecordingRejected('NOT_MEDIA', 'This is a letter.'),
      'RecordingRejected',
      'NOT_MEDIA: This is a letter.',
    ],
    [
      new TemporaryFailure('DISK_FULL', 'The disk is full.'),
      'TemporaryFailure',
      'DISK_FULL: The disk is full.',
    ],
    [new ServiceRejected('MODEL_OUTPUT', 'no JSON'), 'ServiceRejected', 'MODEL_OUTPUT: no JSON'],
    [new InternalError('a bug'), 'InternalError', 'BUG: a bug'],
    [new TypeError('x is undefined'), 'InternalError', 'BUG: x is undefined'],
    [Object.assign(new Error('write'), { code: 'ENOSPC' }), 'InternalError', 'DISK_FULL: write'],
    ['a string', 'InternalError', 'BUG: something that is no error was thrown'],
  ];
  for (const [error, name, errorMessage] of cases)
    it(`turns ${String(error)} into ${name} with the cause that Lambda gives`, async () => {
      const { context, logged } = contextWith();
      const failure = await failureOf(invokeHandler(throwing(error), {}, context));
      expect(failure).to.be.instanceOf(HandlerFailed).and.include({ name, message: errorMessage });
      expect(JSON.parse((failure as HandlerFailed).cause)).to.deep.equal({ errorType: name, errorMessage });
      expect(logged.map(({ event }) => event)).to.deep.equal(['handler failed']);
    });

  it('refuses an input that does not fit as our own fault, before it runs', async () => {
    let runs = 0;
    const handler = defineHandler({
      input: z.object({ objectKey: z.string() }),
      run: async (_input: { objectKey: string }, _context: HandlerContext) => (runs += 1),
    });
    const failure = await failureOf(invokeHandler(handler, { objectKey: 7 }, contextWith().context));
    expect(failure)
      .to.include({ name: 'InternalError' })
      .and.property('message')
      .to.match(/^BUG: .*objectKey/s);
    expect(runs).to.equal(0);
  });

  it('that was stopped has not failed: it throws the reason and logs nothing', async () => {
    const reason = new Error('stop');
    const { context, logged } = contextWith(AbortSignal.abort(reason));
    expect(await failureOf(invokeHandler(throwing(new TypeError('torn down')), {}, context))).to.equal(
      reason,
    );
    expect(logged).to.deep.equal([]);
  });
});

describe('a scratch folder', () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'greenroom-scratch-'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('is private and gone when the work is over', async () => {
    const path = await withScratchFolder(parent, async (folder) => {
      expect((await stat(folder)).mode & 0o777).to.equal(0o700);
      await writeFile(join(folder, 'half-done'), 'work');
      return folder;
    });
    expect(existsSync(path)).to.equal(false);
  });

  it('is gone when the work fails, and a full disk is a temporary failure', async () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
    const failure = await failureOf(withScratchFolder(parent, () => Promise.reject(full)));
    expect(failure).to.be.instanceOf(TemporaryFailure).and.include({ code: 'DISK_FULL' });
    const other = new TypeError('x');
    expect(await failureOf(withScratchFolder(parent, () => Promise.reject(other)))).to.equal(other);
    expect(await readdir(parent)).to.deep.equal([]);
  });
});
