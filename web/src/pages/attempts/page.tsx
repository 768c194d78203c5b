// Which attempts are there, and how do they develop?
import { useDeferredValue, useMemo, useState, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { VideoIcon } from '../../ui/icons.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Failure, Loading } from '../../ui/query-state.tsx';
import { AttemptCard } from './attempt-card.tsx';
import { CompareBar } from './compare-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { filterRecords, noFilter, questionsOf, toggleChosen } from './selection.ts';
import { ReceiptDialog } from './receipt-dialog.tsx';
import { TrendCard } from './trend-card.tsx';
import { useAttempts } from './use-attempts.ts';
import './attempts.css';

function NoAttempts() {
  const { t } = useTranslation('attempts');
  return (
    <EmptyState
      icon={<VideoIcon />}
      title={t('empty.title')}
      actions={
        <LinkButton kind="primary" to="/">
          {t('empty.button')}
        </LinkButton>
      }
    >
      {t('empty.text')}
    </EmptyState>
  );
}

function Attempts() {
  const { t } = useTranslation(['attempts', 'report', 'figures']);
  const { list, records } = useAttempts();
  const [filter, setFilter] = useState(noFilter);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const inUse = useDeferredValue(filter);
  const questions = useMemo(() => questionsOf(records), [records]);
  const shown = useMemo(() => filterRecords(records, inUse), [records, inUse]);
  const toggle = useCallback((recordId: string) => setChosen((now) => toggleChosen(now, recordId)), []);
  if (!list.data) {
    return list.isError ? <Failure error={list.error} onRetry={() => void list.refetch()} /> : <Loading />;
  }
  if (records.length === 0 && !list.hasNextPage) return <NoAttempts />;
  const present = chosen.filter((recordId) => records.some((record) => record.recordId === recordId));
  return (
    <>
      {list.isError ? <Notice kind="warn">{t('report:connectionLost')}</Notice> : null}
      <TrendCard records={records} question={inUse.question} />
      <FilterBar filter={filter} questions={questions} onChange={setFilter} />
      <p className="muted small" role="status">
        {t('shown', { count: shown.length })}
      </p>
      <h2 className="visually-hidden">{t('listTitle')}</h2>
      {shown.length === 0 ? <Button onPress={() => setFilter(noFilter)}>{t('filter.reset')}</Button> : null}
      <ul className="attempts">
        {shown.map((record) => (
          <AttemptCard
            key={record.recordId}
            record={record}
            isChosen={present.includes(record.recordId)}
            onToggle={toggle}
          />
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button onPress={() => void list.fetchNextPage()} isPending={list.isFetchingNextPage}>
          {t('more')}
        </Button>
      ) : null}
      <CompareBar chosen={present} onClear={() => setChosen([])} />
    </>
  );
}

export function AttemptsPage() {
  const { t } = useTranslation(['attempts', 'report', 'figures']);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <LinkButton kind="primary" icon={<VideoIcon />} to="/">
          {t('practise')}
        </LinkButton>
      }
    >
      <Attempts />
      <ReceiptDialog />
    </Page>
  );
}
