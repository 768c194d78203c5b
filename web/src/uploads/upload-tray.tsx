// How does the user see, on every page, what is on its way?
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { UploadLine } from './upload-line.tsx';
import { useIsTrayNeeded } from './tray-need.ts';
import { isClosed } from './upload-state.ts';
import { useUploadManager, useUploads } from './uploads-context.tsx';

/** Milliseconds that good news stay. */
const sentMs = 8000;

export function UploadTray() {
  const { t } = useTranslation('uploads');
  const uploads = useUploads();
  const manager = useUploadManager();
  const isNeeded = useIsTrayNeeded();
  const isBusy = uploads.some(({ state }) => !isClosed(state));

  useEffect(() => {
    if (!isBusy) return undefined;
    // The recordings would wait for the next visit; better they arrive in this one.
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isBusy]);

  const sent = uploads.filter(({ state }) => state.name === 'sent').map(({ localId }) => localId);
  const sentKey = sent.join();
  useEffect(() => {
    if (sentKey === '' || !isNeeded) return undefined;
    const timer = setTimeout(() => {
      for (const localId of sentKey.split(',')) manager?.dismiss(localId);
    }, sentMs);
    return () => clearTimeout(timer);
  }, [sentKey, isNeeded, manager]);

  if (uploads.length === 0 || !isNeeded) return null;
  return (
    <aside className="tray" aria-label={t('title')}>
      <h2 className="tray-title">{t('title')}</h2>
      <ul className="tray-list">
        {uploads.map((upload) => (
          <li key={upload.localId}>
            <UploadLine upload={upload} />
          </li>
        ))}
      </ul>
    </aside>
  );
}
