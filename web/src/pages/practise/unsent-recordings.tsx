// What was recorded here and never sent?
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUserId } from '../../app/context.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { heldRecordings } from '../../recorder/locks.ts';
import { recordingStore, type StoredRecording } from '../../recorder/recording-store.ts';
import { Button } from '../../ui/button.tsx';
import { Confirmation } from '../../ui/dialog.tsx';
import { PlayIcon, TrashIcon, UploadIcon } from '../../ui/icons.tsx';
import { useUploadManager, useUploads } from '../../uploads/uploads-context.tsx';
import { ConsentDialog } from './consent-dialog.tsx';
import { currentPolicyVersion, hasConsent } from './consent.ts';
import { PlayDialog } from './play-dialog.tsx';

/** What no tab works on and nobody sends; a tab that died in the middle left its recording so. */
async function findUnsent(userId: string): Promise<readonly StoredRecording[]> {
  const [store, isHeld] = await Promise.all([recordingStore(), heldRecordings()]);
  const all = await store.list(userId);
  const free = all.filter(({ localId, status }) => status !== 'sending' && !isHeld(localId));
  const empty = free.filter(({ chunkCount }) => chunkCount === 0);
  for (const { localId } of empty) await store.remove(localId);
  return free.filter(({ chunkCount }) => chunkCount > 0);
}

export function UnsentRecordings() {
  const { t } = useTranslation('practise');
  const formats = useFormats();
  const manager = useUploadManager();
  const userId = useUserId();
  const uploads = useUploads();
  const [unsent, setUnsent] = useState<readonly StoredRecording[]>([]);
  const [played, setPlayed] = useState<StoredRecording | null>(null);
  const [discarded, setDiscarded] = useState<StoredRecording | null>(null);
  const [toSend, setToSend] = useState<StoredRecording | null>(null);
  const refresh = useCallback(() => void findUnsent(userId).then(setUnsent, () => setUnsent([])), [userId]);
  const open = uploads
    .map(
      ({ localId, state }) => `${localId}${state.name === 'cancelled' || state.name === 'failed' ? '!' : ''}`,
    )
    .join();
  useEffect(refresh, [refresh, open]);

  const send = async ({ localId }: StoredRecording): Promise<void> => {
    setToSend(null);
    const store = await recordingStore();
    const kept = await store.change(localId, {
      status: 'sending',
      consentPolicyVersion: currentPolicyVersion,
    });
    if (kept) manager?.add(kept);
    refresh();
  };
  const discard = async ({ localId }: StoredRecording): Promise<void> => {
    setDiscarded(null);
    await (await recordingStore()).remove(localId);
    refresh();
  };
  if (unsent.length === 0) return null;
  return (
    <section className="card unsent" aria-labelledby="unsent-title">
      <h2 id="unsent-title">{t('unsent.title', { count: unsent.length })}</h2>
      <p className="muted">{t('unsent.text')}</p>
      <ul className="unsent-list">
        {unsent.map((recording) => (
          <li key={recording.localId} className="unsent-item">
            <div className="unsent-words">
              <strong>{recording.question ?? t('record.free')}</strong>
              <span className="muted small">
                {formats.dateTime(recording.createdAt)} · {formats.duration(recording.durationSeconds)} ·{' '}
                {formats.bytes(recording.sizeBytes)}
                {recording.status === 'recording' ? ` · ${t('unsent.interrupted')}` : ''}
              </span>
            </div>
            <div className="row">
              <Button size="small" icon={<PlayIcon />} onPress={() => setPlayed(recording)}>
                {t('unsent.play')}
              </Button>
              <Button
                size="small"
                kind="primary"
                icon={<UploadIcon />}
                isDisabled={!manager}
                onPress={() => (hasConsent(userId) ? void send(recording) : setToSend(recording))}
              >
                {t('unsent.send')}
              </Button>
              <Button size="small" kind="danger" icon={<TrashIcon />} onPress={() => setDiscarded(recording)}>
                {t('unsent.discard')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <PlayDialog recording={played} onClose={() => setPlayed(null)} />
      <ConsentDialog
        isOpen={toSend !== null}
        onClose={() => setToSend(null)}
        onAgree={() => (toSend ? void send(toSend) : undefined)}
      />
      <Confirmation
        title={t('unsent.discardTitle')}
        isOpen={discarded !== null}
        onClose={() => setDiscarded(null)}
        onConfirm={() => (discarded ? void discard(discarded) : undefined)}
        confirmLabel={t('unsent.discard')}
      >
        {t('unsent.discardText')}
      </Confirmation>
    </section>
  );
}
