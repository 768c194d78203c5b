// What does the interpreter itself cost per state, with the journal on a real file?

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from '../local/interpreter/journal.ts';
import { runExecution } from '../local/interpreter/run-execution.ts';

/** CPU time (user and system) of this process; the median of three runs, warmed up by one more. */
export interface InterpreterMeasurement {
  readonly millisecondsPerState: number;
  readonly statesPerRun: number;
  readonly eventsPerRun: number;
  readonly runs: readonly number[];
}

const rounds = 100;
const statesPerRound = 3;

/** A loop of Pass, Task and Choice with expressions, variables and a task that answers at once. */
const definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Count',
  States: {
    Count: {
      Type: 'Pass',
      Assign: { count: '{% $states.input.count + 1 %}' },
      Output: {
        count: '{% $states.input.count + 1 %}',
        text: "{% 'round ' & $string($states.input.count) %}",
      },
      Next: 'Work',
    },
    Work: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'work', Payload: '{% $states.input %}' },
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ['TemporaryFailure'] }],
      Output: '{% $states.result.Payload %}',
      Next: 'Again',
    },
    Again: {
      Type: 'Choice',
      Choices: [{ Condition: `{% $count < ${rounds} %}`, Next: 'Count' }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
};

/** Measures a run of about 300 states, journal on. Takes well under a second. */
export async function measureInterpreter(): Promise<InterpreterMeasurement> {
  const directory = await mkdtemp(join(tmpdir(), 'greenroom-interpreter-'));
  const journal = new Journal(join(directory, 'journal.sqlite'));
  const statesPerRun = rounds * statesPerRound + 1;
  const runs: number[] = [];
  let eventsPerRun = 0;
  try {
    for (let i = 0; i < 4; i += 1) {
      const before = process.cpuUsage();
      const outcome = await runExecution({
        definition,
        input: { count: 0 },
        journal,
        invoke: ({ arguments: args }) => args,
      });
      const { user, system } = process.cpuUsage(before);
      if (outcome.status !== 'SUCCEEDED') throw new Error(`the measured execution ended ${outcome.status}`);
      eventsPerRun = outcome.history.length;
      if (i > 0) runs.push((user + system) / 1000 / statesPerRun);
    }
  } finally {
    journal.close();
    await rm(directory, { recursive: true });
  }
  const millisecondsPerState = runs.toSorted((a, b) => a - b)[1] ?? Infinity;
  return { millisecondsPerState, statesPerRun, eventsPerRun, runs };
}
