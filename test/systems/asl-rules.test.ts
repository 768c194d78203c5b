// Does each rule find its fault, and only that? One mutant of a sound definition per fault.
import { expect } from 'chai';
import { createRequire } from 'node:module';
import { boundNames, everyKind, rawTask } from './sound-machines.ts';
import { checkDefinition, type Finding, type RuleName } from '../../systems/asl-rules.ts';
import type { StateMachineDefinition } from '../../systems/asl.ts';
import { analyseInterview } from '../../systems/interview/pipeline.ts';
import { compile } from '../../systems/machine.ts';

type Validate = (definition: object) => { readonly isValid: boolean; readonly errorsText: () => string };
const require = createRequire(import.meta.url);
const validate = require('asl-validator') as Validate;

const functionArn = (name: string): string => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;
const sound = { analyseInterview, everyKind, boundNames, rawTask };

const retry = [{ ErrorEquals: ['TemporaryFailure'], IntervalSeconds: 2, MaxAttempts: 2, MaxDelaySeconds: 9 }];
const caught = [
  { ErrorEquals: ['States.ALL'], Next: 'Stop', Assign: { failure: '{% $states.errorOutput %}' } },
];
const work = {
  Type: 'Task',
  Resource: functionArn('work'),
  Arguments: { key: '{% $states.input.key %}' },
  TimeoutSeconds: 10,
  Retry: retry,
  Catch: caught,
  Assign: { n: '{% $states.result.n %}' },
};
/** Small and sound; the mutants replace states of it. */
const base = {
  QueryLanguage: 'JSONata',
  StartAt: 'Work',
  TimeoutSeconds: 100,
  States: {
    Work: { ...work, Next: 'Ask' },
    Ask: { Type: 'Choice', Choices: [{ Condition: '{% $n > 3 %}', Next: 'Pause' }], Default: 'Both' },
    Pause: { Type: 'Wait', Seconds: 5, Next: 'Ask' },
    Both: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'Inside', States: { Inside: { Type: 'Pass', Output: '{% $n %}', End: true } } }],
      Catch: caught,
      End: true,
    },
    Stop: { Type: 'Fail', Error: '{% $failure.Error %}' },
  },
};
type States = { readonly [name: string]: object };
const withStates = (states: States): object => ({ ...base, States: { ...base.States, ...states } });
const branch = (states: States): States => ({
  Both: { ...base.States.Both, Branches: [{ StartAt: Object.keys(states)[0], States: states }] },
});
/** Definitions of these tests are wrong on purpose, so they have no type. */
const check = (definition: object): readonly Finding[] =>
  checkDefinition(definition as StateMachineDefinition);

const longName = 'A'.repeat(81);
const atWork = 'States.Work';
const mutants: readonly (readonly [fact: string, rule: RuleName, path: string, definition: object])[] = [
  [
    'a Catch with States.ALL beside another name',
    'states-all',
    'States.Work.Catch[0]',
    withStates({
      Work: { ...base.States.Work, Catch: [{ ...caught[0], ErrorEquals: ['States.ALL', 'X'] }] },
    }),
  ],
  [
    'a Retry with a row after States.ALL',
    'states-all',
    'States.Work.Retry[0]',
    withStates({
      Work: { ...base.States.Work, Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }, ...retry] },
    }),
  ],
  [
    'a Task without a timeout',
    'timeout',
    atWork,
    withStates({ Work: without(base.States.Work, 'TimeoutSeconds') }),
  ],
  [
    'a heartbeat that is not shorter than the timeout',
    'timeout',
    atWork,
    withStates({ Work: { ...base.States.Work, HeartbeatSeconds: 10 } }),
  ],
  ['a machine without a timeout', 'timeout', '$', without(base, 'TimeoutSeconds')],
  ['a Task without a Retry', 'task-retry', atWork, withStates({ Work: without(base.States.Work, 'Retry') })],
  [
    'a Task whose Catch lets errors through',
    'task-catch',
    atWork,
    withStates({
      Work: { ...base.States.Work, Catch: [{ ...caught[0], ErrorEquals: ['InternalError'] }] },
    }),
  ],
  [
    'a Task that takes longer than the machine',
    'timeouts-nest',
    '$',
    withStates({ Work: { ...base.States.Work, TimeoutSeconds: 101 } }),
  ],
  [
    'a path that with its retries takes longer than the machine',
    'timeouts-nest',
    '$',
    { ...base, TimeoutSeconds: 40 },
  ],
  [
    'a state that nothing leads to',
    'unreachable',
    'States.Island',
    withStates({ Island: { Type: 'Succeed' } }),
  ],
  [
    'a branch that starts nowhere',
    'target',
    'States.Both.Branches[0].StartAt',
    withStates({ Both: { ...base.States.Both, Branches: [{ StartAt: 'Gone', States: {} }] } }),
  ],
  [
    'a rule that leads nowhere',
    'target',
    'States.Ask.Choices[1].Next',
    withStates({
      Ask: {
        ...base.States.Ask,
        Choices: [...base.States.Ask.Choices, { Condition: true, Next: 'Nowhere' }],
      },
    }),
  ],
  [
    'a state without a way out',
    'transition',
    'States.Pause',
    withStates({ Pause: { Type: 'Wait', Seconds: 1 } }),
  ],
  [
    'a Choice without a Default',
    'choice-default',
    'States.Ask',
    withStates({
      Ask: { Type: 'Choice', Choices: [...base.States.Ask.Choices, { Condition: true, Next: 'Both' }] },
    }),
  ],
  [
    'a variable that a Catch does not assign',
    'unassigned-variable',
    'States.Stop.Error',
    withStates({ Stop: { Type: 'Fail', Error: '{% $string($n) %}' } }),
  ],
  [
    'a variable that a branch assigns, read outside',
    'unassigned-variable',
    'States.Done.Output.m',
    withStates({
      ...branch({
        Set: { Type: 'Pass', Assign: { m: 1 }, Next: 'In' },
        In: { Type: 'Succeed', Output: '{% $m %}' },
      }),
      Ask: {
        ...base.States.Ask,
        Default: 'Done',
        Choices: [{ Condition: true, Next: 'Both' }, ...base.States.Ask.Choices],
      },
      Done: { Type: 'Succeed', Output: { m: '{% $m %}' } },
    }),
  ],
  [
    'a variable that is bound in a block, read behind it',
    'unassigned-variable',
    'States.Pause.Seconds',
    withStates({ Pause: { ...base.States.Pause, Seconds: '{% ($t := 1; $t) + $t %}' } }),
  ],
  [
    'a variable in the filter of a call',
    'unassigned-variable',
    'States.Pause.Seconds',
    withStates({ Pause: { ...base.States.Pause, Seconds: '{% $range(1, 9, 1)[$which] %}' } }),
  ],
  [
    'a variable called states',
    'reserved-variable',
    'States.Pause',
    withStates({ Pause: { ...base.States.Pause, Assign: { states: 1 } } }),
  ],
  [
    'a variable with the name of a function',
    'reserved-variable',
    'States.Pause',
    withStates({ Pause: { ...base.States.Pause, Assign: { count: 1 } } }),
  ],
  [
    'a branch that assigns an outer variable',
    'shadowed-variable',
    'States.Both.Branches[0].States.Inside',
    withStates(branch({ Inside: { Type: 'Pass', Assign: { n: 1 }, End: true } })),
  ],
  [
    'an expression that is no JSONata',
    'expression',
    'States.Pause.Seconds',
    withStates({ Pause: { ...base.States.Pause, Seconds: '{% $n + %}' } }),
  ],
  [
    'an expression without an end',
    'expression',
    'States.Pause.Seconds',
    withStates({ Pause: { ...base.States.Pause, Seconds: '{% $n' } }),
  ],
  [
    'a function that Step Functions does not have',
    'expression',
    'States.Pause.Seconds',
    withStates({ Pause: { ...base.States.Pause, Seconds: "{% $eval('1') %}" } }),
  ],
  [
    'a result that is read in Arguments',
    'states-part',
    'States.Work.Arguments.key',
    withStates({ Work: { ...base.States.Work, Arguments: { key: '{% $states.result.n %}' } } }),
  ],
  [
    'an error output that is read outside a Catch',
    'states-part',
    'States.Work.Output',
    withStates({ Work: { ...base.States.Work, Output: '{% $states.errorOutput.Error %}' } }),
  ],
  [
    'two states of one name in different branches',
    'name-unique',
    'States.Both.Branches[0].States.Pause',
    withStates(branch({ Pause: { Type: 'Succeed' } })),
  ],
  [
    'a name of 81 characters',
    'name-length',
    `States.Both.Branches[0].States.${longName}`,
    withStates(branch({ [longName]: { Type: 'Succeed' } })),
  ],
  [
    'a JSONPath field',
    'jsonpath',
    'States.Pause',
    withStates({ Pause: { ...base.States.Pause, InputPath: '$.a' } }),
  ],
  [
    'a state in JSONPath',
    'jsonpath',
    'States.Pause',
    withStates({ Pause: { ...base.States.Pause, QueryLanguage: 'JSONPath' } }),
  ],
  ...[{ IntervalSeconds: 0 }, { MaxDelaySeconds: 2 }, { BackoffRate: 0.5 }, { MaxAttempts: 11 }].map(
    (row) =>
      [
        `a Retry with ${JSON.stringify(row)}`,
        'retry-range',
        'States.Work.Retry[0]',
        {
          ...withStates({ Work: { ...base.States.Work, Retry: [{ ...retry[0], ...row }] } }),
          TimeoutSeconds: 999,
        },
      ] as const,
  ),
  ['a definition of more than 1 MiB', 'size', '$', { ...base, Comment: 'x'.repeat(1_048_576) }],
];

function without(fields: object, name: string): object {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));
}

describe('the rules on a definition', () => {
  for (const [name, machine] of Object.entries(sound)) {
    it(`have nothing to say on ${name}, nor has asl-validator`, () => {
      const definition = compile(machine, { functionArn });
      expect(checkDefinition(definition)).to.deep.equal([]);
      // It writes into what it validates.
      const result = validate(structuredClone(definition));
      expect(result.errorsText()).to.equal('');
      expect(result.isValid).to.equal(true);
    });
  }

  it('have nothing to say on the machine that the mutants are made of', () => {
    expect(check(base)).to.deep.equal([]);
  });

  for (const [fact, rule, path, definition] of mutants) {
    it(`find ${fact}`, () => {
      expect(check(definition).map((finding) => [finding.rule, finding.path])).to.deep.equal([[rule, path]]);
    });
  }

  it('find every state of a loop that never waits', () => {
    const spinning = withStates({ Pause: { Type: 'Pass', Next: 'Ask' } });
    expect(check(spinning).map(({ rule, path }) => [rule, path])).to.deep.equal([
      ['loop-without-wait', 'States.Ask'],
      ['loop-without-wait', 'States.Pause'],
    ]);
  });
});
