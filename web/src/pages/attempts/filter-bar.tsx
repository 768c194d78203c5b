// How does one find an attempt among many?
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { AttemptFilter, StatusFilter } from './selection.ts';

const statuses: readonly StatusFilter[] = ['all', 'going-on', 'SUCCEEDED', 'PARTIAL', 'FAILED'];
/** No question is empty, so that this stands for all of them. */
const allQuestions = '';

interface FilterBarProps {
  readonly filter: AttemptFilter;
  readonly questions: readonly string[];
  readonly onChange: (filter: AttemptFilter) => void;
}

export function FilterBar({ filter, questions, onChange }: FilterBarProps) {
  const { t } = useTranslation('attempts');
  return (
    <div className="filter-bar" role="search" aria-label={t('filter.label')}>
      <TextField
        label={t('filter.text')}
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
        maxLength={120}
      />
      <Select
        label={t('filter.question')}
        choices={[
          { value: allQuestions, label: t('filter.allQuestions') },
          ...questions.map((question) => ({ value: question, label: question })),
        ]}
        value={filter.question ?? allQuestions}
        onChange={(value) => onChange({ ...filter, question: value === allQuestions ? null : value })}
      />
      <Select
        label={t('filter.status')}
        choices={statuses.map((value) => ({ value, label: t(`filter.statuses.${value}`) }))}
        value={filter.status}
        onChange={(status) => onChange({ ...filter, status })}
      />
    </div>
  );
}
