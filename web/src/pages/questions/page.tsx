// Which sets of questions are there, and which are the user's own?
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionSet } from '../../../../domain/question-sets.ts';
import { codeOfFailure } from '../../api/problem-error.ts';
import { keys, questionSetsQuery } from '../../api/queries.ts';
import { useApi } from '../../app/context.ts';
import { Button } from '../../ui/button.tsx';
import { Confirmation } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PlusIcon, QuestionIcon } from '../../ui/icons.tsx';
import { Page } from '../../ui/page.tsx';
import { Failure, Loading } from '../../ui/query-state.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { QuestionSetCard } from './question-set-card.tsx';
import { QuestionSetForm } from './question-set-form.tsx';
import './questions.css';

export function QuestionsPage() {
  const { t, i18n } = useTranslation('questions');
  const { t: tc } = useTranslation();
  const api = useApi();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(questionSetsQuery(api));
  const [edited, setEdited] = useState<QuestionSet | 'new' | null>(null);
  const [deleted, setDeleted] = useState<QuestionSet | null>(null);
  const removal = useMutation({
    mutationFn: ({ questionSetId }: QuestionSet) =>
      api.ask('deleteQuestionSet', { parameters: { questionSetId } }),
    onSuccess: () => showToast('good', t('deleted')),
    onError: (failure) => showToast('bad', tc(`failure.${codeOfFailure(failure)}`)),
    onSettled: async () => {
      setDeleted(null);
      await queryClient.invalidateQueries({ queryKey: keys.questionSets });
    },
  });
  const own = data?.filter(({ origin }) => origin === 'own') ?? [];
  const isForeign = ({ language }: QuestionSet): number => Number(language !== i18n.language);
  const builtIn = (data ?? [])
    .filter(({ origin }) => origin === 'built-in')
    .toSorted((one, other) => isForeign(one) - isForeign(other));
  const add = (
    <Button kind="primary" icon={<PlusIcon />} onPress={() => setEdited('new')}>
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={own.length > 0 ? add : undefined}>
      {error && !data ? <Failure error={error} onRetry={() => void refetch()} /> : null}
      {data || error ? null : <Loading />}
      {data ? (
        <section className="stack" aria-labelledby="own-sets">
          <h2 id="own-sets">{t('own')}</h2>
          {own.length === 0 ? (
            <EmptyState icon={<QuestionIcon />} title={t('emptyTitle')} actions={add}>
              {t('emptyText')}
            </EmptyState>
          ) : (
            own.map((set) => (
              <QuestionSetCard
                key={set.questionSetId}
                set={set}
                onEdit={() => setEdited(set)}
                onDelete={() => setDeleted(set)}
              />
            ))
          )}
        </section>
      ) : null}
      {builtIn.length > 0 ? (
        <section className="stack" aria-labelledby="built-in-sets">
          <h2 id="built-in-sets">{t('builtIn')}</h2>
          {builtIn.map((set) => (
            <QuestionSetCard key={set.questionSetId} set={set} />
          ))}
        </section>
      ) : null}
      {edited === null ? null : (
        <QuestionSetForm set={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
      <Confirmation
        title={t('deleteTitle', { title: deleted?.title ?? '' })}
        isOpen={deleted !== null}
        onClose={() => setDeleted(null)}
        onConfirm={() => (deleted ? removal.mutate(deleted) : undefined)}
        isPending={removal.isPending}
        confirmLabel={tc('delete')}
      >
        {t('deleteText')}
      </Confirmation>
    </Page>
  );
}
