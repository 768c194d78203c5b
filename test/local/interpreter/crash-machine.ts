// Which execution do the crash tests kill, and how does it die? Run as a program it is the process that is killed.

import { appendFileSync } from 'node:fs';
import { VirtualClock } from '../../../local/interpreter/clock.ts';
import type { ExecutionLog } from '../../../local/interpreter/execution-log.ts';
import type { StartedExecution } from '../../../local/interpreter/journal.ts';
import { Journal } from '../../../local/interpreter/journal.ts';
import type { ExecutionOutcome, TaskCall } from '../../../local/interpreter/run-execution.ts';
import { runExecution } from '../../../local/interpreter/run-execution.ts';
import { TaskTokens } from '../../../local/interpreter/task-tokens.ts';
import type { Json } from '../../../systems/asl.ts';

const resource = 'arn:aws:states:::lambda:invoke';

/** Everything that has to survive: variables, retries with jitter, branches, a failing one, maps, waits, a token. */
const definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', Assign: { id: '{% $uuid() %}', luck: '{% $random() %}' }, Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Convert',
          States: {
            Convert: {
              Type: 'Task',
              Resource: resource,
              Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 30, JitterStrategy: 'FULL' }],
              Next: 'Each',
            },
            Each: {
              Type: 'Map',
              Items: [1, 2],
              MaxConcurrency: 1,
              ItemProcessor: {
                StartAt: 'Double',
                States: { Double: { Type: 'Task', Resource: resource, End: true } },
              },
              End: true,
            },
          },
        },
        {
          StartAt: 'Settle',
          States: {
            Settle: { Type: 'Wait', Seconds: 10, Next: 'Reject' },
            Reject: {
              Type: 'Task',
              Resource: resource,
              Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Excuse' }],
              End: true,
            },
            Excuse: { Type: 'Pass', Output: '{% $states.input.Error & $id %}', End: true },
          },
        },
      ],
      Next: 'Approve',
    },
    Approve: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { token: '{% $states.context.Task.Token %}' },
      Assign: { approved: '{% $states.result %}' },
      Next: 'Doomed',
    },
    Doomed: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Slow', States: { Slow: { Type: 'Wait', Seconds: 1000, End: true } } },
        { StartAt: 'Break', States: { Break: { Type: 'Fail', Error: 'Broken', Cause: 'on purpose' } } },
      ],
      Catch: [{ ErrorEquals: ['Broken'], Next: 'Batches' }],
      Next: 'Batches',
    },
    Batches: {
      Type: 'Map',
      Items: [1, 2, 3],
      ItemBatcher: { MaxItemsPerBatch: 2 },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Sum',
        States: { Sum: { Type: 'Task', Resource: resource, End: true } },
      },
      Output: { sums: '{% $states.result %}', approved: '{% $approved %}' },
      End: true,
    },
  },
};

/** Ids and random numbers differ between any two executions; the rest must not. */
export function withoutIds(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>')
    .replaceAll(/\b0\.\d+/g, '<random>');
}

/** Starts or resumes the execution. Every finished piece of work is a line in the file `work`. */
export function runCrashMachine(journal: Journal, work: string): Promise<ExecutionOutcome> {
  const tokens = new TaskTokens();
  const history = journal.history('crash');
  const times = history.map(({ timestamp }) => Date.parse(timestamp));
  // Time does not go back when a process is started again.
  const clock = new VirtualClock(Math.max(0, ...times));
  const invoke = async (call: TaskCall): Promise<Json> => {
    await clock.sleepUntil(clock.now() + 3000, call.signal);
    const { taskToken } = call;
    if (taskToken !== undefined) {
      approve(tokens, taskToken);
      appendFileSync(work, `${call.stateName}\n`);
      return {};
    }
    appendFileSync(work, `${call.stateName} ${JSON.stringify(call.arguments)} ${call.attempt}\n`);
    if (call.stateName === 'Convert' && call.attempt < 2) throw named('Busy');
    if (call.stateName === 'Reject') throw named('NotGood');
    return call.arguments;
  };
  // Whoever got the token before the crash still has it.
  const handedOut = /"token\\+":\\+"([0-9a-f-]+)/.exec(JSON.stringify(history))?.[1];
  if (handedOut !== undefined) approve(tokens, handedOut);
  return runExecution({ definition, input: { file: 'a' }, name: 'crash', journal, clock, tokens, invoke });
}

function approve(tokens: TaskTokens, token: string, tries = 1000): void {
  setImmediate(() => {
    try {
      tokens.sendTaskSuccess(token, 'yes');
    } catch {
      if (tries > 0) approve(tokens, token, tries - 1);
    }
  });
}

function named(name: string): Error {
  const error = new Error('told to fail');
  error.name = name;
  return error;
}

/** A journal whose process is killed right after its n-th write. */
class DyingJournal extends Journal {
  #left: number;

  constructor(path: string, writes: number) {
    super(path);
    this.#left = writes;
  }

  override open(started: StartedExecution) {
    const opened = super.open(started);
    return { ...opened, log: this.#dying(opened.log) };
  }

  #dying(log: ExecutionLog): ExecutionLog {
    const counted = (): void => {
      this.#left -= 1;
      if (this.#left === 0) process.kill(process.pid, 'SIGKILL');
    };
    return {
      ...log,
      appendEvent: (logged) => {
        log.appendEvent(logged);
        counted();
      },
      putDecision: (key, value) => {
        log.putDecision(key, value);
        counted();
      },
      end: (ending) => {
        log.end(ending);
        counted();
      },
      child: (name, input, startedAtMs) => this.#dying(log.child(name, input, startedAtMs)),
    };
  }
}

if (import.meta.main) {
  const [path = '', work = '', writes = ''] = process.argv.slice(2);
  const journal = new DyingJournal(path, Number(writes));
  const { status } = await runCrashMachine(journal, work);
  process.stdout.write(status);
}
