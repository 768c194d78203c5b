// What is a queue told when the time is over before its batch is done (A11)?
import { setTimeout as wait } from 'node:timers/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { defineHandler, type HandlerContext } from '../../handlers/support/handler.ts';
import { queueBatchSchema, workThrough } from '../../handlers/support/queue-batch.ts';
import { hostHandler } from '../../lambda/handler.ts';
import { noMedia } from '../../lambda/no-media.ts';

const batch = { Records: ['a', 'b', 'c', 'd'].map((body) => ({ messageId: `id-${body}`, body })) };
const named = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('a batch from a queue', () => {
  it('is not begun when the signal is aborted already', async () => {
    const worked: string[] = [];
    const context = { log: () => undefined, signal: AbortSignal.abort(new Error('over')) };
    const outcome = await workThrough(batch, context, async (body) => void worked.push(body));
    expect(outcome).to.deep.equal(named('id-a', 'id-b', 'id-c', 'id-d'));
    expect(worked).to.deep.equal([]);
  });

  it('names the message at hand and the rest when the signal comes, and tells why', async () => {
    const over = new AbortController();
    const worked: string[] = [];
    const told: unknown[] = [];
    const context = { log: (_: string, facts?: object) => void told.push(facts), signal: over.signal };
    const outcome = await workThrough(batch, context, async (body) => {
      worked.push(body);
      if (body !== 'b') return;
      over.abort(new Error('over'));
      await new Promise<never>(() => undefined);
    });
    expect(outcome).to.deep.equal(named('id-b', 'id-c', 'id-d'));
    expect(worked).to.deep.equal(['a', 'b']);
    expect(told).to.deep.include({ messageId: 'id-c', error: 'Error: over' });
  });

  it('takes what is done off the queue though Lambda’s time is over', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'greenroom-batch-'));
    const handler = defineHandler({
      input: queueBatchSchema,
      run: (input, context: HandlerContext) =>
        workThrough(
          input,
          context,
          async (body) => void (await wait(body === 'a' ? 0 : 5000, null, { ref: false })),
        ),
    });
    const host = {
      stage: 's',
      services: {},
      media: noMedia,
      scratchFolder: join(folder, 's'),
      write: () => undefined,
    };
    const lambda = { awsRequestId: 'r', getRemainingTimeInMillis: () => 200 };
    expect(await hostHandler(handler, host)(batch, lambda)).to.deep.equal(named('id-b', 'id-c', 'id-d'));
    await rm(folder, { recursive: true, force: true });
  });
});
