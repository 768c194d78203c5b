// What did the analysis of one recording do, state by state?
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunView } from '../../../../domain/api/run-view.ts';
import type { ApiClient } from '../../api/client.ts';
import { keys, pollMs } from '../../api/queries.ts';
import { useApi } from '../../app/context.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Failure, Loading } from '../../ui/query-state.tsx';
import { RunGraph } from './run-graph.tsx';
import { RunStateDetails } from './run-state.tsx';
import { prettyJson, secondsBetween } from './run-texts.ts';
import './run.css';

/** Asked again every 2.5 s while it runs. */
const runQuery = (api: ApiClient, recordId: string) =>
  queryOptions({
    queryKey: [...keys.record(recordId), 'run'],
    queryFn: ({ signal }) => api.ask('readRun', { parameters: { recordId } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'RUNNING' ? pollMs : false),
  });

/** What a user looks for first: what runs now, what went wrong, else where it began. */
const firstLook = ({ states, startAt }: RunView): string =>
  (
    states.find(({ status }) => status === 'FAILED') ??
    states.findLast(({ status, type }) => status === 'RUNNING' && type === 'Task')
  )?.name ?? startAt;

function Run({ run, asOf }: { readonly run: RunView; readonly asOf: number }) {
  const { t } = useTranslation('runs');
  const formats = useFormats();
  const [picked, setPicked] = useState<string | null>(null);
  const chosen = picked ?? firstLook(run);
  const state = run.states.find(({ name }) => name === chosen);
  const seconds = secondsBetween(run.startedAt, run.stoppedAt, asOf) ?? 0;
  return (
    <>
      <p className="muted" role="status">
        {t('summary', {
          status: t(`runStatus.${run.status}`),
          startedAt: formats.dateTime(run.startedAt),
          duration: formats.duration(seconds),
        })}
      </p>
      {run.error === null ? null : (
        <Notice kind="bad" title={run.error}>
          <pre className="run-cause">{prettyJson(run.cause ?? '')}</pre>
        </Notice>
      )}
      <div className="run-parts">
        <RunGraph run={run} chosen={chosen} onChoose={setPicked} />
        {state ? <RunStateDetails state={state} now={asOf} /> : null}
      </div>
    </>
  );
}

export function RunPage() {
  const { t } = useTranslation('runs');
  const { recordId } = useParams({ from: '/records/$recordId/run' });
  const query = useQuery(runQuery(useApi(), recordId));
  return (
    <Page
      title={t('runTitle')}
      lead={t('runLead')}
      actions={
        <LinkButton to="/records/$recordId" params={{ recordId }}>
          {t('toRecord')}
        </LinkButton>
      }
    >
      {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <Run run={query.data} asOf={query.dataUpdatedAt} /> : null}
      {query.isPending ? <Loading /> : null}
    </Page>
  );
}
