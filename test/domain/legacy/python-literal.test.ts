// Are printed Python values read exactly, and nothing else?
import { expect } from 'chai';
import * as fc from 'fast-check';
import { LegacyUnreadable } from '../../../domain/legacy/legacy-unreadable.ts';
import { parsePythonLiteral } from '../../../domain/legacy/python-literal.ts';

const printed = (text: string): string =>
  text.includes("'") && !text.includes('"')
    ? `"${text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}"`
    : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;

describe('a printed Python value', () => {
  for (const [text, value] of [
    [`{'a': None, 'b': True, 'c': False}`, { a: null, b: true, c: false }],
    [`["it's", 'say "hi"', 'don\\'t']`, ["it's", 'say "hi"', "don't"]],
    [`'\\n\\t\\\\ \\x41 \\u00e9 \\U0001F600 \\q'`, '\n\t\\ A é 😀 \\q'],
    [`Decimal('0.85')`, 0.85],
    [`(1, -2.5, 1e3, .5,)`, [1, -2.5, 1000, 0.5]],
    [`u'a' 'b'`, 'ab'],
    [`{1: []}`, { 1: [] }],
    [` {} `, {}],
  ] as const)
    it(`is read: ${text}`, () => {
      expect(parsePythonLiteral(text)).to.deep.equal(value);
    });

  it('may have a key named __proto__', () => {
    const value = parsePythonLiteral(`{'__proto__': {'polluted': 1}}`);
    expect(Object.keys(value as object)).to.deep.equal(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  for (const text of [
    '',
    'nan',
    'inf',
    '1e999',
    "Decimal('NaN')",
    "{'a' 1}",
    "{'a': 1",
    "'open",
    '1 2',
    'f()',
    'toString',
    '{[1]: 2}',
    '[1 2]',
    "'\\x4'",
    '['.repeat(1000),
  ])
    it(`is refused: ${text.slice(0, 20)}`, () => {
      expect(() => parsePythonLiteral(text)).to.throw(LegacyUnreadable);
    });

  it('gives back any printed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', "'", '"', '\\', '\n', 'é', ' ') }), (text) => {
        expect(parsePythonLiteral(`{'k': ${printed(text)}}`)).to.deep.equal({ k: text });
      }),
    );
  });

  it('of 2 MB is read in linear time', () => {
    const start = process.cpuUsage();
    parsePythonLiteral(`'${"\\'".repeat(1e6)}'`);
    expect(process.cpuUsage(start).user / 1000).to.be.below(3000);
  });
});
