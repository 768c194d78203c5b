// Which sets of questions does every user find?
import type { QuestionSet } from '../question-sets.ts';
import { englishQuestionSets } from './english.ts';
import { portugueseQuestionSets } from './portuguese.ts';

/** English first; the app shows those of its own language. */
export const builtInQuestionSets: readonly QuestionSet[] = [
  ...englishQuestionSets,
  ...portugueseQuestionSets,
];
