// What if the user leaves while something is recorded?
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Confirmation } from '../../ui/dialog.tsx';

/** Asks before another page of the app is opened, and lets the browser ask before the tab closes. */
export function LeaveGuard({ isOn }: { readonly isOn: boolean }) {
  const { t } = useTranslation('practise');
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => isOn,
    enableBeforeUnload: () => isOn,
    withResolver: true,
  });
  return (
    <Confirmation
      title={t('guard.title')}
      isOpen={status === 'blocked'}
      onClose={() => reset?.()}
      onConfirm={() => proceed?.()}
      confirmLabel={t('guard.leave')}
    >
      {t('guard.text')}
    </Confirmation>
  );
}
