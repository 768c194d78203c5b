// Which questions of which set?
import { Checkbox } from 'react-aria-components/Checkbox';
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup';
import { Label } from 'react-aria-components/Label';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { CheckIcon } from '../../ui/icons.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Failure, Loading } from '../../ui/query-state.tsx';
import { Select } from '../../ui/select.tsx';
import type { QuestionChoice } from './use-question-choice.ts';

export function QuestionPicker({ choice }: { readonly choice: QuestionChoice }) {
  const { t } = useTranslation('practise');
  const { sets, set, questions, chooseQuestions } = choice;
  if (choice.error) return <Failure error={choice.error} onRetry={choice.retry} />;
  if (!set) return choice.isLoading ? <Loading /> : <p className="muted">{t('choose.noSets')}</p>;
  const isAll = questions.length === set.questions.length;
  return (
    <div className="stack">
      <div className="picker-head">
        <Select
          label={t('choose.setLabel')}
          choices={sets.map(({ questionSetId, title, origin }) => ({
            value: questionSetId,
            label: origin === 'own' ? t('choose.ownSet', { title }) : title,
          }))}
          value={set.questionSetId}
          onChange={choice.chooseSet}
        />
        <LinkButton to="/questions" kind="quiet">
          {t('choose.editSets')}
        </LinkButton>
      </div>
      <CheckboxGroup className="picker" value={[...questions]} onChange={chooseQuestions}>
        <div className="row row-between">
          <Label className="field-label">{t('choose.questions')}</Label>
          <Button kind="quiet" size="small" onPress={() => chooseQuestions(isAll ? [] : set.questions)}>
            {isAll ? t('choose.none') : t('choose.all')}
          </Button>
        </div>
        {set.questions.map((question) => (
          <Checkbox key={question} value={question} className="pick">
            <span className="pick-box">
              <CheckIcon />
            </span>
            <span lang={set.language}>{question}</span>
          </Checkbox>
        ))}
      </CheckboxGroup>
    </div>
  );
}
