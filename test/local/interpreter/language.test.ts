// Do variables, expressions, choices, retries and catchers do what the language says?

import { expect } from 'chai';
import * as fc from 'fast-check';
import { VirtualClock } from '../../../local/interpreter/clock.ts';
import type { Json } from '../../../systems/asl.ts';
import { details, failure, lambda, machine, run, scope } from './support.ts';

const task = { Type: 'Task', Resource: lambda, End: true };

/** The output of one Pass whose Output is the expression. */
const valueOf = async (expression: string, input: Json = {}) =>
  run(machine({ A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }), { input });

describe('variables', () => {
  it('are assigned from the old values, which Output still sees', async () => {
    const { output, history } = await run(
      machine({
        A: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'B' },
        B: { Type: 'Pass', Assign: { x: '{% $y %}', y: '{% $x %}' }, Output: '{% [$x, $y] %}', Next: 'C' },
        C: { Type: 'Pass', Output: '{% $append($states.input, [$x, $y]) %}', End: true },
      }),
    );
    expect(output).to.deep.equal([1, 2, 2, 1]);
    expect(details(history, 'PassStateExited')).to.deep.include({
      assignedVariables: { x: '1', y: '2' },
      assignedVariablesDetails: { truncated: false },
    });
    expect(details(history, 'PassStateExited', 2)).not.to.have.property('assignedVariables');
  });

  it('of an outer scope are read inside branches; those of a branch end with it', async () => {
    const inner = { Type: 'Pass', Assign: { y: '{% $x + 1 %}' }, Next: 'End' };
    const { output, error } = await run(
      machine({
        A: { Type: 'Pass', Assign: { x: 1 }, Next: 'P' },
        P: {
          Type: 'Parallel',
          Branches: [scope({ I: inner, End: { Type: 'Pass', Output: '{% $y %}', End: true } })],
          Next: 'Z',
        },
        Z: {
          Type: 'Pass',
          Output: { x: '{% $x %}', y: '{% $exists($y) %}', got: '{% $states.input %}' },
          End: true,
        },
      }),
    );
    expect(error).to.equal(undefined);
    expect(output).to.deep.equal({ x: 1, y: false, got: [2] });
  });

  it('are unknown to the children of a distributed Map', async () => {
    const { output } = await run(
      machine({
        A: { Type: 'Pass', Assign: { x: 1 }, Next: 'M' },
        M: {
          Type: 'Map',
          Items: [0],
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            ...scope({ I: { Type: 'Pass', Output: '{% $exists($x) %}', End: true } }),
          },
          End: true,
        },
      }),
    );
    expect(output).to.deep.equal([false]);
  });
});

describe('expressions', () => {
  it('read the context object', async () => {
    const { output } = await run(
      machine({ A: { ...task, Arguments: '{% $states.context %}', Output: '{% $states.result %}' } }),
      { name: 'one', stateMachineName: 'm', input: { a: 1 } },
    );
    const Time = '1970-01-01T00:00:00.000Z';
    expect(output).to.deep.equal({
      Execution: {
        Id: 'arn:aws:states:us-east-1:000000000000:execution:m:one',
        Input: { a: 1 },
        Name: 'one',
        RedriveCount: 0,
        RoleArn: 'arn:aws:iam::000000000000:role/local',
        StartTime: Time,
      },
      State: { EnteredTime: Time, Name: 'A', RetryCount: 0 },
      StateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:m', Name: 'm' },
    });
  });

  const failing: readonly (readonly [string, string])[] = [
    ['$states.input.no', 'returned nothing (undefined).'],
    [
      '1 + "a"',
      'threw an error during evaluation. T2002: The right side of the "+" operator must evaluate to a number',
    ],
    ['$eval("1")', 'threw an error during evaluation. T1006: Attempted to invoke a non-function'],
    ['$partition([], 2)', 'returned nothing (undefined).'],
    ['$partition([1], 0)', 'returned nothing (undefined).'],
    ['$range(0, 5)', 'returned nothing (undefined).'],
    ['$range(0, 5, -1)', 'returned nothing (undefined).'],
    ['$hash("a")', 'returned nothing (undefined).'],
    [
      '$hash("a", "sha-256")',
      'threw an error during evaluation. T0410: Argument 2 of function "hash" does not match function signature',
    ],
    [
      '$parse("{")',
      'threw an error during evaluation. T0410: Argument 1 of function "parse" does not match function signature',
    ],
    [
      '$range(1, 400000, 1)',
      'threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage',
    ],
    ['function($x){$x}', 'returned an unsupported result type.'],
  ];
  for (const [expression, sentence] of failing) {
    it(`fail as AWS words it: ${expression}`, async () => {
      const { error, cause, history } = await valueOf(expression);
      expect(error).to.equal('States.QueryEvaluationError');
      expect(cause).to.equal(
        "An error occurred while executing the state 'A' (entered at the event id #2). " +
          `The JSONata expression '${expression}' specified for the field 'Output' ${sentence}`,
      );
      expect(details(history, 'EvaluationFailed')).to.deep.equal({
        error,
        cause,
        location: 'Output',
        state: 'A',
      });
    });
  }

  const notFinite = [
    '1/0',
    '-1/0',
    '0/0',
    '1e308 * 10',
    '[1, [1/0]]',
    "{'a': {'b': [1/0]}}",
    '$max([1/0, 1])',
  ];
  for (const expression of notFinite) {
    it(`fail when a number is not finite: ${expression}`, async () => {
      const { error, cause, output, history } = await valueOf(expression);
      expect([error, output]).to.deep.equal(['States.QueryEvaluationError', undefined]);
      expect(cause).to.contain(`'${expression}' specified for the field 'Output' returned a number that is`);
      expect(details(history, 'EvaluationFailed')).to.include({ error, location: 'Output' });
    });
  }

  const working: readonly (readonly [string, Json])[] = [
    ['$partition([1,2,3,4,5], 2.9)', [[1, 2], [3, 4], [5]]],
    ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
    ['$range(5, 0, -2)', [5, 3, 1]],
    ['$range(3, 3, 1)', 3],
    ['$hash("abc", "SHA-256")', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['$parse("[1,{\\"a\\":null}]")', [1, { a: null }]],
    ['$random(7) = $random(7.9) and $random(7) != $random(8)', true],
    ['$match($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4/) ~> $exists()', true],
  ];
  for (const [expression, value] of working) {
    it(`give what Step Functions' functions give: ${expression}`, async () => {
      expect((await valueOf(expression)).output).to.deep.equal(value);
    });
  }

  it('are only strings that begin with {% and end with %} (recording BASE_LITERALS)', async () => {
    const literal = { a: ' {% $states.input %} ', b: '$.x', 'c.$': '$' };
    const { output } = await run(machine({ A: { Type: 'Pass', Output: literal, End: true } }));
    expect(output).to.deep.equal(literal);
  });

  it('leave any JSON as it is when they only name it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const input = JSON.parse(JSON.stringify({ value }));
        const { output } = await valueOf('$states.input.value', input);
        // JSONata unwraps nothing when a path step is an object's field that holds an array.
        expect(output).to.deep.equal(input.value);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a Choice', () => {
  const choice = machine({
    C: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input > 1 %}', Output: 'big', Assign: { size: 'big' }, Next: 'D' }],
      Default: 'D',
      Output: 'small',
    },
    D: { Type: 'Pass', Output: '{% $states.input & $string($exists($size)) %}', End: true },
  });

  it('takes Output and Assign from the rule that matched, its own for Default', async () => {
    expect((await run(choice, { input: 2 })).output).to.equal('bigtrue');
    expect((await run(choice, { input: 1 })).output).to.equal('smallfalse');
  });

  it('refuses a condition that is not a boolean', async () => {
    const { cause } = await run(
      machine({
        C: { Type: 'Choice', Choices: [{ Condition: "{% 'yes' %}", Next: 'D' }] },
        D: { Type: 'Succeed' },
      }),
    );
    expect(cause).to.contain("Expected 'boolean', but was 'string' for value: \"yes\"");
  });
});

describe('Retry and Catch', () => {
  it('wait longer each time, up to the cap, with jitter below it', async () => {
    const clock = new VirtualClock(0);
    const times: number[] = [];
    const retry = {
      ErrorEquals: ['Busy'],
      IntervalSeconds: 10,
      BackoffRate: 3,
      MaxDelaySeconds: 40,
      MaxAttempts: 3,
    };
    const definition = (jitter: object) => machine({ T: { ...task, Retry: [{ ...retry, ...jitter }] } });
    const invoke = () => {
      times.push(clock.now() / 1000);
      throw failure('Busy');
    };
    await run(definition({}), { clock, invoke });
    expect(times).to.deep.equal([0, 10, 40, 80]);
    times.length = 0;
    await run(definition({ JitterStrategy: 'FULL' }), { clock, invoke, random: () => 0.5 });
    expect(times.map((time) => time - 80)).to.deep.equal([0, 5, 20, 40]);
  });

  it('count the attempts of each retrier on its own', async () => {
    const errors = ['A', 'B', 'A', 'B', 'A'];
    let calls = 0;
    const { error } = await run(
      machine({
        T: {
          ...task,
          Retry: [
            { ErrorEquals: ['A'], MaxAttempts: 2 },
            { ErrorEquals: ['B'], MaxAttempts: 2 },
          ],
        },
      }),
      {
        invoke: () => {
          calls += 1;
          throw failure(errors[calls - 1] ?? 'none');
        },
      },
    );
    expect([calls, error]).to.deep.equal([5, 'A']);
  });

  it('give the catcher Error and Cause, and let it assign', async () => {
    const { output } = await run(
      machine({
        T: {
          ...task,
          Catch: [
            { ErrorEquals: ['Other'], Next: 'E' },
            {
              ErrorEquals: ['States.TaskFailed'],
              Assign: { e: '{% $states.errorOutput.Error %}' },
              Next: 'E',
            },
          ],
        },
        E: { Type: 'Pass', Output: { e: '{% $e %}', input: '{% $states.input %}' }, End: true },
      }),
      { invoke: () => Promise.reject(failure('Broken', 'why')) },
    );
    expect(output).to.deep.equal({ e: 'Broken', input: { Error: 'Broken', Cause: 'why' } });
  });

  it("prefer an error's own cause text to its message", async () => {
    const { cause } = await run(machine({ T: task }), {
      invoke: () => Promise.reject(new Error('message', { cause: '{"errorType":"E"}' })),
    });
    expect(cause).to.equal('{"errorType":"E"}');
  });

  it('match oversized task results by States.ALL, but not a state that is too large itself', async () => {
    const big = 'x'.repeat(256 * 1024);
    const caught = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'E' }] };
    const states = { E: { Type: 'Pass', End: true } };
    const result = await run(machine({ T: { ...task, ...caught }, ...states }), { invoke: () => big });
    expect(result.status).to.equal('SUCCEEDED');
    const output = await run(machine({ T: { ...task, ...caught, Output: big }, ...states }));
    expect(output).to.deep.include({
      error: 'States.DataLimitExceeded',
      cause:
        "The state/task 'T' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
    const fits = await run(machine({ T: task }), { invoke: () => big.slice(2) });
    expect(fits.status).to.equal('SUCCEEDED');
  });
});
