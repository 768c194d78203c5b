// In which state is an attempt? In words, a sign and, while it goes on, a bar.
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../../domain/api/shapes.ts';
import { isGoingOn } from '../../api/queries.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { AlertIcon, CheckIcon } from '../../ui/icons.tsx';
import { Progress } from '../../ui/progress.tsx';

export function AttemptStatus({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation(['attempts', 'report']);
  const formats = useFormats();
  const { status, progress } = record;
  if (isGoingOn(record)) {
    const step = progress?.step ?? (status === 'UPLOADING' ? 'UPLOADING' : 'QUEUED');
    const left = progress?.secondsLeft ?? null;
    return (
      <div className="attempt-progress">
        <Progress label={t(`report:steps.${step}`)} share={progress ? progress.percent / 100 : null} />
        {left === null || left < 5 ? null : (
          <p className="muted small">{t('report:timeLeft', { time: formats.duration(left) })}</p>
        )}
      </div>
    );
  }
  const closed = status === 'SUCCEEDED' || status === 'PARTIAL' ? status : 'FAILED';
  return (
    <span className={`attempt-status is-${status.toLowerCase()}`}>
      {status === 'SUCCEEDED' ? <CheckIcon /> : <AlertIcon />}
      {t(`status.${closed}`)}
    </span>
  );
}
