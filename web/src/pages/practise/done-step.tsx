// What happens after the last answer?
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useShowsUploads } from '../../uploads/tray-need.ts';
import { UploadLine } from '../../uploads/upload-line.tsx';
import { useUploadManager, useUploads } from '../../uploads/uploads-context.tsx';
import type { PractiseEvent, PractiseSession } from './session.ts';

interface DoneProps {
  readonly session: PractiseSession;
  readonly tell: (event: PractiseEvent) => void;
}

/** A single answer leads to its report by itself; of several, each has its link. */
export function DoneStep({ session, tell }: DoneProps) {
  const { t } = useTranslation('practise');
  const navigate = useNavigate();
  const manager = useUploadManager();
  useShowsUploads();
  const { sentIds } = session;
  const uploads = useUploads().filter(({ localId }) => sentIds.includes(localId));
  const only = sentIds.length === 1 ? uploads[0]?.state : undefined;
  const recordId = only?.name === 'sent' ? only.recordId : null;

  useEffect(() => {
    if (recordId === null) return;
    for (const localId of sentIds) manager?.dismiss(localId);
    void navigate({ to: '/records/$recordId', params: { recordId } });
  }, [recordId, sentIds, manager, navigate]);

  return (
    <section className="card stack" aria-label={t('done.title')}>
      <div>
        <h2>{t('done.title')}</h2>
        <p className="muted">{t('done.text')}</p>
      </div>
      <ul className="stack">
        {uploads.map((upload) => (
          <li key={upload.localId}>
            <UploadLine upload={upload} />
          </li>
        ))}
      </ul>
      <div className="row">
        <LinkButton to="/attempts" kind="primary">
          {t('done.toAttempts')}
        </LinkButton>
        <Button onPress={() => tell({ name: 'leave' })}>{t('done.again')}</Button>
      </div>
    </section>
  );
}
