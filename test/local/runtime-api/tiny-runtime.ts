// What is the smallest runtime that speaks the Runtime API? It does what its events tell it; for tests of the emulator.
import { setTimeout as delay } from 'node:timers/promises';

interface Order {
  /** Answers with so many bytes. */
  readonly bytes?: number;
  readonly delayMs?: number;
  /** Reports an error of this type. */
  readonly fail?: string;
  readonly exit?: number;
  /** Answers, and ends by itself a little later. */
  readonly dieAfterwards?: boolean;
  /** Answers the call of this id instead of its own. */
  readonly answerTo?: string;
}

const base = `http://${String(process.env['AWS_LAMBDA_RUNTIME_API'])}/2018-06-01/runtime`;
const post = async (path: string, document: unknown): Promise<number> => {
  const body = JSON.stringify(document);
  return (await fetch(`${base}/${path}`, { method: 'POST', body })).status;
};

let calls = 0;
let lastStatus = 0;

async function answer(requestId: string, order: Order, headers: Headers): Promise<void> {
  if (order.delayMs !== undefined) await delay(order.delayMs);
  if (order.exit !== undefined) process.exit(order.exit);
  const to = `invocation/${order.answerTo ?? requestId}`;
  if (order.fail !== undefined) {
    lastStatus = await post(`${to}/error`, { errorType: order.fail, errorMessage: 'CODE: as told' });
  } else if (order.bytes !== undefined) {
    // A JSON text of two quotes and so many letters.
    lastStatus = await post(`${to}/response`, 'x'.repeat(order.bytes - 2));
  } else {
    const facts = { pid: process.pid, calls, lastStatus, headers: Object.fromEntries(headers) };
    lastStatus = await post(`${to}/response`, facts);
  }
  if (order.answerTo !== undefined)
    await post(`invocation/${requestId}/response`, { refusedWith: lastStatus });
  if (order.dieAfterwards) setTimeout(() => process.exit(0), 20);
}

const start = process.env['START'];
if (start === 'fails') {
  await post('init/error', { errorType: 'InternalError', errorMessage: 'BUG: no ffmpeg' });
  process.exit(1);
}
if (start === 'exits') process.exit(7);
if (start === 'is killed') process.kill(process.pid, 'SIGKILL');
process.stdout.write('started\n');

for (;;) {
  const next = await fetch(`${base}/invocation/next`);
  calls += 1;
  const order = (await next.json()) as Order;
  await answer(next.headers.get('lambda-runtime-aws-request-id') ?? '', order, next.headers);
}
