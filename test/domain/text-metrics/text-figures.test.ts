// Are the figures of the words exact, and missing where they must be?
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { measureTextMetrics } from '../../../bench/text-metrics.ts';
import type { Figure } from '../../../domain/figure.ts';
import type { AudioMeasurements } from '../../../domain/measurements.ts';
import { countSyllables } from '../../../domain/text-metrics/syllables.ts';
import { lexicalDiversity } from '../../../domain/text-metrics/lexical-diversity.ts';
import {
  articulationRate,
  textFigureNames,
  textFigures,
  textFiguresSchema,
} from '../../../domain/text-metrics/text-figures.ts';
import type { TextFigures } from '../../../domain/text-metrics/text-figures.ts';
import type { Transcript } from '../../../domain/transcript.ts';
import { said } from './said.ts';

const measured = (transcript: Transcript | null, reason: string | null = null): TextFigures =>
  textFigures({ transcript, reason, audio: null });
const reasonOf = (figure: Figure): string => ('reason' in figure ? figure.reason : '');

const audio: AudioMeasurements = {
  loudnessLufs: -20,
  loudnessRangeLu: 5,
  peakDbfs: -3,
  shortTerm: [],
  silences: [
    { startSeconds: 0.5, endSeconds: 1.5 },
    { startSeconds: 3, endSeconds: 9 },
  ],
  syllablesAtSeconds: [],
};

const starts = (figure: Figure): number[] =>
  'evidence' in figure ? figure.evidence.map((piece) => piece.startSeconds) : [];

const startsOf = (list: { startSeconds: number }[]): number[] => list.map((piece) => piece.startSeconds);

describe('text figures', () => {
  it('are exact on ten words of known time', () => {
    // 10 words from 0 to 4.8 s: 12 syllables; 9 gaps of 0.2 s are no pauses.
    const figures = measured(said('Um, I think we measured the the build. It failed.'));
    expect(figures.wordCount.value).to.equal(10);
    expect(figures.speechRate.value).to.equal(125);
    expect(figures.articulationRate.value).to.equal(2.292);
    expect(figures.fillersPerMinute.value).to.equal(12.5);
    expect(figures.fillersPer100Words.value).to.equal(10);
    expect(figures.hedgesPer100Words.value).to.equal(10);
    expect(figures.repeats.value).to.equal(1);
    expect(figures.sentenceLength.value).to.equal(5);
    expect(figures.readingGrade.value).to.equal(-0.66);
    expect(figures.fillersPerMinute)
      .to.have.property('evidence')
      .that.deep.equals([{ startSeconds: 0, endSeconds: 0.3, text: 'Um,' }]);
  });

  it('agree with the truth of the sample', () => {
    const truth = JSON.parse(
      readFileSync(new URL('../../../samples/interview.truth.json', import.meta.url), 'utf8'),
    );
    const { speech } = truth;
    const figures = measured({ ...said(''), words: speech.words });
    expect(figures.wordCount.value).to.equal(speech.wordCount);
    expect(figures.speechRate.value).to.be.closeTo(speech.speechRateWordsPerMinute, 0.1);
    expect(figures.fillersPerMinute.value).to.be.closeTo(speech.fillersPerMinute, 0.01);
    expect(starts(figures.fillersPer100Words)).to.deep.equal(startsOf(speech.fillers));
    expect(starts(figures.hedgesPer100Words)).to.deep.equal(startsOf(speech.hedges));
    expect(starts(figures.repeats)).to.deep.equal(startsOf(speech.repeats));
  });

  it('are all missing, with the reason, without a transcript or words (A64)', () => {
    for (const figures of [measured(null, 'no recogniser'), measured(said(''))])
      for (const name of textFigureNames) {
        expect(figures[name].value, name).to.equal(null);
        expect(reasonOf(figures[name])).to.match(/no recogniser|holds no words/);
      }
  });

  it('are missing for French where a list would be needed (A64)', () => {
    const figures = measured(said('Je pense que oui. Voilà.', 'fr-FR'));
    expect(reasonOf(figures.fillersPerMinute)).to.equal('there is no list of fillers for the language fr-FR');
    expect(reasonOf(figures.hedgesPer100Words)).to.include('fr-FR');
    expect(reasonOf(figures.readingGrade)).to.include('English');
    expect(reasonOf(figures.articulationRate)).to.include('English');
    expect(figures.sentenceLength.value).to.equal(2.5);
  });

  it('need punctuation for sentences and for the reading grade', () => {
    const plain = measured(said('we had no marks at all'));
    expect(reasonOf(plain.sentenceLength)).to.include('punctuation');
    expect(reasonOf(plain.readingGrade)).to.include('punctuation');
    const oneStop = measured(said(`${'word '.repeat(300)}end.`));
    expect(reasonOf(oneStop.sentenceLength)).to.include('too little punctuation');
  });

  it('take pauses from the sound when it is there', () => {
    // 4 syllables from 0 to 1.8 s; the silence within takes 1.0 s of them.
    const transcript = said('we ran the test');
    expect(articulationRate(transcript, audio).value).to.equal(5);
    expect(articulationRate(transcript, null).value).to.equal(2.222);
    expect(articulationRate({ ...transcript, timing: 'cue' }, null).value).to.equal(null);
    expect(articulationRate({ ...transcript, timing: 'cue' }, audio).value).to.equal(5);
  });

  it('have no rate when all words stand at one moment', () => {
    const words = [{ text: 'hello', startSeconds: 1, endSeconds: 1 }];
    expect(reasonOf(measured({ ...said(''), words }).speechRate)).to.include('no length in time');
  });

  it('are finite or missing for any words', () => {
    const word = fc.record({
      text: fc.oneof(
        fc.string({ minLength: 1 }),
        fc.constantFrom('um', 'like,', 'the', 'you', 'know,', '.', '—'),
      ),
      startSeconds: fc.double({ min: 0, max: 1e5, noNaN: true }),
      endSeconds: fc.double({ min: 0, max: 1e5, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        textFiguresSchema.parse(measured({ ...said(''), words }));
      }),
    );
  });

  it('of 1,500 words take at most 10 ms', async () => {
    const { millisecondsPer1500Words } = await measureTextMetrics();
    expect(millisecondsPer1500Words).to.be.at.most(10);
  });
});

describe('lexical diversity', () => {
  // By hand: a b c d a (4/5) a (4/6 ≤ 0.72) is one run; the rest, e f, has the ratio 1 and counts 0.
  it('equals the hand-calculated MTLD', () => {
    // Backwards f e a a (3/4) d c b a (6/8) never falls to 0.72: (1 − 0.75) / 0.28 of a run.
    const value = lexicalDiversity(['a', 'b', 'c', 'd', 'a', 'a', 'e', 'f']);
    expect(value).to.be.closeTo((8 / 1 + 8 / (0.25 / 0.28)) / 2, 1e-9);
  });
  it('ends a run that is exactly on 0.72', () => {
    // 18 types in 25 words end a run; the new word after them is a rest of 0. Backwards 19 types in 26 never get there.
    const letters = 'a b c d e f g h i j k l m n o p q r a b c d e f g z'.split(' ');
    const backwards = 26 / ((1 - 19 / 26) / 0.28);
    expect(lexicalDiversity(letters)).to.be.closeTo((26 + backwards) / 2, 1e-9);
  });
  it('is unknown when no word comes twice', () => {
    expect(lexicalDiversity(['a', 'b', 'c'])).to.equal(null);
  });
  it('is missing under 100 words', () => {
    expect(reasonOf(measured(said('the cat '.repeat(49))).lexicalDiversity)).to.include('at least 100 words');
    expect(measured(said('the cat '.repeat(50))).lexicalDiversity.value).to.equal(3.03);
  });
});

describe('syllables', () => {
  for (const [word, count] of [
    ['company', 3],
    ['measured', 2],
    ['40', 2],
    ['1,500', 6],
    ['2019', 5],
    ['um', 1],
    ['—', 1],
  ] as const)
    it(`of “${word}” are ${count}`, () => {
      expect(countSyllables(word, 'en')).to.equal(count);
    });

  it('of a hostile word are counted at once', () => {
    expect(countSyllables('ae'.repeat(1e6), 'en')).to.be.within(1, 64);
  });
});
