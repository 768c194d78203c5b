// What happened when? All rows over the whole length, with the playhead over them.
import { memo, useCallback, useDeferredValue, useMemo, useRef, type PointerEvent } from 'react';
import type { Figure } from '../../../../domain/figure.ts';
import type { Report } from '../../../../domain/report.ts';
import { percent, ticksOf } from '../../../../report/axis.ts';
import { clock } from '../../../../report/format.ts';
import { laneOfFigure, lanesOf } from '../../../../report/lanes.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { usePlayback, useMove } from './playback-context.ts';
import { roveMarks } from './rove.ts';
import { SeekBar } from './seek-bar.tsx';
import { TimelineLane } from './timeline-lane.tsx';
import { Tile, usePreview, type Pictures } from './use-preview.tsx';

const stripTiles = 12;

function Axis({ length }: { readonly length: number }) {
  return (
    <div className="lane lane-axis" aria-hidden="true">
      <span className="lane-label" />
      <div className="track">
        <svg width="100%" height="100%">
          {ticksOf(length).map((at) => (
            <svg key={at} x={percent(at, length)} overflow="visible">
              <text y="13" className={at === 0 ? 'first' : undefined}>
                {clock(at)}
              </text>
            </svg>
          ))}
        </svg>
      </div>
    </div>
  );
}

interface StripProps {
  readonly pictures: Pictures;
  readonly length: number;
  readonly label: string;
}

const Strip = memo(({ pictures, length, label }: StripProps) => (
  <div className="lane lane-pictures">
    <span className="lane-label">{label}</span>
    <div className="track strip">
      {Array.from({ length: stripTiles }, (_, index) => (
        <Tile key={index} pictures={pictures} seconds={((index + 0.5) * length) / stripTiles} />
      ))}
    </div>
  </div>
));

const isOn = (event: PointerEvent, selector: string): boolean =>
  event.target instanceof Element && event.target.closest(selector) !== null;

interface TimelineProps {
  readonly report: Report;
  readonly language: ReportLanguage;
  readonly pictures: Pictures | null;
  /** Its moments get a row of their own. */
  readonly chosen: Figure | null;
}

export const Timeline = memo(function Timeline({ report, language, pictures, chosen }: TimelineProps) {
  const playback = usePlayback();
  const { lengthSeconds } = playback;
  const overlay = useRef<HTMLDivElement>(null);
  const playhead = useRef<HTMLDivElement>(null);
  const { element: preview, show, hide } = usePreview(lengthSeconds, pictures);
  const lanes = useMemo(() => lanesOf(report, language), [report, language]);
  // Hundreds of marks follow the rows, so that the page answers at once.
  const hasMarks = useDeferredValue(true, false);
  const chosenLane = useMemo(() => chosen && laneOfFigure(chosen, language), [chosen, language]);
  useMove(
    useCallback(
      (seconds: number) => {
        if (playhead.current) playhead.current.style.left = percent(seconds, lengthSeconds);
      },
      [lengthSeconds],
    ),
  );

  const secondsAt = (event: PointerEvent): number | null => {
    const box = overlay.current?.getBoundingClientRect();
    const part = box ? (event.clientX - box.left) / box.width : Number.NaN;
    return part >= -0.01 && part <= 1.01 ? Math.min(1, Math.max(0, part)) * lengthSeconds : null;
  };
  return (
    <section className="card timeline" aria-labelledby="timeline-title">
      <div className="section-head">
        <h2 id="timeline-title">{language.timeline}</h2>
        <p className="hint">{language.timelineHint}</p>
      </div>
      <div
        className="lanes"
        role="presentation"
        onKeyDown={roveMarks}
        onPointerDown={(event) => {
          const seconds = secondsAt(event);
          if (event.button !== 0 || seconds === null || isOn(event, '[data-at], .seek-bar')) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          playback.seek(seconds);
        }}
        onPointerMove={(event) => {
          const seconds = secondsAt(event);
          if (seconds === null || event.pointerType === 'touch' || isOn(event, '.seek-bar')) return hide();
          const mark = event.target instanceof Element ? event.target.closest('[data-label]') : null;
          show(seconds, mark?.getAttribute('data-label') ?? clock(seconds));
          if (event.currentTarget.hasPointerCapture(event.pointerId)) playback.seek(seconds);
        }}
        onPointerLeave={hide}
      >
        <Axis length={lengthSeconds} />
        <div className="lane lane-seek">
          <span className="lane-label">{language.position}</span>
          <div className="track">
            <SeekBar label={language.position} pictures={pictures} />
          </div>
        </div>
        {pictures ? (
          <Strip pictures={pictures} length={lengthSeconds} label={language.lanes.pictures} />
        ) : null}
        {chosenLane ? <TimelineLane lane={chosenLane} length={lengthSeconds} hasMarks /> : null}
        {lanes.map((lane) => (
          <TimelineLane key={lane.id} lane={lane} length={lengthSeconds} hasMarks={hasMarks} />
        ))}
        <div className="overlay" ref={overlay}>
          <div className="playhead" ref={playhead} />
          {preview}
        </div>
      </div>
    </section>
  );
});
