// How does one set of questions look?
import { Button as AriaButton } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import type { QuestionSet } from '../../../../domain/question-sets.ts';
import { languageNames } from '../../i18n/languages.ts';
import { Button } from '../../ui/button.tsx';
import { ChevronIcon, EditIcon, TrashIcon } from '../../ui/icons.tsx';

interface CardProps {
  readonly set: QuestionSet;
  /** Left out for built-in sets, which cannot be changed. */
  readonly onEdit?: () => void;
  readonly onDelete?: () => void;
}

export function QuestionSetCard({ set, onEdit, onDelete }: CardProps) {
  const { t } = useTranslation('questions');
  const { t: tc } = useTranslation();
  return (
    <div className="card set-card">
      <Disclosure className="set">
        <Heading level={3}>
          <AriaButton slot="trigger" className="set-trigger">
            <ChevronIcon />
            <span className="set-words">
              <span lang={set.language}>{set.title}</span>
              <span className="muted small set-facts">
                {t('count', { count: set.questions.length })} · {languageNames[set.language]}
              </span>
            </span>
          </AriaButton>
        </Heading>
        <DisclosurePanel>
          <ol className="set-questions" lang={set.language}>
            {set.questions.map((question) => (
              <li key={question}>{question}</li>
            ))}
          </ol>
        </DisclosurePanel>
      </Disclosure>
      {onEdit && onDelete ? (
        <div className="row set-actions">
          <Button
            size="small"
            icon={<EditIcon />}
            aria-label={t('editOne', { title: set.title })}
            onPress={onEdit}
          >
            {tc('edit')}
          </Button>
          <Button
            size="small"
            kind="danger"
            icon={<TrashIcon />}
            aria-label={t('deleteOne', { title: set.title })}
            onPress={onDelete}
          >
            {tc('delete')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
