// Does the emulator treat a runtime as Lambda does: calls, deadlines, deaths and sizes?
import { join } from 'node:path';
import { expect } from 'chai';
import { EmulatedFunction, EventTooLarge } from '../../../local/runtime-api/emulated-function.ts';
import { maximumAnswerBytes, maximumEventBytes } from '../../../local/runtime-api/outcome.ts';
import { startRuntime } from '../../../local/runtime-api/runtime-process.ts';
import type { Call } from '../../../local/runtime-api/sandbox.ts';

const runtime = join(import.meta.dirname, 'tiny-runtime.ts');

/** What the tiny runtime says of itself. */
interface Facts {
  readonly pid: number;
  readonly calls: number;
  readonly lastStatus: number;
  readonly headers: { readonly [name: string]: string };
}

const factsOf = ({ outcome }: Call): Facts => {
  if ('error' in outcome) throw new Error(outcome.error.errorMessage);
  return JSON.parse(outcome.payload.toString()) as Facts;
};
const errorOf = ({ outcome, requestId }: Call) =>
  'error' in outcome
    ? { ...outcome.error, errorMessage: outcome.error.errorMessage.replace(requestId, 'ID') }
    : null;

describe('the emulated Lambda function', function () {
  this.timeout(20_000);
  let emulated: EmulatedFunction;
  let logged: string;
  const open = (start = 'works', timeoutSeconds = 10): EmulatedFunction => {
    logged = '';
    emulated = new EmulatedFunction({
      name: 'tiny',
      timeoutSeconds,
      start: (address) =>
        startRuntime({
          command: process.execPath,
          args: [runtime],
          environment: { AWS_LAMBDA_RUNTIME_API: address, START: start },
          onLog: (text) => (logged += text),
        }),
    });
    return emulated;
  };
  afterEach(() => emulated.close());

  it('hands the event over with id, deadline, function and trace, and gives the answer back', async () => {
    const before = Date.now();
    const call = await open().invoke({});
    const { headers } = factsOf(call);
    expect(headers['lambda-runtime-aws-request-id']).to.equal(call.requestId);
    expect(Number(headers['lambda-runtime-deadline-ms'])).to.be.within(before + 10_000, Date.now() + 10_000);
    expect(headers['lambda-runtime-invoked-function-arn']).to.match(/:function:tiny$/);
    expect(headers['lambda-runtime-trace-id']).to.match(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0$/);
    expect(logged).to.equal('started\n');
  });

  it('keeps a sandbox warm for the next call', async () => {
    const cold = await open().invoke({});
    const warm = await emulated.invoke({});
    expect(cold.initMs).to.be.greaterThan(0);
    expect(warm.initMs).to.equal(null);
    expect(factsOf(warm)).to.include({ pid: factsOf(cold).pid, calls: 2, lastStatus: 202 });
  });

  it('opens a sandbox for each call that comes while the others are busy', async () => {
    const calls = [open().invoke({ delayMs: 300 }), emulated.invoke({ delayMs: 300 })];
    const pids = (await Promise.all(calls)).map((call) => factsOf(call).pid);
    expect(new Set(pids).size).to.equal(2);
    expect(emulated.concurrency).to.equal(2);
  });

  it('passes on the error that the function reports, and keeps the sandbox', async () => {
    const failed = await open().invoke({ fail: 'RecordingRejected' });
    expect(errorOf(failed)).to.deep.equal({ errorType: 'RecordingRejected', errorMessage: 'CODE: as told' });
    expect(factsOf(await emulated.invoke({})).calls).to.equal(2);
  });

  it('kills a function that is too slow, and starts afresh for the next call', async () => {
    const slow = await open('works', 1).invoke({ delayMs: 60_000 });
    expect(errorOf(slow)).to.deep.equal({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: ID Error: Task timed out after 1.00 seconds',
    });
    expect(emulated.concurrency).to.equal(0);
    expect(factsOf(await emulated.invoke({})).calls).to.equal(1);
  });

  const deaths = [
    { event: { exit: 3 }, message: 'RequestId: ID Error: Runtime exited with error: exit status 3' },
    { event: { exit: 0 }, message: 'RequestId: ID Error: Runtime exited without providing a reason' },
  ];
  for (const { event, message } of deaths)
    it(`fails the pending call when the runtime ends with ${String(event.exit)}`, async () => {
      const died = await open().invoke(event);
      expect(errorOf(died)).to.deep.equal({ errorType: 'Runtime.ExitError', errorMessage: message });
      expect(factsOf(await emulated.invoke({})).calls).to.equal(1);
    });

  it('sends no call to a sandbox whose runtime ended between two calls', async () => {
    const last = factsOf(await open().invoke({ dieAfterwards: true }));
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    expect(factsOf(await emulated.invoke({})).pid).not.to.equal(last.pid);
  });

  const starts = [
    { start: 'fails', error: { errorType: 'InternalError', errorMessage: 'BUG: no ffmpeg' } },
    {
      start: 'exits',
      error: {
        errorType: 'Runtime.ExitError',
        errorMessage: 'RequestId: ID Error: Runtime exited with error: exit status 7',
      },
    },
    {
      start: 'is killed',
      error: {
        errorType: 'Runtime.ExitError',
        errorMessage: 'RequestId: ID Error: Runtime exited with error: signal: killed',
      },
    },
  ];
  for (const { start, error } of starts)
    it(`fails a call whose sandbox ${start} before it is ready, each time`, async () => {
      expect(errorOf(await open(start).invoke({}))).to.deep.equal(error);
      expect(errorOf(await emulated.invoke({}))).to.deep.equal(error);
      expect(emulated.concurrency).to.equal(0);
    });

  it('refuses an answer of more than 6 MiB + 100 bytes', async () => {
    const most = await open().invoke({ bytes: maximumAnswerBytes });
    expect('payload' in most.outcome && most.outcome.payload.length).to.equal(maximumAnswerBytes);
    const more = await emulated.invoke({ bytes: maximumAnswerBytes + 1 });
    expect(errorOf(more)?.errorType).to.equal('Function.ResponseSizeTooLarge');
    expect(factsOf(await emulated.invoke({}))).to.include({ calls: 3, lastStatus: 413 });
  });

  it('refuses an event of more than 6 MiB before the function sees it', async () => {
    const most = 'x'.repeat(maximumEventBytes - 2);
    factsOf(await open().invoke(most));
    const refusal = await emulated.invoke(`${most}x`).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(EventTooLarge);
    expect(factsOf(await emulated.invoke({})).calls).to.equal(2);
  });

  it('refuses an answer to a call that is not pending', async () => {
    const call = await open().invoke({ answerTo: 'some-other-call' });
    expect(factsOf(call)).to.deep.equal({ refusedWith: 400 });
  });
});
