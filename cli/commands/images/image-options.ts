// Which options do the image commands share?
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { bundleStages } from '../../../images/bundle/bundle-stages.ts';
import { sbomOf } from '../../../images/sbom.ts';
import { interview } from '../../../systems/interview/system.ts';
import { projectFolder } from '../../project-folder.ts';
import { WrongUsage } from '../../../local/wrong-usage.ts';
import type { ImagesWish } from '../../../images/build-images.ts';
import type { Builder } from '../../../images/builder.ts';
import type { Architecture, BuilderName } from '../../../images/builder-arguments.ts';
import { findBuilder } from '../../../images/find-builder.ts';
import { stages } from '../../../images/image-plan.ts';
import { ImagesFailed } from '../../../images/run-program.ts';
import type { StageSettings } from '../../../systems/stage.ts';
import { exitCodes } from '../../run-analysis.ts';

export interface ImageFlags {
  readonly arch: Architecture;
  readonly localBase?: true;
  readonly builder?: BuilderName;
}

export const addImageOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--arch <architecture>', 'of the images')
        .choices(['amd64', 'arm64'])
        .default(process.arch === 'arm64' ? 'arm64' : 'amd64', "the machine's own"),
    )
    .option('--local-base', "stand on Debian packages instead of AWS's image: to try, never to deploy")
    .addOption(
      new Option('--builder <name>', 'default: the first that works').choices([
        'docker',
        'podman',
        'buildah',
      ]),
    );

export const wishOf = ({ arch, localBase }: ImageFlags): ImagesWish => ({
  architecture: arch,
  isOnLocalBase: localBase === true,
});

/** Bundles every stage, and writes what is in each to `dist/sbom/<stage>.cdx.json`. */
export async function bundleFor({ architecture }: ImagesWish): Promise<void> {
  const bundles = await bundleStages([interview], {
    architecture: architecture === 'amd64' ? 'x86_64' : 'arm64',
  });
  const folder = join(projectFolder, 'dist', 'sbom');
  await mkdir(folder, { recursive: true });
  for (const { stage: name, image, packages } of bundles) {
    const sbom = JSON.stringify(sbomOf({ name, image }, packages), null, 2);
    await writeFile(join(folder, `${name}.cdx.json`), `${sbom}\n`);
  }
}

/** All stages when none is named. @throws WrongUsage for a name that no stage has */
export function chosenStages(names: readonly string[]): readonly StageSettings[] {
  if (names.length === 0) return stages;
  return names.map((name) => {
    const stage = stages.find((known) => known.name === name);
    if (!stage)
      throw new WrongUsage(
        `There is no stage ${name}; there are ${stages.map((known) => known.name).join(', ')}.`,
      );
    return stage;
  });
}

/** Finds a builder, works with it and ends what was started for it. What it could not do is said, with exit code 1. */
export async function withBuilder(
  { builder: wanted }: ImageFlags,
  work: (builder: Builder) => Promise<void>,
): Promise<void> {
  try {
    const builder = await findBuilder(wanted ?? null);
    try {
      await work(builder);
    } finally {
      await builder.close();
    }
  } catch (error) {
    if (!(error instanceof ImagesFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exitCodes.fault;
  }
}
