// How far in the session is the user?
import { useTranslation } from 'react-i18next';
import type { PractiseSession, PractiseStep } from './session.ts';

const steps: readonly PractiseStep[] = ['choose', 'check', 'record', 'review', 'done'];
const shown = ['check', 'record', 'review'] as const;

export function Steps({ session }: { readonly session: PractiseSession }) {
  const { t } = useTranslation('practise');
  const at = steps.indexOf(session.step);
  return (
    <ol className="steps" aria-label={t('steps.label')}>
      {shown.map((step) => {
        const place = steps.indexOf(step);
        const state = place < at ? 'done' : place === at ? 'now' : 'later';
        return (
          <li key={step} className={`step step-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
            {t(`steps.${step}`)}
          </li>
        );
      })}
      {session.questions.length > 1 ? (
        <li className="step-count muted">
          {t('steps.question', { number: session.at + 1, total: session.questions.length })}
        </li>
      ) : null}
    </ol>
  );
}
