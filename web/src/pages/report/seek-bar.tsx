// How does one see and change where the player is?
import { useCallback, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { percent } from '../../../../report/axis.ts';
import { clock } from '../../../../report/format.ts';
import { usePlayback, useMove } from './playback-context.ts';
import { targetOfKey } from './step-keys.ts';
import { usePreview, type Pictures } from './use-preview.tsx';

interface SeekBarProps {
  readonly label: string;
  readonly pictures: Pictures | null;
}

/** A slider over the whole length, with the storyboard’s picture of the moment under the pointer or the focus. */
export function SeekBar({ label, pictures }: SeekBarProps) {
  const playback = usePlayback();
  const { lengthSeconds } = playback;
  const bar = useRef<HTMLDivElement>(null);
  const { element: preview, show, hide } = usePreview(lengthSeconds, pictures);
  const hasFocus = useRef(false);

  useMove(
    useCallback(
      (seconds: number) => {
        const element = bar.current;
        if (!element) return;
        element.style.setProperty('--position', percent(seconds, lengthSeconds));
        const text = clock(seconds);
        if (element.getAttribute('aria-valuetext') !== text) {
          element.setAttribute('aria-valuetext', text);
          element.setAttribute('aria-valuenow', String(Math.floor(seconds)));
        }
        if (hasFocus.current) show(seconds);
      },
      [lengthSeconds, show],
    ),
  );

  const secondsAt = (event: PointerEvent): number => {
    const box = bar.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * lengthSeconds;
  };
  const press = (event: KeyboardEvent): void => {
    const target = targetOfKey(event.key, playback.position(), lengthSeconds);
    if (target === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    hasFocus.current = true;
    playback.seek(target);
  };
  return (
    <div
      ref={bar}
      className="seek-bar"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(lengthSeconds)}
      aria-valuenow={0}
      aria-valuetext={clock(0)}
      onKeyDown={press}
      onFocus={(event) => {
        hasFocus.current = event.currentTarget.matches(':focus-visible');
        if (hasFocus.current) show(playback.position());
      }}
      onBlur={() => {
        hasFocus.current = false;
        hide();
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        playback.seek(secondsAt(event));
      }}
      onPointerMove={(event) => {
        const seconds = secondsAt(event);
        if (event.pointerType !== 'touch' || event.buttons > 0) show(seconds);
        if (event.currentTarget.hasPointerCapture(event.pointerId)) playback.seek(seconds);
      }}
      onPointerUp={(event) => (event.pointerType === 'touch' ? hide() : undefined)}
      onPointerLeave={hide}
    >
      <div className="seek-track">
        <div className="seek-past" />
      </div>
      <div className="seek-thumb" />
      {preview}
    </div>
  );
}
