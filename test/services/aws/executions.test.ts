// Is the same input always the same text (A11)?
import { expect } from 'chai';
import { assert, object, property } from 'fast-check';
import { canonicalJson } from '../../../services/aws/executions.ts';

const reversed = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, item]) => [key, reversed(item)]),
      )
    : value;

describe('the canonical text of an input', () => {
  it('does not depend on the order of keys at any depth', () => {
    assert(
      property(object({ withNullPrototype: false }), (value) => {
        const json: unknown = JSON.parse(JSON.stringify(value));
        expect(canonicalJson(reversed(json))).to.equal(canonicalJson(json));
        expect(JSON.parse(canonicalJson(json))).to.deep.equal(json);
      }),
    );
  });

  it('keeps the order of lists', () => {
    expect(canonicalJson([{ b: 1, a: [3, 1, 2] }])).to.equal('[{"a":[3,1,2],"b":1}]');
  });

  it('refuses numbers that JSON does not know (A61)', () => {
    expect(() => canonicalJson({ a: { b: Number.NaN } })).to.throw(/\$\.a\.b is NaN/);
  });
});
