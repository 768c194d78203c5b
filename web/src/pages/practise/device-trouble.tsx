// What can the user do when camera or microphone do not open?
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceProblem } from '../../recorder/devices.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AlertIcon } from '../../ui/icons.tsx';

interface TroubleProps {
  readonly problem: DeviceProblem;
  readonly onRetry: () => void;
  readonly onLeave: () => void;
}

/** Calls back when the user allows the devices in the browser's own window; where it does not tell, never. */
function useAllowed(isDenied: boolean, onAllowed: () => void): void {
  useEffect(() => {
    if (!isDenied || !('permissions' in navigator)) return undefined;
    const ended = new AbortController();
    for (const name of ['camera', 'microphone'] as const) {
      navigator.permissions.query({ name }).then(
        (status) =>
          status.addEventListener('change', () => (status.state === 'denied' ? undefined : onAllowed()), {
            signal: ended.signal,
          }),
        () => undefined,
      );
    }
    return () => ended.abort();
  }, [isDenied, onAllowed]);
}

export function DeviceTrouble({ problem, onRetry, onLeave }: TroubleProps) {
  const { t } = useTranslation('practise');
  useAllowed(problem === 'DENIED', onRetry);
  return (
    <div role="alert">
      <EmptyState
        icon={<AlertIcon />}
        title={t(`trouble.${problem}.title`)}
        actions={
          <>
            <Button onPress={onLeave}>{t('back', { ns: 'common' })}</Button>
            <Button kind="primary" onPress={onRetry}>
              {t('tryAgain', { ns: 'common' })}
            </Button>
          </>
        }
      >
        {t(`trouble.${problem}.text`)}
      </EmptyState>
    </div>
  );
}
