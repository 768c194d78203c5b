// Do the schemas do without eval when the page says so before it loads them?
import { execFileSync } from 'node:child_process';
import { expect } from 'chai';

const run = (...lines: readonly string[]): string =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', lines.join('\n')], {
    encoding: 'utf8',
    cwd: new URL('../../..', import.meta.url),
  }).trim();

const countFunctions =
  'let count = 0; globalThis.Function = class extends Function { constructor(...a) { super(...a); count++; } };';
const parse = `const { z } = await import('zod'); z.object({ a: z.string() }).parse({ a: '' }); console.log(count);`;

describe('schemas in a page without eval', () => {
  it('make no function from text', () => {
    expect(run(countFunctions, `await import('./web/src/app/no-eval.ts');`, parse)).to.equal('0');
  });

  it('would make one otherwise', () => {
    expect(Number(run(countFunctions, parse))).to.be.greaterThan(0);
  });
});
