// What can be done with the player?
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { clock } from '../../../../report/format.ts';
import { Button } from '../../ui/button.tsx';
import { PauseIcon, PlayIcon } from '../../ui/icons.tsx';
import { Select } from '../../ui/select.tsx';
import { usePlayback, usePlaybackState, useMove } from './playback-context.ts';
import { CaptionsIcon, FullscreenIcon, MutedIcon, SoundIcon } from './player-icons.tsx';
import { SeekBar } from './seek-bar.tsx';
import type { Pictures } from './use-preview.tsx';

const rates = ['0.5', '0.75', '1', '1.25', '1.5', '2'] as const;

function Clock() {
  const { lengthSeconds } = usePlayback();
  const place = useRef<HTMLSpanElement>(null);
  useMove(
    useCallback((seconds: number) => {
      const text = clock(seconds);
      if (place.current && place.current.textContent !== text) place.current.textContent = text;
    }, []),
  );
  return (
    <span className="player-clock">
      <span ref={place}>{clock(0)}</span> / {clock(lengthSeconds)}
    </span>
  );
}

interface PlayerControlsProps {
  readonly pictures: Pictures | null;
  /** `null` where there are no captions. */
  readonly captions: { readonly areShown: boolean; readonly toggle: () => void } | null;
  readonly onFullscreen: (() => void) | null;
}

export function PlayerControls({ pictures, captions, onFullscreen }: PlayerControlsProps) {
  const { t, i18n } = useTranslation('report');
  const playback = usePlayback();
  const { isPlaying, isMuted, rate } = usePlaybackState();
  const rateText = (value: number): string => `${new Intl.NumberFormat(i18n.language).format(value)}×`;
  return (
    <div className="player-controls">
      <SeekBar label={t('position')} pictures={pictures} />
      <div className="player-row">
        <Button
          kind="quiet"
          icon={isPlaying ? <PauseIcon /> : <PlayIcon />}
          aria-label={t(isPlaying ? 'pause' : 'play')}
          onPress={playback.toggle}
        />
        <Clock />
        <span className="player-gap" />
        <Button
          kind="quiet"
          icon={isMuted ? <MutedIcon /> : <SoundIcon />}
          aria-label={t(isMuted ? 'unmute' : 'mute')}
          onPress={playback.toggleMute}
        />
        {captions ? (
          <Button
            kind="quiet"
            icon={<CaptionsIcon />}
            aria-label={t(captions.areShown ? 'hideCaptions' : 'showCaptions')}
            onPress={captions.toggle}
          />
        ) : null}
        <div className="player-rate">
          <Select
            label={t('rate')}
            hidesLabel
            choices={rates.map((value) => ({ value, label: rateText(Number(value)) }))}
            value={rates.find((value) => Number(value) === rate) ?? '1'}
            onChange={(value) => playback.setRate(Number(value))}
          />
        </div>
        {onFullscreen ? (
          <Button
            kind="quiet"
            icon={<FullscreenIcon />}
            aria-label={t('fullscreen')}
            onPress={onFullscreen}
          />
        ) : null}
      </div>
    </div>
  );
}
