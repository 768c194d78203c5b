// Why is there no report, and what can be done?
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../../domain/api/shapes.ts';
import { AlertIcon, VideoIcon } from '../../ui/icons.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { ProblemList } from './problem-list.tsx';

export function FailedView({ record: { problems } }: { readonly record: RecordView }) {
  const { t } = useTranslation('report');
  return (
    <section className="card stack failed-card" aria-labelledby="failed-title">
      <div className="failed-head">
        <AlertIcon />
        <h2 id="failed-title">{t('failedTitle')}</h2>
      </div>
      {problems.length > 0 ? <ProblemList problems={problems} /> : <p>{t('failedUnknown')}</p>}
      <div className="row">
        <LinkButton kind="primary" icon={<VideoIcon />} to="/">
          {t('recordAgain')}
        </LinkButton>
      </div>
    </section>
  );
}
