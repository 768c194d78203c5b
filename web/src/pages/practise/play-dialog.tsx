// How is an unsent recording looked at?
import { useTranslation } from 'react-i18next';
import { findDuration, usePlaybackAddress } from '../../recorder/playback-address.ts';
import type { StoredRecording } from '../../recorder/recording-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface PlayProps {
  readonly recording: StoredRecording | null;
  readonly onClose: () => void;
}

export function PlayDialog({ recording, onClose }: PlayProps) {
  const { t } = useTranslation('practise');
  const address = usePlaybackAddress(recording?.localId ?? null);
  return (
    <Dialog
      title={recording?.question ?? t('record.free')}
      isOpen={recording !== null}
      onClose={onClose}
      width="wide"
      actions={<Button onPress={onClose}>{t('close', { ns: 'common' })}</Button>}
    >
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- nobody has written down yet what is said in it */}
      <video
        className="review-video"
        controls
        playsInline
        src={address ?? undefined}
        aria-label={t('review.video')}
        onLoadedMetadata={(event) => findDuration(event.currentTarget)}
      />
    </Dialog>
  );
}
