// Which images are there, and what is each one made of?
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '../domain/content-hash.ts';
import type { StageSettings } from '../systems/stage.ts';
import { interview } from '../systems/interview/system.ts';
import type { Architecture, BuildOrder } from './builder-arguments.ts';
import { filesIn } from './files-in.ts';
import { readBaseLock } from './locks.ts';
import { projectRoot, stagesFolderOf } from './project-root.ts';
import { ImagesFailed } from './run-program.ts';

/** The stages of every system that can be deployed. */
export const stages: readonly StageSettings[] = interview.stages;

/** What images stand on: AWS's images by digest, or stand-ins. */
export interface Bases {
  readonly lambdaBase: string;
  readonly builder: string;
}

export const pinnedBases = (architecture: Architecture): Bases => {
  const { lambdaBase, builder } = readBaseLock();
  return { lambdaBase: lambdaBase[architecture].reference, builder: builder.reference };
};

/** An order whose result is a tagged image. */
export type ImageOrder = BuildOrder & { readonly result: { readonly tag: string } };

const repository = 'localhost/greenroom/images';
const mediaContext = join(projectRoot, 'images', 'media');
const stageDockerfile = join(projectRoot, 'images', 'stage');

const label = (title: string, licences: string, tag: string) => ({
  'org.opencontainers.image.title': title,
  'org.opencontainers.image.licenses': licences,
  'org.opencontainers.image.version': tag,
});

const mediaArguments = ({ builder, lambdaBase }: Bases) => ({ BUILDER: builder, LAMBDA_BASE: lambdaBase });

/** The image that stages with FFmpeg stand on; its tag is `media-` and the hash of all it is made of. */
export async function mediaOrder(architecture: Architecture, bases: Bases): Promise<ImageOrder> {
  const buildArguments = mediaArguments(bases);
  const hash = contentHash(await filesIn(mediaContext), [architecture, ...Object.values(buildArguments)]);
  return {
    context: mediaContext,
    dockerfile: join(mediaContext, 'Dockerfile'),
    architecture,
    buildArguments,
    labels: label('Greenroom: FFmpeg on Lambda', 'MIT AND GPL-2.0-or-later', `media-${hash}`),
    result: { tag: `${repository}:media-${hash}` },
  };
}

/** FFmpeg's files alone: `bin/`, `share/`. */
export const binariesOrder = (architecture: Architecture, bases: Bases, folder: string): BuildOrder => ({
  context: mediaContext,
  dockerfile: join(mediaContext, 'Dockerfile'),
  architecture,
  buildArguments: mediaArguments(bases),
  labels: {},
  result: { step: 'binaries', folder },
});

/**
 * The image of one stage; its tag is the stage's name and the hash of all it is made of.
 * @throws ImagesFailed when its folder was not bundled
 */
export async function stageOrder(
  { name, image }: StageSettings,
  { architecture, bases, media }: { architecture: Architecture; bases: Bases; media: ImageOrder },
): Promise<ImageOrder> {
  const context = join(stagesFolderOf(architecture), name);
  if (!existsSync(join(context, 'index.mjs')))
    throw new ImagesFailed(`${context} holds no index.mjs: bundle the stages first.`);
  const base = image === 'media' ? media.result.tag : bases.lambdaBase;
  const [code, dockerfile] = await Promise.all([filesIn(context), filesIn(stageDockerfile)]);
  const files = [...code, ...dockerfile.map(([path, sum]) => [`../${path}`, sum] as const)];
  const hash = contentHash(files, [architecture, base]);
  return {
    context,
    dockerfile: join(stageDockerfile, 'Dockerfile'),
    architecture,
    buildArguments: { BASE: base },
    labels: label(
      `Greenroom: ${name}`,
      image === 'media' ? 'MIT AND GPL-2.0-or-later' : 'MIT',
      `${name}-${hash}`,
    ),
    result: { tag: `${repository}:${name}-${hash}` },
  };
}
