// How far is the analysis, and can it be stopped?
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Progress as AnalysisProgress, RecordView } from '../../../../domain/api/shapes.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { Confirmation } from '../../ui/dialog.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useCancelAnalysis } from '../attempts/record-actions.ts';

interface ProgressViewProps {
  readonly record: RecordView;
  /** The last look at it failed; the next one is under way. */
  readonly isLost: boolean;
}

/** An estimate is not good to a second. */
const fewSeconds = 5;

type Step = AnalysisProgress['step'];

/** In their order; written here because the schemas stay out of the browser. */
const steps = [
  'UPLOADING',
  'QUEUED',
  'CHECKING',
  'CONVERTING',
  'TRANSCRIBING',
  'ASSESSING',
  'FINISHING',
] as const satisfies readonly Step[];

function Steps({ step }: { readonly step: Step }) {
  const { t } = useTranslation('report');
  const now = steps.findIndex((one) => one === step);
  return (
    <ol className="progress-steps">
      {steps.map((name, index) => (
        <li
          key={name}
          className={index < now ? 'is-done' : index === now ? 'is-now' : 'is-ahead'}
          aria-current={index === now ? 'step' : undefined}
        >
          {t(`steps.${name}`)}
          <span className="visually-hidden">{index < now ? ` (${t('stepDone')})` : ''}</span>
        </li>
      ))}
    </ol>
  );
}

/** Progress as it is told; the page looks again by itself until the record is closed. */
export function ProgressView({ record, isLost }: ProgressViewProps) {
  const { t } = useTranslation('report');
  const formats = useFormats();
  const cancel = useCancelAnalysis();
  const [isAsking, setIsAsking] = useState(false);
  const { status, progress, recordId } = record;
  const step = progress?.step ?? (status === 'UPLOADING' ? 'UPLOADING' : 'QUEUED');
  const left = progress?.secondsLeft ?? null;
  return (
    <section className="card stack progress-card" aria-label={t('progress')}>
      <div role="status" className="stack">
        <Progress label={t(`steps.${step}`)} share={progress ? progress.percent / 100 : null} />
        <p className="muted">
          {left === null
            ? t('timeLeftUnknown')
            : left < fewSeconds
              ? t('timeLeftFew')
              : t('timeLeft', { time: formats.duration(left) })}
        </p>
      </div>
      <Steps step={step} />
      <p className="muted small">{t('mayLeave')}</p>
      {isLost ? <Notice kind="warn">{t('connectionLost')}</Notice> : null}
      {cancel.isError ? <Notice kind="bad">{t('cancelFailed')}</Notice> : null}
      <div className="row">
        {status === 'PROCESSING' ? (
          <Button onPress={() => setIsAsking(true)} isPending={cancel.isPending}>
            {t('cancelAnalysis')}
          </Button>
        ) : (
          <LinkButton to="/">{t('toUploads')}</LinkButton>
        )}
      </div>
      <Confirmation
        title={t('cancelTitle')}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={() => {
          setIsAsking(false);
          cancel.mutate(recordId);
        }}
        confirmLabel={t('cancelAnalysis')}
      >
        {t('cancelText')}
      </Confirmation>
    </section>
  );
}
