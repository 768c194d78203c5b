// Are the folders that Lambda runs there, and as the sources want them? What did not change is not made again.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { StageSettings } from '../../systems/stage.ts';
import type { SystemSpecification } from '../../systems/system.ts';
import { projectRoot as root, stagesFolderOf } from '../project-root.ts';
import { readNote, writeNote } from './bundle-note.ts';
import { entryOf, looksForFaces } from './entry.ts';
import type { Architecture } from './native-packages.ts';
import type { StageBundle } from './stage-bundle.ts';

export interface BundleOptions {
  /** Of the functions; default `x86_64`. Decides which machine code comes along. */
  readonly architecture?: Architecture;
  /** Default: `dist/stages/<architecture>` of this checkout. */
  readonly outFolder?: string;
}

/** All that the bundles are made of and that is no file. */
const wishOf = (stages: readonly StageSettings[], architecture: Architecture): string =>
  JSON.stringify([
    architecture,
    stages.map((stage) => [stage.name, stage.image, looksForFaces(stage), entryOf(stage)]),
  ]);

/**
 * Makes `dist/stages/<architecture>/<stage>/` for every stage of the systems: the same bytes from the same sources,
 * whatever machine they are made on. When no source and no result changed since the last time, nothing is made and
 * the bundler not even loaded. Makes the vision bundle first where it is absent or stale.
 */
export async function bundleStages(
  systems: readonly SystemSpecification[],
  { architecture = 'x86_64', outFolder = stagesFolderOf(architecture) }: BundleOptions = {},
): Promise<readonly StageBundle[]> {
  const stages = systems.flatMap((system) => system.stages);
  const wish = wishOf(stages, architecture);
  const known = readNote(outFolder, wish);
  if (known) return known;
  await promisify(execFile)(process.execPath, [join(root, 'scripts/bundle-vision.ts')]);
  const startMs = Date.now();
  const { makeBundles } = await import('./make-bundles.ts');
  const made = await makeBundles(stages, { architecture, outFolder });
  writeNote(outFolder, { wish, startMs, ...made });
  return made.bundles;
}
