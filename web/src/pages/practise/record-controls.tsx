// What can be done with a recording while it is made?
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { PauseIcon, PlayIcon, StopIcon } from '../../ui/icons.tsx';
import type { FollowedTake } from './use-take.ts';

interface ControlsProps {
  readonly take: FollowedTake;
  readonly limitSeconds: number;
  readonly canStart: boolean;
  readonly onStart: () => void;
}

export function RecordControls({ take, limitSeconds, canStart, onStart }: ControlsProps) {
  const { t } = useTranslation('practise');
  const formats = useFormats();
  const { state } = take;
  const name = state?.name ?? 'idle';
  const isNearLimit = state !== null && 'isNearLimit' in state && state.isNearLimit;
  const isOn = name === 'recording' || name === 'paused';
  const left = Math.max(0, limitSeconds - take.elapsedSeconds);
  return (
    <div className="controls">
      <p className={isNearLimit ? 'timer is-near' : 'timer'}>
        <span className={`lamp lamp-${name}`} aria-hidden="true" />
        <span role="timer" aria-label={t('record.elapsed')}>
          {formats.clock(take.elapsedSeconds)}
        </span>
        <span className="muted small">
          {isNearLimit
            ? t('record.left', { duration: formats.clock(left) })
            : t('record.limit', { duration: formats.clock(limitSeconds) })}
        </span>
      </p>
      <p className="visually-hidden" role="status">
        {isOn ? t(`record.state.${name}`) : null}
      </p>
      <p className="visually-hidden" role="alert">
        {isNearLimit ? t('record.nearLimit') : null}
      </p>
      <div className="row">
        {isOn ? (
          // One button, so that the focus stays on it.
          <Button
            size="large"
            icon={name === 'paused' ? <PlayIcon /> : <PauseIcon />}
            onPress={name === 'paused' ? take.resume : take.pause}
          >
            {name === 'paused' ? t('record.resume') : t('record.pause')}
          </Button>
        ) : null}
        {isOn ? (
          <Button size="large" kind="primary" icon={<StopIcon />} onPress={take.stop}>
            {t('record.stop')}
          </Button>
        ) : (
          <Button
            size="large"
            kind="primary"
            icon={<span className="dot" />}
            isDisabled={!canStart}
            // A pending button keeps the focus, a disabled one loses it.
            isPending={name === 'starting' || name === 'stopping'}
            onPress={onStart}
          >
            {name === 'stopping' ? t('record.saving') : t('record.start')}
          </Button>
        )}
      </div>
    </div>
  );
}
