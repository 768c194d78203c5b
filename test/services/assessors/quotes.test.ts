// Are quotes found where they stand, and nowhere else?
import { expect } from 'chai';
import { quoteFinder } from '../../../services/assessors/quotes.ts';
import { answerOf } from './answers.ts';

const find = (text: string, quote: string) =>
  quoteFinder(answerOf(text).transcript)(quote).map(({ startSeconds, endSeconds, text: words }) => [
    startSeconds,
    endSeconds,
    words,
  ]);

describe('a quote', () => {
  it('has the times of its first and last word, and the transcript’s own spelling', () => {
    expect(find('So, I MEASURED every test.', 'i measured, every')).to.deep.equal([
      [0.5, 1.9, 'I MEASURED every'],
    ]);
  });

  it('is found at each place where it stands', () => {
    expect(find('um, the um. Um', 'Um')).to.deep.equal([
      [0, 0.4, 'um,'],
      [1, 1.4, 'um.'],
      [1.5, 1.9, 'Um'],
    ]);
    expect(find('ha ha ha', 'ha ha')).to.have.lengthOf(2);
  });

  for (const [quote, why] of [
    ['I measured all tests', 'changed'],
    ['I … test', 'with a gap'],
    ['I measure', 'that ends within a word'],
    ['easured every', 'that begins within a word'],
    ['test so', 'out of order'],
    ['', 'without letters'],
    ['…', 'of signs only'],
  ] as const) {
    it(`${why} stands nowhere`, () => {
      expect(find('So I measured every test', quote)).to.deep.equal([]);
    });
  }

  it('is found with any apostrophe, composed or decomposed letters and over words without letters', () => {
    expect(find('I don’t like cafe\u0301s — really', "don't like cafés really")).to.deep.equal([
      [0.5, 2.9, 'I don’t like cafe\u0301s — really'.slice(2)],
    ]);
  });

  it('is found in a language written without spaces', () => {
    expect(find('私 は 毎日 テスト した', '毎日テスト')).to.deep.equal([[1, 1.9, '毎日 テスト']]);
  });
});
