// Does `asl run` run definitions with canned tasks, and say clearly what it cannot use?

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { lambda, machine } from '../../local/interpreter/support.ts';

const main = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));

const asl = (...args: readonly string[]) =>
  spawnSync(process.execPath, [main, 'asl', 'run', ...args], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });

describe('asl run', () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'greenroom-asl-'));
  });
  after(() => rmSync(directory, { recursive: true }));

  const file = (name: string, content: unknown): string => {
    const path = join(directory, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const definition = machine({
    T: {
      Type: 'Task',
      Resource: lambda,
      TimeoutSeconds: 100,
      Retry: [{ ErrorEquals: ['Busy', 'States.Timeout'], IntervalSeconds: 3600 }],
      Next: 'W',
    },
    W: { Type: 'Wait', Seconds: 86_400, Next: 'U' },
    U: {
      Type: 'Task',
      Resource: `${lambda}.waitForTaskToken`,
      Output: '{% $states.result.n + 1 %}',
      End: true,
    },
  });

  it('answers tasks in turn, by state or resource, and skips the waiting', () => {
    const tasks = file('tasks.json', {
      T: [{ error: 'Busy', cause: 'later' }, { result: 1, delaySeconds: 200 }, { result: { n: 1 } }],
      [`${lambda}.waitForTaskToken`]: [{ result: { n: 41 } }],
    });
    const { stdout, status } = asl(
      file('d.json', definition),
      '--input',
      file('i.json', {}),
      '--tasks',
      tasks,
      '--json',
    );
    const outcome = JSON.parse(stdout) as {
      readonly status: string;
      readonly output: number;
      readonly history: readonly { readonly type: string; readonly timestamp: string }[];
    };
    expect([status, outcome.status, outcome.output]).to.deep.equal([0, 'SUCCEEDED', 42]);
    expect(outcome.history.map(({ type }) => type)).to.include.members([
      'TaskFailed',
      'TaskTimedOut',
      'TaskSubmitted',
    ]);
    const times = outcome.history.map(({ timestamp }) => Date.parse(timestamp));
    // One retry after an hour, one after two more, a timeout of 100 s and the day of the Wait.
    expect(Number(times.at(-1)) - Number(times[0])).to.equal((3600 + 7200 + 100 + 86_400) * 1000);
  });

  it('says when answers are missing or used up, and ends with 3', () => {
    const files = [file('d.json', definition), '--input', file('i.json', {})];
    const none = asl(...files);
    expect(none.status).to.equal(3);
    expect(none.stdout)
      .to.contain("The tasks have no answer for the state 'T'")
      .and.contain('status  FAILED');
    const few = asl(...files, '--tasks', file('few.json', { T: [{ error: 'Busy' }] }), '--json');
    expect(JSON.parse(few.stdout)).to.include({
      status: 'FAILED',
      error: 'CannedAnswersUsedUp',
      cause: "The state 'T' was called 2 times, but the tasks have only 1 answer for it.",
    });
  });

  it('ends a loop where AWS does, with 3', () => {
    const loop = machine({
      Loop: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Loop' }], Default: 'End' },
      End: { Type: 'Succeed' },
    });
    const { status, stdout } = asl(file('loop.json', loop), '--input', file('i.json', {}));
    expect(status).to.equal(3);
    expect(stdout).to.contain('The execution reached the maximum number of history events (25000).');
  });

  const wrong: readonly (readonly [string, unknown, unknown, unknown, string])[] = [
    [
      'a JSONPath definition',
      { StartAt: 'A', States: {} },
      {},
      {},
      'Only JSONata definitions can be run here',
    ],
    [
      'a loop that nothing can end',
      machine({ A: { Type: 'Pass', Next: 'A' } }),
      {},
      {},
      'No state can end the machine',
    ],
    ['a definition that is not JSON', '{', {}, {}, 'is not valid JSON'],
    ['an input that is not JSON', definition, 'nope', {}, 'The input file'],
    [
      'tasks of the wrong shape',
      definition,
      {},
      { T: [{ reslt: 1 }] },
      "answer 1 of 'T' has the unknown field 'reslt'",
    ],
  ];
  for (const [what, badDefinition, input, tasks, sentence] of wrong) {
    it(`refuses ${what} in one sentence and ends with 2`, () => {
      const { status, stdout, stderr } = asl(
        file('x.json', badDefinition),
        '--input',
        file('xi.json', input),
        '--tasks',
        file('xt.json', tasks),
        '--json',
      );
      expect([status, stdout, stderr.trim().split('\n').length]).to.deep.equal([2, '', 1]);
      expect(stderr).to.contain(sentence);
    });
  }

  it('refuses a file that is not there and a missing --input', () => {
    expect(asl(join(directory, 'none.json'), '--input', file('i.json', {}))).to.include({ status: 2 });
    expect(asl(file('d.json', definition)).stderr).to.contain('needs --input FILE');
  });
});
