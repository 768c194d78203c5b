// Which set is open, and which of its questions are chosen?
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionSet } from '../../../../domain/question-sets.ts';
import { questionSetsQuery } from '../../api/queries.ts';
import { useApi } from '../../app/context.ts';

export interface QuestionChoice {
  /** Own sets first, then the built-in ones in the app's language, then the others. */
  readonly sets: readonly QuestionSet[];
  /** `null` while there is none. */
  readonly set: QuestionSet | null;
  /** In the order of the set. */
  readonly questions: readonly string[];
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
  readonly chooseSet: (questionSetId: string) => void;
  readonly chooseQuestions: (questions: readonly string[]) => void;
}

interface Chosen {
  readonly setId: string | null;
  /** `null`: the first one, until the user chose. */
  readonly questions: readonly string[] | null;
}

const inOrder = (sets: readonly QuestionSet[], language: string): QuestionSet[] => {
  const rank = (set: QuestionSet): number => {
    if (set.origin === 'own') return 0;
    return set.language === language ? 1 : 2;
  };
  return sets.toSorted((one, other) => rank(one) - rank(other));
};

export function useQuestionChoice(): QuestionChoice {
  const { i18n } = useTranslation();
  const { data, error, refetch } = useQuery(questionSetsQuery(useApi()));
  const [chosen, setChosen] = useState<Chosen>({ setId: null, questions: null });
  const sets = inOrder(data ?? [], i18n.language);
  const set =
    sets.find(({ questionSetId }) => questionSetId === chosen.setId) ??
    sets.find(({ language }) => language === i18n.language) ??
    sets[0] ??
    null;
  const isSame = chosen.setId === null || chosen.setId === set?.questionSetId;
  const wanted = (isSame ? chosen.questions : null) ?? set?.questions.slice(0, 1) ?? [];
  return {
    sets,
    set,
    // A set that was edited meanwhile may have lost a question.
    questions: set?.questions.filter((question) => wanted.includes(question)) ?? [],
    isLoading: !data && !error,
    error: data ? null : error,
    retry: () => void refetch(),
    chooseSet: (setId) => setChosen({ setId, questions: null }),
    chooseQuestions: (questions) => setChosen({ setId: set?.questionSetId ?? null, questions }),
  };
}
