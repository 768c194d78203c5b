// How is one upload going?
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { Button } from '../ui/button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Progress } from '../ui/progress.tsx';
import { recordingStore } from '../recorder/recording-store.ts';
import type { Upload } from './upload-manager.ts';
import { isClosed } from './upload-state.ts';
import { useUploadManager } from './uploads-context.tsx';
import './uploads.css';

const shareOf = ({ state, sizeBytes }: Upload): number | null => {
  if (state.name === 'sending') return state.sentBytes / sizeBytes;
  return state.name === 'waiting' || state.name === 'interrupted' || state.name === 'elsewhere' ? 0 : null;
};

export function UploadLine({ upload }: { readonly upload: Upload }) {
  const { t } = useTranslation('uploads');
  const formats = useFormats();
  const manager = useUploadManager();
  const { localId, question, sizeBytes, state } = upload;
  const label = question ?? t('free');
  const again = async (): Promise<void> => {
    const kept = await (await recordingStore()).change(localId, { status: 'sending' });
    if (kept) manager?.add(kept);
    else manager?.dismiss(localId);
  };
  if (!isClosed(state)) {
    const words =
      state.name === 'sending'
        ? t('state.sending', { sent: formats.bytes(state.sentBytes), total: formats.bytes(sizeBytes) })
        : t(`state.${state.name}`);
    return (
      <div className="upload">
        <Progress label={label} share={shareOf(upload)} valueLabel={words} />
        <Button size="small" kind="quiet" onPress={() => manager?.cancel(localId)}>
          {t('cancel', { ns: 'common' })}
        </Button>
      </div>
    );
  }
  return (
    <div className="upload upload-closed">
      <div className="upload-words">
        <strong>{label}</strong>
        <span className={state.name === 'failed' ? 'upload-bad small' : 'muted small'}>
          {state.name === 'failed' ? t(`failure.${state.failure}`) : t(`state.${state.name}`)}
        </span>
      </div>
      {state.name === 'sent' ? (
        <LinkButton size="small" to="/records/$recordId" params={{ recordId: state.recordId }}>
          {t('open')}
        </LinkButton>
      ) : (
        <Button size="small" onPress={() => void again()}>
          {t('tryAgain', { ns: 'common' })}
        </Button>
      )}
      <Button
        size="small"
        kind="quiet"
        icon={<CloseIcon />}
        aria-label={t('dismiss', { label })}
        onPress={() => manager?.dismiss(localId)}
      />
    </div>
  );
}
