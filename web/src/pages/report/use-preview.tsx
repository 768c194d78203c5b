// What does the page show of the moment under the pointer or the focus?
import { useMemo, useRef } from 'react';
import type { Storyboard } from '../../../../domain/report.ts';
import { percent } from '../../../../report/axis.ts';
import { clock } from '../../../../report/format.ts';
import { sheetOf, tileAt } from '../../../../report/storyboard.ts';

/** The sheet with all pictures, and where they stand on it. */
export interface Pictures {
  readonly storyboard: Storyboard;
  readonly address: string;
}

/** A window onto the sheet; `seconds` chooses the picture. */
export function Tile({ pictures, seconds }: { readonly pictures: Pictures; readonly seconds: number }) {
  const { x, y, width, height } = tileAt(seconds, pictures.storyboard);
  const sheet = sheetOf(pictures.storyboard);
  return (
    <svg
      className="tile"
      viewBox={`${x} ${y} ${width} ${height}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      <image href={pictures.address} width={sheet.width} height={sheet.height} preserveAspectRatio="none" />
    </svg>
  );
}

/** Shown and hidden by hand: a rendering at each move of the pointer would be felt. */
export function usePreview(lengthSeconds: number, pictures: Pictures | null) {
  const box = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLSpanElement>(null);
  const tools = useMemo(
    () => ({
      show: (seconds: number, label?: string): void => {
        if (!box.current || !words.current) return;
        words.current.textContent = label ?? clock(seconds);
        if (pictures) {
          const { x, y, width, height } = tileAt(seconds, pictures.storyboard);
          box.current.querySelector('.tile')?.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
        }
        const part = percent(seconds, lengthSeconds);
        box.current.hidden = false;
        box.current.style.left = part;
        box.current.style.translate = `-${part} 0`;
      },
      hide: (): void => {
        if (box.current) box.current.hidden = true;
      },
    }),
    [lengthSeconds, pictures],
  );
  const element = (
    <div className="preview" ref={box} hidden aria-hidden="true">
      {pictures ? <Tile pictures={pictures} seconds={0} /> : null}
      <span ref={words} />
    </div>
  );
  return { element, ...tools };
}
