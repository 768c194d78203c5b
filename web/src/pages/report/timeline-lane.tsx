// How is one row of the time line drawn?
import { memo, type ReactElement } from 'react';
import { percent } from '../../../../report/axis.ts';
import { curveBox, curvePath } from '../../../../report/curve.ts';
import { type Lane } from '../../../../report/lanes.ts';
import { isLow, isWordKind, type Mark, type WordKind } from '../../../../report/marks.ts';
import { SaidText } from './said-text.tsx';

/** Told apart by form as well as by colour. */
const signs: { readonly [Kind in WordKind]: ReactElement } = {
  filler: <circle r="5" />,
  hedge: <path d="M0-6 6 0 0 6-6 0Z" />,
  repeat: <rect x="-4.5" y="-4.5" width="9" height="9" rx="1.5" />,
};

function Shape({ mark, length }: { readonly mark: Mark; readonly length: number }) {
  const { kind, startSeconds } = mark;
  const endSeconds = Math.min(mark.endSeconds, length);
  if (isWordKind(kind)) {
    return (
      <svg x={percent((startSeconds + mark.endSeconds) / 2, length)} y="50%" overflow="visible">
        <rect className="target" x="-7" y="-11" width="14" height="22" />
        {signs[kind]}
      </svg>
    );
  }
  const across = { x: percent(startSeconds, length), width: percent(endSeconds - startSeconds, length) };
  return isLow(mark) ? (
    <>
      <rect className="target" {...across} height="100%" />
      <rect {...across} y="35%" height="30%" rx="3" />
    </>
  ) : (
    <rect {...across} height="100%" rx="3" />
  );
}

function Curves({ lane, length }: { readonly lane: Lane; readonly length: number }) {
  if (lane.curves.length === 0) return null;
  return (
    <svg
      className="curves"
      viewBox={`0 0 ${curveBox.width} ${curveBox.height}`}
      preserveAspectRatio="none"
      width="100%"
      height="100%"
    >
      {lane.id === 'attention' ? <rect className="curve-band" x="0" y="30" width="1000" height="40" /> : null}
      {lane.curves.map((curve) => (
        <path
          key={`${curve.name} ${curve.points[0]?.atSeconds ?? 0}`}
          className={`curve curve-${curve.name}`}
          d={curvePath(curve, length)}
        />
      ))}
    </svg>
  );
}

interface TimelineLaneProps {
  readonly lane: Lane;
  readonly length: number;
  readonly hasMarks: boolean;
}

/** A label and a track; one tab stop, the arrow keys go from mark to mark. */
export const TimelineLane = memo(function TimelineLane({ lane, length, hasMarks }: TimelineLaneProps) {
  const { id, label, key, marks, note } = lane;
  return (
    <div className={`lane lane-${id}`}>
      <span className="lane-label">
        {label}
        {key === null ? null : <small>{key}</small>}
      </span>
      <div className="track">
        {note ? (
          <SaidText said={note} className="lane-note" />
        ) : (
          <svg width="100%" height="100%" role="group" aria-label={label}>
            <Curves lane={lane} length={length} />
            {(hasMarks ? marks : []).map((mark, index) => (
              <g
                key={`${mark.kind} ${mark.startSeconds} ${mark.endSeconds}`}
                className={`mark mark-${mark.kind}`}
                role="button"
                tabIndex={index === 0 ? 0 : -1}
                data-at={mark.startSeconds}
                data-label={mark.label}
                aria-label={mark.label}
              >
                <Shape mark={mark} length={length} />
              </g>
            ))}
          </svg>
        )}
      </div>
    </div>
  );
});
