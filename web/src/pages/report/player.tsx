// How is the recording played?
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../../../domain/report.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { Notice } from '../../ui/notice.tsx';
import { usePlayback, usePlaybackState } from './playback-context.ts';
import { PlayerControls } from './player-controls.tsx';
import { useFloating } from './use-floating.ts';
import { usePlayerKeys } from './use-player-keys.ts';
import type { Pictures } from './use-preview.tsx';
import type { ReportFiles } from './use-report.ts';

/** Milliseconds between two new addresses for a video that does not come. */
const retryMs = 30_000;

function showCaptions(frame: HTMLElement | null, areShown: boolean): void {
  const track = frame?.querySelector('video')?.textTracks[0];
  if (track) track.mode = areShown ? 'showing' : 'hidden';
}

interface PlayerProps {
  readonly report: Report;
  readonly files: ReportFiles;
  readonly language: ReportLanguage;
  readonly pictures: Pictures | null;
  /** Heading of the section; the default is the word for a recording. */
  readonly title?: string;
  /** Whether keys pressed anywhere on the page are this player's. */
  readonly hasKeys?: boolean;
}

/** The video with controls of its own; without one, its picture and a sentence. */
export function Player({ report, files, language, pictures, title, hasKeys = true }: PlayerProps) {
  const { t } = useTranslation('report');
  const playback = usePlayback();
  const { attach } = playback;
  const { hasFailed } = usePlaybackState();
  const [captionsShown, setCaptionsShown] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const source = files.playback ?? files.speech;

  useEffect(() => {
    if (!hasFailed) return;
    files.renew();
    const timer = setInterval(files.renew, retryMs);
    return () => clearInterval(timer);
  }, [hasFailed, files]);
  useEffect(() => showCaptions(frame.current, captionsShown), [captionsShown]);
  useFloating(frame);

  const toggleCaptions = useCallback(() => setCaptionsShown((areShown) => !areShown), []);
  const fullscreen = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen();
    // iPhones show only the bare video over the whole screen, and refuse this.
    else void stage.current?.requestFullscreen?.().catch(() => undefined);
  }, []);
  usePlayerKeys(playback, { isOn: hasKeys, toggleCaptions, fullscreen });

  const heading = (
    <h2 className={title === undefined ? 'visually-hidden' : 'player-title'}>{title ?? language.player}</h2>
  );
  if (source === undefined) {
    return (
      <section className="card player" aria-label={title ?? language.player}>
        {heading}
        <div className="frame is-empty">
          {files.poster === undefined ? null : <img src={files.poster} alt="" />}
          <p>{language.noVideo}</p>
        </div>
      </section>
    );
  }
  const { playback: shape, transcript } = report;
  return (
    <section className="card player" aria-label={title ?? language.player}>
      {heading}
      <div className="player-stage" ref={stage}>
        <div className="frame" ref={frame}>
          {/* The recording's own captions, where its words are known. */}
          {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
          <video
            ref={attach}
            src={source}
            crossOrigin="anonymous"
            preload="metadata"
            playsInline
            width={shape?.width ?? 640}
            height={shape?.height ?? 90}
            poster={files.poster}
            aria-label={language.playerAlone}
            onClick={playback.toggle}
          >
            {files.captions === undefined ? null : (
              <track
                kind="captions"
                label={language.captions}
                srcLang={transcript?.language ?? 'en'}
                src={files.captions}
              />
            )}
          </video>
        </div>
        <PlayerControls
          pictures={pictures}
          captions={files.captions === undefined ? null : { areShown: captionsShown, toggle: toggleCaptions }}
          onFullscreen={document.fullscreenEnabled ? fullscreen : null}
        />
      </div>
      {hasFailed ? <Notice kind="warn">{t('videoFailed')}</Notice> : null}
    </section>
  );
}
