// What does a state machine look like, with what happened in it?
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunState, RunView } from '../../../../domain/api/run-view.ts';
import { layoutRun, pathOf } from './run-layout.ts';
import { StatusSign } from './status-sign.tsx';

interface RunGraphProps {
  readonly run: RunView;
  /** Name of the state whose details are shown. */
  readonly chosen: string | null;
  readonly onChoose: (name: string) => void;
}

/** Below this share of its size the picture can hardly be read; then it scrolls. */
const leastZoom = 0.7;

/** How much smaller the picture must be to fit its place. */
function useZoom(width: number) {
  const place = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  useEffect(() => {
    if (!place.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setZoom(Math.max(leastZoom, Math.min(1, entry.contentRect.width / width)));
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [width]);
  return { place, zoom };
}

const classOf = ({ status }: RunState): string => `run-state run-${status.toLowerCase().replace('_', '-')}`;

/** Each state is a button; the order of the tab key is the order of the machine's definition. */
export function RunGraph({ run, chosen, onChoose }: RunGraphProps) {
  const { t } = useTranslation('runs');
  // The machine stays the same while its states change.
  const machine = JSON.stringify([
    run.states.map(({ name, parent, branch }) => [name, parent, branch]),
    run.transitions,
  ]);
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the text stands for everything that the picture is made of
  const picture = useMemo(() => layoutRun(run), [machine]);
  const size = { width: picture.width, height: picture.height };
  const { place, zoom } = useZoom(picture.width);
  useEffect(() => {
    const [box, around] = [place.current?.querySelector<HTMLElement>('[aria-pressed="true"]'), place.current];
    // On a phone the machine is wider than the window, and begins in the middle.
    if (!box || !around) return;
    const { left, width } = box.getBoundingClientRect();
    const { left: edge, width: room } = around.getBoundingClientRect();
    around.scrollLeft += left + width / 2 - edge - room / 2;
  }, [chosen, zoom, place]);
  const boxes = new Map(picture.boxes.map((box) => [box.name, box]));
  return (
    <div ref={place} className="run-scroll" role="group" aria-label={t('graph')}>
      <div className="run-graph" style={{ ...size, zoom }}>
        {picture.frames.map(({ name, x, y, width, height }) => (
          <div key={name} className="run-frame" style={{ left: x, top: y, width, height }} />
        ))}
        <svg {...size} viewBox={`0 0 ${String(size.width)} ${String(size.height)}`} aria-hidden="true">
          <defs>
            <marker
              id="run-arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8Z" fill="context-stroke" />
            </marker>
          </defs>
          {picture.lines.map(({ from, to, kind, points }) => (
            <path
              key={`${from} ${to} ${kind}`}
              className={`run-line run-line-${kind}`}
              d={pathOf(points)}
              {...(to.endsWith('(foot)') ? {} : { markerEnd: 'url(#run-arrow)' })}
            />
          ))}
        </svg>
        {run.states.map((state) => {
          const { x = 0, y = 0, width, height } = boxes.get(state.name) ?? {};
          return (
            <button
              key={state.name}
              type="button"
              className={classOf(state)}
              style={{ left: x, top: y, width, height }}
              aria-pressed={state.name === chosen}
              onClick={() => onChoose(state.name)}
            >
              <StatusSign status={state.status} />
              <span>{state.name}</span>
              <span className="visually-hidden">{t(`status.${state.status}`)}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
