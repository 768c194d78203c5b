// What does the list show of one attempt?
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../../domain/api/shapes.ts';
import { isGoingOn } from '../../api/queries.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { ProblemList } from '../report/problem-list.tsx';
import { AttemptStatus } from './attempt-status.tsx';
import { DeleteButton } from './delete-button.tsx';
import { useCancelAnalysis } from './record-actions.ts';

interface AttemptCardProps {
  readonly record: RecordView;
  readonly isChosen: boolean;
  readonly onToggle: (recordId: string) => void;
}

function Facts({
  record: { createdAt, summary, fileName, keepUntil, status },
}: Pick<AttemptCardProps, 'record'>) {
  const { t } = useTranslation(['attempts', 'common']);
  const formats = useFormats();
  return (
    <p className="attempt-facts muted small">
      <time dateTime={createdAt}>{formats.dateTime(createdAt)}</time>
      {summary ? <span>{formats.clock(summary.durationSeconds)}</span> : null}
      {summary && summary.structureScore !== null ? (
        <span>{t('structure', { score: formats.number(summary.structureScore) })}</span>
      ) : null}
      {fileName === null ? null : (
        <span dir="auto" className="attempt-file">
          {fileName}
        </span>
      )}
      {keepUntil === null || status === 'UPLOADING' ? null : (
        <span>{t('keptUntil', { date: formats.date(keepUntil) })}</span>
      )}
    </p>
  );
}

/** What can be done with it now. */
function Doings({ record, isChosen, onToggle }: AttemptCardProps) {
  const { t } = useTranslation(['attempts', 'common', 'report']);
  const formats = useFormats();
  const cancel = useCancelAnalysis();
  const { recordId, status, hasReport } = record;
  const name = `${record.question ?? t('noQuestion')}, ${formats.dateTime(record.createdAt)}`;
  return (
    <div className="attempt-doings">
      {hasReport ? (
        <label className="check small">
          <input type="checkbox" checked={isChosen} onChange={() => onToggle(recordId)} />
          {t('compare')}
          <span className="visually-hidden">: {name}</span>
        </label>
      ) : null}
      {status === 'UPLOADING' ? (
        <LinkButton size="small" to="/">
          {t('toUploads')}
        </LinkButton>
      ) : null}
      {status === 'PROCESSING' ? (
        <Button
          size="small"
          onPress={() =>
            cancel.mutate(recordId, { onError: () => showToast('bad', t('report:cancelFailed')) })
          }
          isPending={cancel.isPending}
          aria-label={t('cancelOf', { name })}
        >
          {t('common:cancel')}
        </Button>
      ) : null}
      <DeleteButton recordId={recordId} isGoingOn={isGoingOn(record)} name={name} />
    </div>
  );
}

export const AttemptCard = memo(function AttemptCard(props: AttemptCardProps) {
  const { record, isChosen } = props;
  const { t } = useTranslation(['attempts', 'common']);
  const { recordId, question, problems } = record;
  return (
    <li className={isChosen ? 'attempt card is-chosen' : 'attempt card'}>
      <div className="attempt-words">
        <h3>
          <Link to="/records/$recordId" params={{ recordId }} dir="auto" className="attempt-link">
            {question ?? t('noQuestion')}
          </Link>
        </h3>
        <Facts record={record} />
        {problems.length > 0 ? <ProblemList problems={problems} isBrief /> : null}
      </div>
      <AttemptStatus record={record} />
      <Doings {...props} />
    </li>
  );
});
