// Is the user heard?
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { audibleLevel, watchLevel } from '../../recorder/sound-level.ts';
import { MicrophoneIcon } from '../../ui/icons.tsx';

interface LevelMeterProps {
  readonly stream: MediaStream | null;
  /** Says in words whether something was heard. */
  readonly hasWords?: boolean;
}

/** A real meter of the open microphone; the words change once, not with every sound. */
export function LevelMeter({ stream, hasWords = false }: LevelMeterProps) {
  const { t } = useTranslation('practise');
  const fill = useRef<HTMLSpanElement>(null);
  /** In which stream something was heard. */
  const [heard, setHeard] = useState<MediaStream | null>(null);
  const wasHeard = stream !== null && heard === stream;

  useEffect(() => {
    if (!stream || stream.getAudioTracks().length === 0) return undefined;
    return watchLevel(stream, (level) => {
      // Thirty changes a second go past React.
      fill.current?.style.setProperty('transform', `scaleX(${level.toFixed(3)})`);
      if (level >= audibleLevel) setHeard(stream);
    });
  }, [stream]);

  return (
    <div className="level">
      <MicrophoneIcon />
      <span className="level-track" aria-hidden="true">
        <span ref={fill} className="level-fill" />
      </span>
      {hasWords ? (
        <span className={wasHeard ? 'level-words is-heard' : 'level-words muted'} role="status">
          {wasHeard ? t('check.heard') : t('check.saySomething')}
        </span>
      ) : null}
    </div>
  );
}
