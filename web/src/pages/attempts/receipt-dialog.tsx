// What went with a deleted attempt?
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { showReceipt, useReceipt } from './receipt.ts';

const close = (): void => showReceipt(null);

export function ReceiptDialog() {
  const { t } = useTranslation(['attempts', 'common']);
  const formats = useFormats();
  const receipt = useReceipt();
  if (!receipt) return null;
  const { records, objects, objectVersions, stoppedAnalyses, transcriptionJobs, deletedAt } = receipt;
  const lines = [
    t('receipt.records', { count: records.length }),
    t('receipt.objects', { count: objects }),
    ...(objectVersions > objects ? [t('receipt.versions', { count: objectVersions })] : []),
    ...(stoppedAnalyses > 0 ? [t('receipt.analyses', { count: stoppedAnalyses })] : []),
    ...(transcriptionJobs > 0 ? [t('receipt.jobs', { count: transcriptionJobs })] : []),
  ];
  return (
    <Dialog
      title={t('receipt.title')}
      isOpen
      onClose={close}
      actions={
        <Button kind="primary" autoFocus onPress={close}>
          {t('common:close')}
        </Button>
      }
    >
      <p>{t('receipt.text', { time: formats.dateTime(deletedAt) })}</p>
      <ul className="receipt">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Dialog>
  );
}
