// Why did a report not come, in words?
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Failure } from '../../ui/query-state.tsx';
import { ReportFailure } from './load-report.ts';

interface ReportFailureNoticeProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

export function ReportFailureNotice({ error, onRetry }: ReportFailureNoticeProps) {
  const { t } = useTranslation(['report', 'common']);
  if (!(error instanceof ReportFailure)) return <Failure error={error} onRetry={onRetry} />;
  return (
    <Notice kind="bad" actions={<Button onPress={onRetry}>{t('common:tryAgain')}</Button>}>
      {t(`loadFailure.${error.code}`)}
    </Notice>
  );
}
