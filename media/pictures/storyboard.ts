// How does FFmpeg's sheet of tiles become a storyboard that a player can show?
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { InternalError } from '../../domain/errors.ts';
import { derivedNames } from '../../domain/ids.ts';
import type { Storyboard } from '../../domain/report.ts';

interface TrimOptions {
  /** The sheet as the `tile` filter wrote it: the unused tiles at its end are black. */
  readonly sheetPath: string;
  readonly storyboard: Storyboard;
  readonly folder: string;
}

/**
 * Writes `storyboard.jpg`: the sheet without its unused rows and columns. In the last row, unused tiles stay black.
 * @throws InternalError when the sheet is smaller than the storyboard says.
 */
export async function trimStoryboard({ sheetPath, storyboard, folder }: TrimOptions): Promise<void> {
  const { columns, tileWidth, tileHeight, tileCount } = storyboard;
  const width = Math.min(columns, tileCount) * tileWidth;
  const height = Math.ceil(tileCount / columns) * tileHeight;
  const sheet = sharp(sheetPath);
  const size = await sheet.metadata();
  if (size.width < width || size.height < height) {
    throw new InternalError(
      `The storyboard sheet has ${size.width} × ${size.height} pixels; ${tileCount} tiles need ${width} × ${height}.`,
    );
  }
  const path = join(folder, derivedNames.storyboard);
  await sheet
    .extract({ left: 0, top: 0, width, height })
    .jpeg({ quality: 75, mozjpeg: true })
    .toFile(`${path}.part`);
  await rename(`${path}.part`, path);
}

const pad = (value: number, digits: number): string => String(Math.floor(value)).padStart(digits, '0');

function timestamp(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  return `${pad(ms / 3_600_000, 2)}:${pad((ms / 60_000) % 60, 2)}:${pad((ms / 1000) % 60, 2)}.${pad(ms % 1000, 3)}`;
}

/**
 * WebVTT thumbnails: one cue per tile with `storyboard.jpg#xywh=left,top,width,height`, back to back. Tiles that would
 * start at or after the end are left out; the last one lasts to the end.
 */
export function storyboardVtt(storyboard: Storyboard, durationSeconds: number): string {
  const { columns, tileWidth, tileHeight, tileCount, secondsPerTile } = storyboard;
  const cues: string[] = [];
  for (let tile = 0; tile < tileCount && tile * secondsPerTile < durationSeconds; tile += 1) {
    const start = tile * secondsPerTile;
    const isLast = tile === tileCount - 1;
    const end = isLast ? durationSeconds : Math.min(start + secondsPerTile, durationSeconds);
    const left = (tile % columns) * tileWidth;
    const top = Math.floor(tile / columns) * tileHeight;
    cues.push(
      `${timestamp(start)} --> ${timestamp(end)}\n` +
        `${derivedNames.storyboard}#xywh=${left},${top},${tileWidth},${tileHeight}\n`,
    );
  }
  return ['WEBVTT\n', ...cues].join('\n');
}

/** Writes `storyboard.vtt`; it appears whole or not at all. */
export async function writeStoryboardVtt(
  storyboard: Storyboard,
  durationSeconds: number,
  folder: string,
): Promise<void> {
  const path = join(folder, derivedNames.storyboardVtt);
  await writeFile(`${path}.part`, storyboardVtt(storyboard, durationSeconds));
  await rename(`${path}.part`, path);
}
