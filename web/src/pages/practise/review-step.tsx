// Is the answer good enough to be sent?
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats.ts';
import { findDuration, usePlaybackAddress } from '../../recorder/playback-address.ts';
import { recordingStore } from '../../recorder/recording-store.ts';
import { useRecording } from '../../recorder/use-recording.ts';
import { Button } from '../../ui/button.tsx';
import { Confirmation } from '../../ui/dialog.tsx';
import { RedoIcon, UploadIcon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { useUploadManager } from '../../uploads/uploads-context.tsx';
import type { PractiseEvent, PractiseSession } from './session.ts';

interface ReviewProps {
  readonly session: PractiseSession;
  readonly tell: (event: PractiseEvent) => void;
}

/** Seconds below which there is hardly anything to analyse. */
const shortSeconds = 10;

export function ReviewStep({ session, tell }: ReviewProps) {
  const { t } = useTranslation('practise');
  const formats = useFormats();
  const manager = useUploadManager();
  const { takeId } = session;
  const address = usePlaybackAddress(takeId);
  const recording = useRecording(takeId);
  const [asksRetake, setAsksRetake] = useState(false);
  const isLast = session.at === session.questions.length - 1;

  const send = async (): Promise<void> => {
    if (takeId === null || !manager) return;
    const kept = await (await recordingStore()).change(takeId, { status: 'sending' });
    if (!kept) return showToast('bad', t('review.lost'));
    manager.add(kept);
    tell({ name: 'sent' });
  };
  const retake = async (): Promise<void> => {
    if (takeId !== null) await (await recordingStore()).remove(takeId);
    tell({ name: 'retake' });
  };
  return (
    <section className="record" aria-label={t('steps.review')}>
      <div className="record-stage">
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- nobody has written down yet what is said in it */}
        <video
          className="review-video"
          controls
          playsInline
          src={address ?? undefined}
          aria-label={t('review.video')}
          onLoadedMetadata={(event) => findDuration(event.currentTarget)}
        />
      </div>
      <p className="muted small review-facts">
        {recording
          ? t('review.facts', {
              duration: formats.duration(recording.durationSeconds),
              size: formats.bytes(recording.sizeBytes),
            })
          : null}
      </p>
      {session.endReason === 'user' ? null : (
        <Notice kind="warn">{t(`record.ended.${session.endReason}`)}</Notice>
      )}
      {recording && recording.durationSeconds < shortSeconds ? (
        <Notice kind="warn">{t('review.short')}</Notice>
      ) : null}
      <div className="row">
        <Button size="large" icon={<RedoIcon />} onPress={() => setAsksRetake(true)}>
          {t('review.retake')}
        </Button>
        <Button
          size="large"
          kind="primary"
          icon={<UploadIcon />}
          isDisabled={!manager || !recording}
          onPress={() => void send()}
        >
          {isLast ? t('review.send') : t('review.sendAndNext')}
        </Button>
      </div>
      <Confirmation
        title={t('review.retakeTitle')}
        isOpen={asksRetake}
        onClose={() => setAsksRetake(false)}
        onConfirm={() => void retake()}
        confirmLabel={t('review.retakeConfirm')}
      >
        {t('review.retakeText')}
      </Confirmation>
    </section>
  );
}
