// Is what was written a set of questions? One question per line.
import type { AppLanguage, QuestionSet, QuestionSetDraft } from '../../../../domain/question-sets.ts';

/** What stands in the form. */
export interface DraftText {
  readonly title: string;
  readonly language: AppLanguage;
  /** One question per line; empty lines are passed over. */
  readonly lines: string;
}

/** What the API takes, see `questionSetDraftSchema`. */
export const draftLimits = { title: 120, question: 500, questions: 50 } as const;

export type DraftFault = 'NO_TITLE' | 'NO_QUESTIONS' | 'TOO_MANY' | 'TOO_LONG';

export type ReadDraft =
  | { readonly draft: QuestionSetDraft; readonly faults: readonly [] }
  | { readonly draft: null; readonly faults: readonly DraftFault[] };

/** Reads the form; the same question written twice is asked once. */
export function readDraft({ title, language, lines }: DraftText): ReadDraft {
  const questions = [...new Set(lines.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
  const faults: DraftFault[] = [];
  if (title.trim() === '') faults.push('NO_TITLE');
  if (questions.length === 0) faults.push('NO_QUESTIONS');
  if (questions.length > draftLimits.questions) faults.push('TOO_MANY');
  if (questions.some((question) => question.length > draftLimits.question)) faults.push('TOO_LONG');
  return faults.length > 0
    ? { draft: null, faults }
    : { draft: { title: title.trim(), language, questions }, faults: [] };
}

export const textOf = ({ title, language, questions }: QuestionSet): DraftText => ({
  title,
  language,
  lines: questions.join('\n'),
});
