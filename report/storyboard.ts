// Which picture of the storyboard shows a moment, and where on the sheet does it stand?
import type { Storyboard } from '../domain/report.ts';

/** A window onto the sheet, in its pixels. */
export interface Tile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The tile that shows a moment; times outside the recording show its first or last picture. */
export function tileAt(seconds: number, storyboard: Storyboard): Tile {
  const { columns, secondsPerTile, tileCount, tileWidth: width, tileHeight: height } = storyboard;
  const number = Math.min(tileCount - 1, Math.max(0, Math.floor(seconds / secondsPerTile)));
  return { x: (number % columns) * width, y: Math.floor(number / columns) * height, width, height };
}

/** How large the whole sheet is, in pixels. */
export const sheetOf = (storyboard: Storyboard): { readonly width: number; readonly height: number } => ({
  width: storyboard.columns * storyboard.tileWidth,
  height: Math.ceil(storyboard.tileCount / storyboard.columns) * storyboard.tileHeight,
});
