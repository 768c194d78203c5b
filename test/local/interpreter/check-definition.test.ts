// Are definitions that cannot run refused in one clear sentence?

import { expect } from 'chai';
import { checkDefinition, DefinitionRejected } from '../../../local/interpreter/check-definition.ts';
import { machine, scope } from './support.ts';

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

describe('a definition', () => {
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
