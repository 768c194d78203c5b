// Are numbers stopped that no store can hold?
import { expect } from 'chai';
import { InternalError } from '../../domain/errors.ts';
import { assertFinite } from '../../domain/json-numbers.ts';

describe('assertFinite', () => {
  for (const [path, value] of [
    ['$', NaN],
    ['$.a[1].b', { a: [1, { b: Infinity }] }],
    ['$.figures.pace.value', { figures: { pace: { value: -Infinity } } }],
  ] as const)
    it(`names ${path} (A61)`, () => {
      expect(() => assertFinite(value)).to.throw(InternalError, path);
    });

  it('lets fractions, text, null and nested lists pass', () => {
    expect(() =>
      assertFinite({ a: 0.1, b: ['NaN', null, [-0, 1e308]], c: true, d: undefined }),
    ).not.to.throw();
  });
});
