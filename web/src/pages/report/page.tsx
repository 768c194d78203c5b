// What does the page of one record show: how far its analysis is, why it failed, or its report?
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../../domain/api/shapes.ts';
import { codeOfFailure } from '../../api/problem-error.ts';
import { isGoingOn, pollMs, recordQuery } from '../../api/queries.ts';
import { useApi } from '../../app/context.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Failure, Loading } from '../../ui/query-state.tsx';
import { DeleteButton } from '../attempts/delete-button.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FailedView } from './failed-view.tsx';
import { ProgressView } from './progress-view.tsx';
import { ReportFacts } from './report-facts.tsx';
import { ReportFailureNotice } from './report-failure-notice.tsx';
import { ReportView } from './report-view.tsx';
import { useReport } from './use-report.ts';
import { useReportLanguage } from './use-report-language.ts';
import './report.css';

interface RecordPartProps {
  readonly record: RecordView;
}

function Actions({ record: { recordId, hasRun }, isGoing }: RecordPartProps & { readonly isGoing: boolean }) {
  const { t } = useTranslation('report');
  const navigate = useNavigate();
  return (
    <>
      {hasRun ? (
        <LinkButton kind="quiet" to="/records/$recordId/run" params={{ recordId }}>
          {t('seeRun')}
        </LinkButton>
      ) : null}
      <DeleteButton
        recordId={recordId}
        isGoingOn={isGoing}
        onDeleted={() => void navigate({ to: '/attempts' })}
      />
    </>
  );
}

/** Characters from which a question is a paragraph rather than a heading. */
const longQuestion = 160;

function QuestionHeading({ question }: { readonly question: string }) {
  return (
    <span dir="auto" className={question.length > longQuestion ? 'report-heading is-long' : 'report-heading'}>
      {question}
    </span>
  );
}

function ReportOfRecord({ record }: RecordPartProps) {
  const { t } = useTranslation('report');
  const language = useReportLanguage();
  const { report, files } = useReport(record.recordId);
  const title = record.question ?? t('noQuestion');
  // The same places before and after: a question that is open must not go when the report comes.
  const actions = (
    <>
      {report.data ? <ExportMenu report={report.data} files={files} language={language} /> : null}
      <Actions record={record} isGoing={false} />
    </>
  );
  if (!report.data) {
    return (
      <Page title={title} heading={<QuestionHeading question={title} />} actions={actions}>
        {report.isError ? (
          <ReportFailureNotice error={report.error} onRetry={() => void report.refetch()} />
        ) : (
          <Loading />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={title}
      heading={<QuestionHeading question={title} />}
      lead={<ReportFacts report={report.data} language={language} fileName={record.fileName} />}
      actions={actions}
    >
      <ReportView report={report.data} files={files} />
    </Page>
  );
}

function RecordOnItsWay({ record, isLost }: RecordPartProps & { readonly isLost: boolean }) {
  const { t } = useTranslation('report');
  const title = record.question ?? t('noQuestion');
  const isGoing = isGoingOn(record);
  return (
    <Page
      title={title}
      heading={<QuestionHeading question={title} />}
      actions={<Actions record={record} isGoing={isGoing} />}
      width="narrow"
    >
      {isGoing ? <ProgressView record={record} isLost={isLost} /> : <FailedView record={record} />}
    </Page>
  );
}

const isGone = (error: unknown): boolean => error !== null && codeOfFailure(error) === 'NOT_FOUND';

function GonePage({ error }: { readonly error: unknown }) {
  const { t } = useTranslation(['report', 'common']);
  return (
    <Page title={t('report:title')} width="narrow">
      <Failure error={error} />
      <div className="row">
        <LinkButton to="/attempts">{t('common:errorPage.toAttempts')}</LinkButton>
      </div>
    </Page>
  );
}

export function ReportPage() {
  const { t } = useTranslation(['report', 'figures', 'attempts']);
  const { recordId } = useParams({ from: '/records/$recordId' });
  const query = useQuery({
    ...recordQuery(useApi(), recordId),
    // What is not there will not come back.
    refetchInterval: ({ state: { data, error } }) =>
      isGone(error) || (data && !isGoingOn(data)) ? false : pollMs,
  });
  const record = query.data;
  // A record that was deleted in another window is gone; any other failure passes.
  if (isGone(query.error)) return <GonePage error={query.error} />;
  if (!record) {
    return (
      <Page title={t('report:title')} width="narrow">
        {query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : <Loading />}
      </Page>
    );
  }
  const isLost = query.isError || query.fetchStatus === 'paused';
  return record.hasReport ? (
    <ReportOfRecord key={recordId} record={record} />
  ) : (
    <RecordOnItsWay key={recordId} record={record} isLost={isLost} />
  );
}
