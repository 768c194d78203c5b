// Which analyses were there, and which are going on?
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../../domain/api/shapes.ts';
import { recordListQuery } from '../../api/queries.ts';
import { useApi } from '../../app/context.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FlowIcon } from '../../ui/icons.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Failure, Loading } from '../../ui/query-state.tsx';
import './run.css';

function RunRow({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation('runs');
  const { dateTime } = useFormats();
  return (
    <tr>
      <td>
        <Link
          to="/records/$recordId/run"
          params={{ recordId: record.recordId }}
          dir="auto"
          className="run-question"
        >
          {record.question ?? record.fileName ?? t('noQuestion')}
        </Link>
      </td>
      <td>{t(`recordStatus.${record.status}`)}</td>
      <td className="run-time">{dateTime(record.updatedAt)}</td>
    </tr>
  );
}

export function RunsPage() {
  const { t } = useTranslation('runs');
  const query = useInfiniteQuery(recordListQuery(useApi()));
  const runs = query.data?.pages.flatMap(({ records }) => records).filter(({ hasRun }) => hasRun) ?? [];
  const isEmpty = query.data !== undefined && runs.length === 0 && !query.hasNextPage;
  return (
    <Page title={t('title')} lead={t('lead')}>
      {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Loading /> : null}
      {isEmpty ? (
        <EmptyState
          icon={<FlowIcon />}
          title={t('emptyTitle')}
          actions={
            <LinkButton to="/" kind="primary">
              {t('practise')}
            </LinkButton>
          }
        >
          {t('empty')}
        </EmptyState>
      ) : null}
      {runs.length > 0 ? (
        // Wider than a phone; its links take the keyboard to what is out of sight.
        <div className="card run-scroll">
          <table className="run-table">
            <thead>
              <tr>
                <th scope="col">{t('answer')}</th>
                <th scope="col">{t('statusOf')}</th>
                <th scope="col">{t('changed')}</th>
              </tr>
            </thead>
            <tbody>
              {runs.map((record) => (
                <RunRow key={record.recordId} record={record} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {query.hasNextPage ? (
        <Button isDisabled={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
    </Page>
  );
}
