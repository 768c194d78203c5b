// Is there advice for every problem, in both languages?
import { expect } from 'chai';
import { errorCodes } from '../../../domain/errors.ts';
import english from '../../../web/src/locales/en/figures.json' with { type: 'json' };
import portuguese from '../../../web/src/locales/pt/figures.json' with { type: 'json' };

describe('advice for problems', () => {
  for (const [language, { problems }] of Object.entries({ english, portuguese })) {
    it(`is there for every code, and for no other, in ${language}`, () => {
      expect(Object.keys(problems)).to.have.members([...errorCodes]);
      for (const { advice } of Object.values(problems)) expect(advice).to.match(/^\p{Lu}.+\.$/u);
    });
  }

  it('is translated', () => {
    for (const code of errorCodes)
      expect(portuguese.problems[code].advice, code).to.not.equal(english.problems[code].advice);
  });
});
