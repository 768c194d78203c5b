// Does a report in Portuguese say everything that it can in Portuguese, and mark what it cannot?
import { expect } from 'chai';
import { statements } from '../../domain/assessment-rules/statements.ts';
import { problemOf } from '../../domain/failure.ts';
import { errorCodes } from '../../domain/errors.ts';
import { formulaNames, formulas } from '../../domain/formulas.ts';
import { bandSourceOf, definitionOf, sentenceOf, sourceOf, titleOf, unitOf } from '../../report/catalogue.ts';
import { english } from '../../report/language.ts';
import { portuguese } from '../../report/portuguese.ts';

/** What is the same in both languages. */
const shared = new Set(['ratio', 's', 'LUFS', 'dBFS']);

/** Names of the words of a language, with those of the tables in it. */
const namesOf = (value: object): string[] =>
  Object.entries(value).flatMap(([name, inside]: [string, unknown]) =>
    typeof inside === 'object' && inside !== null && name !== 'catalogue'
      ? Object.keys(inside).map((key) => `${name}.${key}`)
      : [name],
  );

describe('report in Portuguese', () => {
  it('has the same words as in English', () => {
    expect(namesOf(portuguese).toSorted()).to.deep.equal(namesOf(english).toSorted());
  });

  for (const name of formulaNames) {
    it(`names, defines and sources the figure ${name}`, () => {
      const { band, unit, source } = formulas[name];
      expect(portuguese.catalogue.formulas[name]?.title).to.be.a('string');
      expect(titleOf(name, english)).to.equal(formulas[name].title);
      for (const said of [definitionOf(name, portuguese), sourceOf(name, portuguese)])
        expect(said.lang, said.text).to.equal(null);
      if (band && band.source !== source) expect(bandSourceOf(name, portuguese)?.lang).to.equal(null);
      if (!shared.has(unit)) expect(unitOf(unit, portuguese)).to.not.equal(unit);
    });
  }

  for (const code of errorCodes) {
    it(`says what the candidate is told of ${code}`, () => {
      const { message } = problemOf({ Error: 'InternalError', Cause: `${code}: detail` });
      expect(sentenceOf(message, portuguese).lang, message).to.equal(null);
    });
  }

  it('knows every statement of the local rules, with its value in the form of the language', () => {
    for (const [name, rule] of Object.entries(statements)) {
      for (const place of ['below', 'within', 'above'] as const) {
        const sentence = rule[place]?.(rule.write(2.5));
        if (sentence !== undefined)
          expect(sentenceOf(sentence, portuguese), `${name} ${place}`).to.have.property('lang', null);
      }
    }
    const sentence = statements.loudness?.within?.('-21.4') ?? '';
    expect(sentenceOf(sentence, portuguese).text).to.include('volume de -21,4 LUFS');
  });

  it('puts the parts of a sentence into its translation', () => {
    const summary =
      'Fixed rules find 3 of the 4 parts of a STAR answer (situation, task and your own action). First to work on: You speak 90 words per minute, a pace that is easy to follow; keep it.';
    expect(sentenceOf(summary, portuguese)).to.deep.equal({
      text: 'Regras fixas encontram 3 das 4 partes de uma resposta STAR (situação, tarefa e a sua própria ação). Primeiro a melhorar: Você fala 90 palavras por minuto, um ritmo fácil de acompanhar; mantenha.',
      lang: null,
    });
  });

  it('finds a list whose members hold commas', () => {
    const statement =
      'The rules find 2 of the 4 parts of a STAR answer; missing: your own action and result. Next time say what you yourself did, step by step, starting with “I” and end with what came of it, with a number if you have one.';
    const { text, lang } = sentenceOf(statement, portuguese);
    expect(lang).to.equal(null);
    expect(text).to.include('passo a passo, começando com “eu” e termine com');
  });

  it('leaves a sentence that it does not know in English, and says so', () => {
    expect(sentenceOf('Something new happened.', portuguese)).to.deep.equal({
      text: 'Something new happened.',
      lang: 'en',
    });
    expect(sentenceOf('Something new happened.', english).lang).to.equal(null);
  });

  it('says a reason as a sentence when it stands as one', () => {
    expect(sentenceOf('The recording has no picture', portuguese).text).to.equal('A gravação não tem imagem');
  });
});
