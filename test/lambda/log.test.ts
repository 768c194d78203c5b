// What does a function write down, and what never?
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLog } from '../../lambda/log.ts';

function logged(event: string, facts?: { readonly [fact: string]: unknown }) {
  let text = '';
  createLog({ stage: 's', requestId: 'r', executionName: null, write: (line) => (text += line) })(
    event,
    facts,
  );
  expect(text.endsWith('\n') && text.indexOf('\n')).to.equal(text.length - 1);
  return JSON.parse(text) as { readonly [fact: string]: unknown };
}

const root = join(import.meta.dirname, '../..');
/** The facts in every call of `log` in the handlers. */
const factsOfHandlers = globSync('handlers/**/*.ts', { cwd: root }).flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\blog\([^{}]*\{([^}]*)\}/g)].flatMap(
    ([, facts = '']) =>
      facts
        .split(',')
        .map((fact) => fact.split(':')[0]?.trim() ?? '')
        .filter((fact) => /^[a-zA-Z]+$/.test(fact)),
  ),
);

describe('the log of a function', () => {
  it('keeps the value of a fact that it does not know to itself', () => {
    const line = logged('heard', { transcript: 'my salary', fileName: 'me.webm', code: 'EMPTY' });
    expect(line).to.include({ transcript: '[left out]', fileName: '[left out]', code: 'EMPTY' });
  });

  it('knows every fact that a handler tells', () => {
    expect(factsOfHandlers.length).to.be.greaterThan(10);
    const line = logged('all', Object.fromEntries(factsOfHandlers.map((fact) => [fact, 'told'])));
    expect(factsOfHandlers.filter((fact) => line[fact] !== 'told')).to.deep.equal([]);
  });

  for (const text of ['my secret answer', '{"text":"my secret" x', '{"text":"a","b":"secret", my secret'])
    it(`does not quote what could not be parsed: ${text}`, () => {
      let error = '';
      try {
        JSON.parse(text);
      } catch (thrown) {
        error = String(thrown);
      }
      expect(error).not.to.equal('');
      expect(JSON.stringify(logged('handler failed', { message: error }))).not.to.include('secret');
    });

  it('marks failures as errors and cuts what is too long', () => {
    expect(logged('handler failed')).to.include({ level: 'ERROR' });
    expect(logged('fine')).to.include({ level: 'INFO' });
    expect(logged('long', { message: 'x'.repeat(100_000) })['message']).to.have.length(8192);
  });

  it('leaves out objects, whose fields nobody has looked at', () => {
    expect(logged('deep', { message: { transcript: 'secret' } })['message']).to.equal('[left out]');
    expect(logged('list', { losses: ['a', { b: 'secret' }] })['losses']).to.deep.equal(['a', '[left out]']);
  });
});
