// How is an own set of questions written?
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ulid } from 'ulid';
import type { QuestionSet, QuestionSetDraft } from '../../../../domain/question-sets.ts';
import { keys } from '../../api/queries.ts';
import { useApi } from '../../app/context.ts';
import { languageNames, languages } from '../../i18n/languages.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/query-state.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { draftLimits, readDraft, textOf, type DraftFault, type DraftText } from './draft.ts';

interface FormProps {
  /** The set to be changed, or `null` for a new one. */
  readonly set: QuestionSet | null;
  readonly onClose: () => void;
}

const languageChoices = languages.map((value) => ({ value, label: languageNames[value] }));

export function QuestionSetForm({ set, onClose }: FormProps) {
  const { t, i18n } = useTranslation('questions');
  const { t: tc } = useTranslation();
  const api = useApi();
  const queryClient = useQueryClient();
  const [questionSetId] = useState(() => set?.questionSetId ?? ulid().toLowerCase());
  const [text, setText] = useState<DraftText>(() =>
    set ? textOf(set) : { title: '', language: i18n.language === 'pt' ? 'pt' : 'en', lines: '' },
  );
  const [faults, setFaults] = useState<readonly DraftFault[]>([]);
  const writing = useMutation({
    mutationFn: (draft: QuestionSetDraft) =>
      api.ask('writeQuestionSet', { parameters: { questionSetId }, body: draft }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.questionSets });
      showToast('good', t('saved'));
      onClose();
    },
  });
  const save = (): void => {
    const read = readDraft(text);
    setFaults(read.faults);
    if (read.draft) writing.mutate(read.draft);
  };
  const change = (given: Partial<DraftText>): void => setText({ ...text, ...given });
  const fault = faults.find((one) => one !== 'NO_TITLE');
  return (
    <Dialog
      title={set ? t('editTitle') : t('addTitle')}
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        <>
          <Button onPress={onClose}>{tc('cancel')}</Button>
          <Button kind="primary" isPending={writing.isPending} onPress={save}>
            {tc('save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('fields.title')}
        value={text.title}
        onChange={(title) => change({ title })}
        maxLength={draftLimits.title}
        error={faults.includes('NO_TITLE') ? t('faults.NO_TITLE') : null}
        autoFocus
      />
      <Select
        label={t('fields.language')}
        choices={languageChoices}
        value={text.language}
        onChange={(language) => change({ language })}
      />
      <TextField
        label={t('fields.questions')}
        hint={t('fields.questionsHint', { most: draftLimits.questions })}
        value={text.lines}
        onChange={(lines) => change({ lines })}
        rows={8}
        error={fault ? t(`faults.${fault}`) : null}
      />
      {writing.error ? <Failure error={writing.error} /> : null}
    </Dialog>
  );
}
