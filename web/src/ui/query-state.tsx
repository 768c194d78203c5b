// What is shown while an answer is awaited, or when it did not come?
import { useTranslation } from 'react-i18next';
import { codeOfFailure } from '../api/problem-error.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** A line that says that something is being loaded; screen readers hear it. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <p className="muted loading" role="status">
      {t('loading')}
    </p>
  );
}

interface FailureProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** Says in the user's words what went wrong, with a way to try again. */
export function Failure({ error, onRetry }: FailureProps) {
  const { t } = useTranslation();
  const code = codeOfFailure(error);
  const again = onRetry ? { actions: <Button onPress={onRetry}>{t('tryAgain')}</Button> } : {};
  return (
    <Notice kind="bad" {...again}>
      {t(`failure.${code}`)}
    </Notice>
  );
}
