// Which attempts does the list show, and which does it compare?
import { expect } from 'chai';
import {
  filterRecords,
  inOrderOfTime,
  noFilter,
  questionsOf,
  toggleChosen,
  type AttemptFilter,
} from '../../../web/src/pages/attempts/selection.ts';

const record = (
  name: string,
  status: 'UPLOADING' | 'PROCESSING' | 'SUCCEEDED' | 'PARTIAL' | 'FAILED',
  question: string | null,
) => ({ name, status, question, fileName: `${name}.webm` });

const records = [
  record('a', 'PROCESSING', 'Why this company?'),
  record('b', 'SUCCEEDED', 'Conte uma situação difícil.'),
  record('c', 'PARTIAL', 'Why this company?'),
  record('d', 'FAILED', null),
  record('e', 'UPLOADING', 'Tell me about a conflict.'),
];

describe('selection of attempts', () => {
  for (const [what, filter, names] of [
    ['everything without a filter', {}, 'abcde'],
    ['what goes on', { status: 'going-on' }, 'ae'],
    ['one state', { status: 'PARTIAL' }, 'c'],
    ['one question', { question: 'Why this company?' }, 'ac'],
    ['words in any case and without accents', { text: 'SITUACAO dificil' }, 'b'],
    ['words of the file name', { text: 'd.webm' }, 'd'],
    ['nothing when a word is missing', { text: 'why conflict' }, ''],
    ['state and question together', { status: 'PARTIAL', question: 'Why this company?' }, 'c'],
  ] as const satisfies readonly (readonly [string, Partial<AttemptFilter>, string])[]) {
    it(`shows ${what}`, () => {
      const shown = filterRecords(records, { ...noFilter, ...filter });
      expect(shown.map(({ name }) => name).join('')).to.equal(names);
    });
  }

  it('offers each question once, the most often answered first', () => {
    expect(questionsOf(records)).to.deep.equal([
      'Why this company?',
      'Conte uma situação difícil.',
      'Tell me about a conflict.',
    ]);
  });

  it('chooses two at most, and puts the older one on the left', () => {
    const chosen = ['03', '01', '02'].reduce<string[]>(toggleChosen, []);
    expect(chosen).to.deep.equal(['01', '02']);
    expect(toggleChosen(chosen, '01')).to.deep.equal(['02']);
    expect(inOrderOfTime(['02', '01'])).to.deep.equal(['01', '02']);
    expect(inOrderOfTime(['02'])).to.equal(null);
  });
});
