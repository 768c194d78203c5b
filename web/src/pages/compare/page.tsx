// How do two attempts differ?
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../../../domain/report.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Loading } from '../../ui/query-state.tsx';
import { ReportFailureNotice } from '../report/report-failure-notice.tsx';
import { useReport } from '../report/use-report.ts';
import { CompareView } from './compare-view.tsx';
import './compare.css';

const question = (report: Report | undefined): string | null => report?.question ?? null;

export function ComparePage() {
  const { t } = useTranslation(['compare', 'report', 'attempts']);
  const ids = useParams({ from: '/compare/$left/$right' });
  const left = useReport(ids.left);
  const right = useReport(ids.right);
  const failed = [left, right].find(({ report }) => report.isError);
  const isSame = question(left.report.data) === question(right.report.data);
  return (
    <Page
      title={t('compare:title')}
      lead={
        left.report.data && right.report.data ? (
          isSame ? (
            <span dir="auto" className="report-heading">
              {question(left.report.data) ?? t('report:noQuestion')}
            </span>
          ) : (
            t('compare:otherQuestions')
          )
        ) : undefined
      }
      actions={<LinkButton to="/attempts">{t('compare:chooseOthers')}</LinkButton>}
    >
      {left.report.data && right.report.data ? (
        <CompareView
          key={`${ids.left}/${ids.right}`}
          left={{ report: left.report.data, files: left.files }}
          right={{ report: right.report.data, files: right.files }}
        />
      ) : failed ? (
        <ReportFailureNotice error={failed.report.error} onRetry={() => void failed.report.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}
