// Can what a run shows be read, and its commands be run again?
import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { array, assert, property, string } from 'fast-check';
import { commandLine, prettyJson, secondsBetween } from '../../../web/src/pages/runs/run-texts.ts';

describe('the texts of a run', () => {
  it('write a command so that a shell gives the program the same words', () => {
    const word = string({ unit: 'binary', minLength: 0, maxLength: 12 }).filter(
      (text) => !text.includes('\0'),
    );
    assert(
      property(array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const script = commandLine(['printf', String.raw`%s\0`, ...words]);
        const said = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
        expect(said).to.equal(words.map((one) => `${one}\0`).join(''));
      }),
      { numRuns: 50 },
    );
  });

  it('indent JSON and leave other texts alone', () => {
    expect(prettyJson('{"a":[1]}')).to.equal('{\n  "a": [\n    1\n  ]\n}');
    expect(prettyJson('no JSON')).to.equal('no JSON');
  });

  it('count the seconds of what goes on until now, and none of what never began', () => {
    const from = '2026-01-01T00:00:00.000Z';
    expect(secondsBetween(from, '2026-01-01T00:00:01.500Z', 0)).to.equal(1.5);
    expect(secondsBetween(from, null, Date.parse(from) + 2000)).to.equal(2);
    expect(secondsBetween(null, null, 0)).to.equal(null);
  });
});
