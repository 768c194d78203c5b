// What went?
import { useTranslation } from 'react-i18next';
import type { Receipt } from '../../../../domain/api/shapes.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import './settings.css';

interface ReceiptProps {
  readonly receipt: Receipt;
  /** Recordings that were in this browser only. */
  readonly browserRecordings: number;
}

/** A receipt that the user may copy or print. */
export function ReceiptView({ receipt, browserRecordings }: ReceiptProps) {
  const { t } = useTranslation('settings');
  const formats = useFormats();
  const lines: readonly (readonly [string, string])[] = [
    [t('receipt.deletedAt'), formats.dateTime(receipt.deletedAt)],
    [t('receipt.records'), formats.number(receipt.records.length)],
    [t('receipt.objects'), formats.number(receipt.objects)],
    [t('receipt.objectVersions'), formats.number(receipt.objectVersions)],
    [t('receipt.stoppedAnalyses'), formats.number(receipt.stoppedAnalyses)],
    [t('receipt.transcriptionJobs'), formats.number(receipt.transcriptionJobs)],
    [t('receipt.browserRecordings'), formats.number(browserRecordings)],
    [t('receipt.preferences'), receipt.preferences ? t('receipt.yes') : t('receipt.none')],
    [t('receipt.account'), receipt.account ? t('receipt.yes') : t('receipt.none')],
  ];
  return (
    <dl className="receipt-lines">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
