// Are tasks watched as they should be: timeouts, heartbeats, tokens, cancellation with nothing left running?

import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { VirtualClock } from '../../../local/interpreter/clock.ts';
import type { TaskCall } from '../../../local/interpreter/run-execution.ts';
import { runExecution } from '../../../local/interpreter/run-execution.ts';
import { TaskTokens, TaskTokenUnknown } from '../../../local/interpreter/task-tokens.ts';
import type { Json } from '../../../systems/asl.ts';
import { details, failure, lambda, lines, machine, run, scope } from './support.ts';

const task = { Type: 'Task', Resource: lambda, End: true };
const waiting = { Type: 'Task', Resource: `${lambda}.waitForTaskToken`, Arguments: { a: 1 }, End: true };

describe('a task', () => {
  it('that is too slow times out, is told to stop and is waited for', async () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    const { error, cause, history } = await run(machine({ T: { ...task, TimeoutSeconds: '{% 5 %}' } }), {
      clock,
      invoke: async ({ signal }) => {
        await clock.sleepUntil(60_000, signal).catch(() => seen.push(`stopped at ${clock.now()}`));
        await setTimeout(20);
        seen.push('cleaned up');
        return null;
      },
    });
    expect([error, cause]).to.deep.equal(['States.Timeout', undefined]);
    expect(seen).to.deep.equal(['stopped at 5000', 'cleaned up']);
    expect(details(history, 'TaskScheduled')).to.include({ timeoutInSeconds: 5 });
    expect(details(history, 'TaskTimedOut')).to.deep.equal({
      error: 'States.Timeout',
      resource: 'invoke',
      resourceType: 'lambda',
    });
  });

  it('lives as long as it beats; a missed heartbeat is a timeout that has a name of its own for catchers', async () => {
    const clock = new VirtualClock(0);
    const definition = machine({
      T: { ...task, HeartbeatSeconds: 10, Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'E' }] },
      E: { Type: 'Pass', End: true },
    });
    const { output, history } = await run(definition, {
      clock,
      invoke: async ({ signal, heartbeat }) => {
        for (let i = 1; i < 4; i += 1) {
          await clock.sleepUntil(i * 9000, signal);
          heartbeat();
        }
        await clock.sleepUntil(99_000, signal);
        return null;
      },
    });
    // AWS records States.Timeout for a missed heartbeat (recording test_heartbeat_timeout).
    expect(output).to.deep.equal({ Error: 'States.Timeout', Cause: '' });
    expect(history.find(({ type }) => type === 'TaskTimedOut')?.timestamp).to.equal(
      '1970-01-01T00:00:37.000Z',
    );
  });

  for (const wrong of [-1, 1.5, 1e9, 'x']) {
    it(`refuses TimeoutSeconds of ${JSON.stringify(wrong)}`, async () => {
      const { error } = await run(machine({ T: { ...task, TimeoutSeconds: `{% $states.input %}` } }), {
        input: wrong,
      });
      expect(error).to.equal('States.QueryEvaluationError');
    });
  }

  it('may say what starting a job returned (recording test_start_execution_sync)', async () => {
    const { history } = await run(
      machine({ T: { ...task, Resource: 'arn:aws:states:::states:startExecution.sync:2' } }),
      {
        invoke: ({ submitted }) => {
          submitted({ ExecutionArn: 'x' });
          return 7;
        },
      },
    );
    expect(lines(history).slice(3, 6)).to.deep.equal([
      '4<3 TaskStarted',
      '5<4 TaskSubmitted',
      '6<5 TaskSucceeded',
    ]);
    expect(details(history, 'TaskSubmitted')).to.deep.equal({
      output: '{"ExecutionArn":"x"}',
      outputDetails: { truncated: false },
      resource: 'startExecution.sync:2',
      resourceType: 'states',
    });
  });
});

/** A task that waits for its token, and what is done with the token once it is out. */
const answer = async (give: (tokens: TaskTokens, token: string) => void) => {
  const tokens = new TaskTokens();
  return run(machine({ T: { ...waiting, HeartbeatSeconds: 5 } }), {
    tokens,
    invoke: ({ taskToken }) => {
      if (taskToken !== undefined) queueMicrotask(() => give(tokens, taskToken));
      return { sent: true };
    },
  });
};

describe('a task with a token', () => {
  it('ends with what the token brings (recording test_sqs_wait_for_task_token)', async () => {
    const { output, history } = await answer((tokens, token) => tokens.sendTaskSuccess(token, { ok: 1 }));
    expect(output).to.deep.equal({ ok: 1 });
    expect(lines(history).slice(2, 6)).to.deep.equal([
      '3<2 TaskScheduled',
      '4<3 TaskStarted',
      '5<4 TaskSubmitted',
      '6<5 TaskSucceeded',
    ]);
    expect(details(history, 'TaskSubmitted')).to.include({ output: '{"sent":true}' });
  });

  it('fails as the token says (recording test_sqs_failure_in_wait_for_task_token)', async () => {
    const { error, cause } = await answer((tokens, token) =>
      tokens.sendTaskFailure(token, { error: 'Failure error', cause: 'Failure cause' }),
    );
    expect([error, cause]).to.deep.equal(['Failure error', 'Failure cause']);
  });

  it('times out without a heartbeat, and its token is then unknown', async () => {
    const tokens = new TaskTokens();
    let token = '';
    const { error } = await run(machine({ T: { ...waiting, HeartbeatSeconds: 5 } }), {
      tokens,
      invoke: ({ taskToken }) => {
        token = taskToken ?? '';
        return null;
      },
    });
    expect(error).to.equal('States.Timeout');
    expect(() => tokens.sendTaskSuccess(token, 1)).to.throw(TaskTokenUnknown);
  });

  it('has its token in the context object', async () => {
    let call: TaskCall | undefined;
    const tokens = new TaskTokens();
    await run(machine({ T: { ...waiting, Arguments: '{% $states.context.Task.Token %}' } }), {
      tokens,
      invoke: (given) => {
        call = given;
        queueMicrotask(() => tokens.sendTaskSuccess(given.taskToken ?? '', null));
        return null;
      },
    });
    expect(call?.arguments).to.be.a('string').and.equal(call?.taskToken);
  });
});

describe('stopping an execution', () => {
  it('reaches the child processes of all branches and waits until they are gone', async () => {
    const stop = new AbortController();
    const children: number[] = [];
    const invoke = ({ signal }: TaskCall): Promise<Json> =>
      new Promise((resolve, reject) => {
        const child = spawn('sleep', ['60'], { signal, killSignal: 'SIGKILL' });
        children.push(child.pid ?? 0);
        child.on('error', () => undefined);
        child.on('close', (code) => (code === 0 ? resolve(null) : reject(failure('Killed'))));
        if (children.length === 2) stop.abort({ error: 'Stopped', cause: 'by the user' });
      });
    const retried = { ...task, Retry: [{ ErrorEquals: ['States.ALL'] }] };
    const branches = [scope({ T: retried }), scope({ U: retried })];
    const { status, error, cause, history } = await runExecution({
      definition: machine({ P: { Type: 'Parallel', Branches: branches, End: true } }),
      input: {},
      invoke,
      signal: stop.signal,
    });
    expect([status, error, cause]).to.deep.equal(['ABORTED', 'Stopped', 'by the user']);
    expect(lines(history).at(-1)).to.equal(`${history.length}<0 ExecutionAborted`);
    expect(children).to.have.length(2);
    for (const pid of children) expect(() => process.kill(pid, 0)).to.throw('ESRCH');
  });

  it('ends a wait at once and closes as ABORTED', async () => {
    const stop = new AbortController();
    void setTimeout(5).then(() => stop.abort());
    const { status, error } = await runExecution({
      definition: machine({ W: { Type: 'Wait', Seconds: 1000, End: true } }),
      input: {},
      invoke: () => null,
      signal: stop.signal,
    });
    expect([status, error]).to.deep.equal(['ABORTED', undefined]);
  });
});
