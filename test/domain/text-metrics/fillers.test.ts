// Are fillers told from the same words in their proper use?
import { expect } from 'chai';
import { findFillers } from '../../../domain/text-metrics/fillers.ts';
import { findHedges } from '../../../domain/text-metrics/hedges.ts';
import { findRepeats } from '../../../domain/text-metrics/repeats.ts';
import { evidenceOf } from '../../../domain/text-metrics/marked-text.ts';
import type { Occurrence } from '../../../domain/text-metrics/marked-text.ts';
import { said } from './said.ts';

type Case = readonly [sentence: string, ...found: readonly string[]];

function check(find: (text: string) => readonly Occurrence[] | null, cases: readonly Case[]): void {
  for (const [sentence, ...expected] of cases) {
    it(`finds ${expected.length === 0 ? 'none' : expected.join(' | ')} in “${sentence}”`, () => {
      const { words } = said(sentence);
      const found = (find(sentence) ?? []).map((occurrence) => evidenceOf(words, occurrence).text);
      expect(found).to.deep.equal(expected);
    });
  }
}

describe('fillers of English', () => {
  check(
    (text) => findFillers(said(text)),
    [
      ['Um, I was, uh, at the er desk, hmm.', 'Um,', 'uh,', 'er', 'hmm.'],
      ['Uhm umm uhh mm erm ehm.', 'Uhm', 'umm', 'uhh', 'mm', 'erm', 'ehm.'],
      ['The umbrella, the mummy and the error are 5 mm wide.'],
      ['I worked as a nurse in the ER, at night.'],
      ['I like to finish what I start.'],
      ['I would like that. I really like tests. We’d like more.'],
      ['It looks like rain and sounds like thunder.'],
      ['Do it like this, or like that.'],
      ['People like me use tools like Jenkins.'],
      ['Like I said, we do not like it.'],
      ['What was it like, working there?'],
      ['It was, like, green.', 'like,'],
      ['Like, nobody knew.', 'Like,'],
      ['She was like, wow.', 'like,'],
      ['There were like twenty servers', 'like'],
      ['He is like really good', 'like'],
      ['and like we had no plan', 'like'],
      ['and like we said before'],
      ['it was like like slow', 'like'],
      ['You know, nobody trusted it.', 'You know,'],
      ['It was, you know, hard.', 'you know,'],
      ['Do you know, by chance, the time?'],
      ['Did you know? As you know, tests matter.'],
      ['Let me know if you know what I want, please.'],
      ['You know the answer, don’t you?'],
      ['Use the tools you know, then learn.'],
      ['and you know we had to start again', 'you know'],
      ['and you know what I want'],
      ['I mean, it was slow.', 'I mean,'],
      ['I mean it. I mean it seriously, sir.'],
      ['That is what I mean, exactly.'],
      ['I mean the other one, not this.'],
      ['I mean it was slow, so what', 'I mean'],
      ['I mean we had no time', 'I mean'],
      ['We sort of gave up.', 'sort of'],
      ['It is a sort of cache, this sort of thing.'],
      ['A different sort of problem.'],
    ],
  );

  it('has no list for French', () => {
    expect(findFillers(said('euh je pense', 'fr-FR'))).to.equal(null);
    expect(findHedges(said('peut-être', 'fr-FR'))).to.equal(null);
  });
});

describe('fillers of Portuguese', () => {
  check(
    (text) => findFillers(said(text, 'pt-BR')),
    [
      ['Hum, um dia, né, a gente parou.', 'Hum,', 'né,'],
      ['É, eu acho que é bom.', 'É,'],
      ['É bom e é rápido.'],
      ['Foi, tipo, muito lento.', 'tipo,'],
      ['Era tipo assim um teste.', 'tipo assim'],
      ['Um tipo de teste, esse tipo, não.'],
      ['Foi difícil, sabe?', 'sabe?'],
      ['Ele sabe o que faz, você sabe.'],
      ['Então, eu medi tudo. Até então, nada.', 'Então,'],
      ['Quer dizer, foi bom. Isso quer dizer muito.', 'Quer dizer,'],
    ],
  );
});

describe('hedges', () => {
  check(
    (text) => findHedges(said(text)),
    [
      ['I think it was probably slow.', 'I think', 'probably'],
      ['I think about tests. That is what I think.'],
      ['I guess we were kind of late, maybe.', 'I guess', 'kind of', 'maybe.'],
      ['It is a kind of test, with a bit of code.'],
      ["I'm not sure, more or less.", "I'm not sure,", 'more or less.'],
    ],
  );
  it('knows Portuguese', () => {
    expect(findHedges(said('eu acho que talvez foi mais ou menos', 'pt'))).to.have.length(3);
  });
});

describe('repeats', () => {
  check(
    (text) => findRepeats(said(text)),
    [
      ['that the the database', 'the'],
      ['the the the end', 'the', 'the'],
      ['I was I was late', 'I was'],
      ['We ran tests. Tests failed.'],
      ['I know that that had had very very little effect'],
      ['the, the plan', 'the'],
      ['nine 9 9 times'],
    ],
  );
});
