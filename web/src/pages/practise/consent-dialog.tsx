// What does the user agree to before the first recording?
import { useTranslation } from 'react-i18next';
import { useUserId } from '../../app/context.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { currentPolicyVersion, giveConsent } from './consent.ts';

interface ConsentProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onAgree: () => void;
}

const points = ['what', 'where', 'who', 'howLong', 'delete'] as const;

export function ConsentDialog({ isOpen, onClose, onAgree }: ConsentProps) {
  const { t } = useTranslation('practise');
  const formats = useFormats();
  const userId = useUserId();
  const agree = (): void => {
    giveConsent(userId);
    onAgree();
  };
  return (
    <Dialog
      title={t('consent.title')}
      isOpen={isOpen}
      onClose={onClose}
      width="wide"
      actions={
        <>
          <Button onPress={onClose}>{t('consent.notNow')}</Button>
          <Button kind="primary" onPress={agree}>
            {t('consent.agree')}
          </Button>
        </>
      }
    >
      <p>{t('consent.lead')}</p>
      <ul className="consent-points">
        {points.map((point) => (
          <li key={point}>{t(`consent.${point}`)}</li>
        ))}
      </ul>
      <p className="small muted">
        <a href="/privacy" target="_blank" rel="noreferrer">
          {t('consent.readAll')}
        </a>
        {' · '}
        {t('consent.version', { date: formats.date(`${currentPolicyVersion}T12:00:00Z`) })}
      </p>
    </Dialog>
  );
}
