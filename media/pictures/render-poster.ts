// How does one frame become the poster, in JPEG for everyone and WebP for most?
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { derivedNames } from '../../domain/ids.ts';

interface PosterOptions {
  /** A picture file that sharp reads; PNG loses nothing. */
  readonly framePath: string;
  readonly folder: string;
}

/** Writes `poster.jpg` and `poster.webp` in the frame's size, without metadata; each appears whole or not at all. */
export async function renderPoster({ framePath, folder }: PosterOptions): Promise<void> {
  const frame = sharp(framePath);
  const jpeg = join(folder, derivedNames.poster);
  const webp = join(folder, derivedNames.posterWebp);
  await frame.clone().jpeg({ quality: 82, mozjpeg: true }).toFile(`${jpeg}.part`);
  await frame.clone().webp({ quality: 80 }).toFile(`${webp}.part`);
  await rename(`${jpeg}.part`, jpeg);
  await rename(`${webp}.part`, webp);
}
