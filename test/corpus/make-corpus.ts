// Which hostile and odd inputs are there, and how is one of them made?
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bombCases } from './bombs.ts';
import { copyClip, removeClips } from './clips.ts';
import type { Bait, CorpusCase } from './corpus-case.ts';
import { damagedCases } from './damaged.ts';
import { notMediaCases } from './not-media.ts';
import { oddCases } from './odd.ts';
import { placeCases } from './places.ts';
import { pointerCases } from './pointers.ts';

/** Every case; names and file names are for people, only the names are unique. */
export const corpus: readonly CorpusCase[] = [
  ...notMediaCases,
  ...pointerCases,
  ...damagedCases,
  ...oddCases,
  ...bombCases,
  ...placeCases,
];

/** Writes the private files that some cases point to; the port is one on which a test listens. */
export async function layBait(secretDirectory: string, canaryPort: number): Promise<Bait> {
  await mkdir(secretDirectory, { recursive: true });
  for (const name of ['secret.mp4', 'secret.webm'] as const)
    await copyClip(name, join(secretDirectory, name));
  return { secretDirectory, canaryPort };
}

/**
 * Makes the input of a case in a directory of its own and gives its path. Without bait, the cases that point
 * elsewhere point at files and a port that do not exist.
 */
export async function makeCase(one: CorpusCase, directory: string, bait?: Bait): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, one.fileName);
  await one.make(file, bait ?? { secretDirectory: join(directory, 'nowhere'), canaryPort: 9 });
  return file;
}

export { removeClips };
