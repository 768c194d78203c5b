// Which answer do the assessor tests judge, and what would a good model say of it?
import { knownFigure, missingFigure } from '../../../domain/figures.ts';
import type { Word } from '../../../domain/transcript.ts';
import type { AnswerToAssess } from '../../../services/contracts.ts';

/** Words half a second apart, each 0.4 s long. */
const wordsOf = (text: string): Word[] =>
  text
    .split(' ')
    .map((word, index) => ({ text: word, startSeconds: index / 2, endSeconds: index / 2 + 0.4 }));

export const answerOf = (text: string): AnswerToAssess => ({
  question: 'Tell me about a hard problem.',
  transcript: { language: 'en-US', source: 'file:vtt', timing: 'word', words: wordsOf(text) },
  figures: {
    speechRate: knownFigure('speechRate', 140, 'transcript', []),
    readingGrade: missingFigure('readingGrade', 'transcript', 'There is no punctuation.'),
  },
});

export const spokenText =
  'Um, our build was failing. My task was to fix it. I measured every test and, um, the build went from forty minutes to six.';

export const goodAnswer = {
  summary: 'You told a clear story with a result. Leave out the fillers.',
  star: {
    situation: ['our build was failing'],
    task: ['My task was to fix it'],
    action: ['I measured every test'],
    result: [],
  },
  wordsToAvoid: [{ text: 'um', reason: 'It fills a pause that would do you no harm.' }],
  strengths: [
    { statement: 'You name a result with numbers.', figure: null, quotes: ['from forty minutes to six'] },
  ],
  weaknesses: [{ statement: 'Your rate could vary more.', figure: 'speechRate', quotes: [] }],
};
