// Are definitions that cannot run refused in one clear sentence?

import { expect } from 'chai';
import { checkDefinition } from '../../../local/interpreter/check-definition.ts';
import { DefinitionRejected } from '../../../local/interpreter/definition-rejected.ts';
import { lambda, machine, scope } from './support.ts';

const end = { Type: 'Pass', End: true };

const rejected: readonly (readonly [string, unknown, string])[] = [
  ['no QueryLanguage', scope({ A: end }), 'has none, which means JSONPath'],
  ['JSONPath', { ...machine({ A: end }), QueryLanguage: 'JSONPath' }, 'has "JSONPath"'],
  ['no object', [], 'not a JSON object'],
  ['a JSONPath state', machine({ A: { ...end, QueryLanguage: 'JSONPath' } }), "can not be 'JSONPath'"],
  ['a JSONPath field', machine({ A: { ...end, Parameters: {} } }), "field 'Parameters' is only supported"],
  [
    'a JSONPath choice',
    machine({ A: { Type: 'Choice', Choices: [{ Variable: '$.a', Next: 'A' }] } }),
    "field 'Variable' is only supported",
  ],
  [
    'a JSONPath field deep inside',
    machine({ P: { Type: 'Parallel', Branches: [scope({ A: { ...end, ResultPath: '$' } })], End: true } }),
    '/States/P/Branches[0]/States/A',
  ],
  [
    'an unknown Next',
    machine({ A: { Type: 'Pass', Next: 'B' } }),
    "names the state 'B', which does not exist",
  ],
  ['no transition', machine({ A: { Type: 'Pass' } }), 'Next is missing at /States/A'],
  ['an unknown Type', machine({ A: { Type: 'Nap', End: true } }), 'unknown Type "Nap"'],
  [
    'an expression that does not parse',
    machine({ A: { ...end, Output: { x: '{% 1 + %}' } } }),
    '/States/A/Output/x does not parse',
  ],
  ['an assignment to $states', machine({ A: { ...end, Assign: { states: 1 } } }), "'states' is reserved"],
  [
    'an inner scope that assigns an outer variable',
    machine({
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'P' },
      P: { Type: 'Parallel', Branches: [scope({ B: { ...end, Assign: { x: 2 } } })], End: true },
    }),
    "'x' belongs to an outer scope",
  ],
];

const task = { Type: 'Task', Resource: lambda };
const map = { Type: 'Map', ItemProcessor: scope({ I: end }), End: true };
const all = { ErrorEquals: ['States.ALL'] };
const catchAll = { ...all, Next: 'Z' };
const row = (fields: object) => ({ ...task, ...fields, Next: 'Z' });
const longName = 'a'.repeat(81);

/** What Step Functions refuses when a state machine is created; measured or documented (decision 005). */
const refusedByAws: readonly (readonly [string, { readonly [name: string]: unknown }, string])[] = [
  ['both Next and End', { A: { Type: 'Pass', Next: 'A', End: true } }, '/States/A has both Next and End'],
  [
    'a name used in two branches',
    { P: { Type: 'Parallel', Branches: [scope({ A: end }), scope({ A: end })], End: true } },
    '/States/P/Branches[1]/States/A has the name of /States/P/Branches[0]/States/A',
  ],
  [
    'a name used inside and outside',
    { A: { ...map, ItemProcessor: scope({ A: end }) } },
    '/States/A/ItemProcessor/States/A has the name of /States/A;',
  ],
  ['a name of 81 characters', { [longName]: end }, `/States/${longName} is longer than 80`],
  [
    'States.ALL beside another name in a Retry',
    { A: row({ Retry: [{ ErrorEquals: ['States.ALL', 'Busy'] }] }), Z: end },
    'at /States/A/Retry[0] it does not',
  ],
  [
    'States.ALL before the last row of a Catch',
    { A: row({ Catch: [catchAll, { ErrorEquals: ['Busy'], Next: 'Z' }] }), Z: end },
    'at /States/A/Catch[0] it does not',
  ],
  ['an unknown field', { A: { ...end, Foo: 1 } }, "A Pass state has no field 'Foo' (/States/A)"],
  ['a Catch on a Pass', { A: { ...end, Catch: [] } }, "A Pass state has no field 'Catch' (/States/A)"],
  ['a Retry on a Wait', { A: { ...end, Type: 'Wait', Seconds: 1, Retry: [] } }, "no field 'Retry'"],
  ['a Next on a Succeed', { A: { Type: 'Succeed', Next: 'A' } }, "A Succeed state has no field 'Next'"],
  ['TimeoutSeconds on a Map', { A: { ...map, TimeoutSeconds: 1 } }, "no field 'TimeoutSeconds'"],
  [
    'an unknown field in a row',
    { A: row({ Retry: [{ ErrorEquals: ['Busy'], MaxAttempt: 1 }] }), Z: end },
    "A row of Retry has no field 'MaxAttempt' (/States/A/Retry[0])",
  ],
  [
    'a branch with a QueryLanguage of its own',
    { P: { Type: 'Parallel', Branches: [{ ...scope({ A: end }), QueryLanguage: 'JSONata' }], End: true } },
    "A branch has no field 'QueryLanguage' (/States/P/Branches[0])",
  ],
  ['a Catch that is no list', { A: row({ Catch: catchAll }), Z: end }, 'Catch of /States/A is not a list'],
  [
    'a Wait with Seconds and Timestamp',
    { A: { ...end, Type: 'Wait', Seconds: 1, Timestamp: '2030-01-01T00:00:00Z' } },
    '/States/A has both Seconds and Timestamp',
  ],
  ['a Wait with neither', { A: { ...end, Type: 'Wait' } }, 'Wait without Seconds or Timestamp'],
  ['a state that no way leads to', { A: end, B: end }, '/States/B is not reachable'],
  [
    'a state in a branch that only itself leads to',
    { P: { Type: 'Parallel', Branches: [scope({ A: end, B: { Type: 'Pass', Next: 'B' } })], End: true } },
    '/States/P/Branches[0]/States/B is not reachable',
  ],
  ['no state that ends it', { A: { Type: 'Pass', Next: 'A' } }, 'No state can end the machine'],
  ...[
    'ItemReader',
    'ItemBatcher',
    'ResultWriter',
    'ToleratedFailureCount',
    'ToleratedFailurePercentage',
    'Label',
  ].map(
    (field) =>
      [
        `${field} on an INLINE Map`,
        { A: { ...map, [field]: 1 } },
        `Only a DISTRIBUTED Map may have ${field}; /States/A is an INLINE one.`,
      ] as const,
  ),
];

/** What our own rules would refuse, but Step Functions takes. */
const accepted: readonly (readonly [string, { readonly [name: string]: unknown }])[] = [
  ['a Task without TimeoutSeconds, Retry and Catch', { A: { ...task, End: true } }],
  ['a Choice without Default', { A: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Z' }] }, Z: end }],
  ['a name of 80 characters', { ['a'.repeat(80)]: end }],
  ['States.ALL alone in the last rows', { A: row({ Retry: [all], Catch: [catchAll] }), Z: end }],
  ['a state that only a catcher leads to', { A: { ...task, Catch: [catchAll], End: true }, Z: end }],
  [
    'a loop in a branch that nothing ends',
    { P: { Type: 'Parallel', Branches: [scope({ A: { Type: 'Pass', Next: 'A' } })], End: true } },
  ],
  ['End false beside a Next', { A: { Type: 'Pass', End: false, Next: 'Z' }, Z: end }],
  [
    'comments and languages wherever they may stand',
    {
      A: row({ Comment: 'a', QueryLanguage: 'JSONata', Retry: [{ ...all, Comment: 'b' }] }),
      Z: { Type: 'Fail', Comment: 'c', Error: 'E', Cause: 'C' },
    },
  ],
];

describe('a definition', () => {
  for (const [what, states, sentence] of refusedByAws) {
    it(`with ${what} is refused as Step Functions refuses it`, () => {
      expect(() => checkDefinition(machine(states))).to.throw(DefinitionRejected, sentence);
    });
  }

  for (const [what, states] of accepted) {
    it(`may have ${what}`, () => {
      expect(checkDefinition(machine(states))).to.deep.equal(machine(states));
    });
  }

  for (const [what, definition, sentence] of rejected) {
    it(`with ${what} is refused`, () => {
      expect(() => checkDefinition(definition)).to.throw(DefinitionRejected, sentence);
    });
  }

  it('may assign an outer name in the children of a distributed Map, which do not see it', () => {
    const child = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      ...scope({ B: { ...end, Assign: { x: 2 } } }),
    };
    const definition = machine({
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'M' },
      M: { Type: 'Map', ItemProcessor: child, End: true },
    });
    expect(checkDefinition(definition)).to.deep.equal(definition);
  });
});
