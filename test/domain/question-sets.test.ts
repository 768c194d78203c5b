// Are the built-in questions good enough to be asked, in both languages?
import { expect } from 'chai';
import { appLanguages, questionSetSchema } from '../../domain/question-sets.ts';
import { builtInQuestionSets } from '../../domain/question-sets/built-in.ts';

/** What sets are about, and how much they ask. */
const topics = (language: string) =>
  builtInQuestionSets
    .filter((set) => set.language === language)
    .map(({ questionSetId, questions }) => `${questionSetId.slice(0, -3)} ${String(questions.length)}`);

describe('the built-in sets of questions', () => {
  it('have the form that every set has, and ids of their own', () => {
    for (const set of builtInQuestionSets) questionSetSchema.parse(set);
    const ids = builtInQuestionSets.map(({ questionSetId }) => questionSetId);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(builtInQuestionSets.every(({ origin }) => origin === 'built-in')).to.equal(true);
  });

  for (const language of appLanguages)
    it(`are at least four in ${language}, of six to eight questions each, none of them twice`, () => {
      const sets = builtInQuestionSets.filter((set) => set.language === language);
      expect(sets.length).to.be.at.least(4);
      for (const { questions } of sets) expect(questions.length).to.be.within(6, 8);
      const questions = sets.flatMap((set) => set.questions);
      expect(new Set(questions).size).to.equal(questions.length);
    });

  it('cover the same in both languages', () => {
    expect(topics('pt')).to.deep.equal(topics('en'));
  });
});
