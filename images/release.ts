// Which images does a deployment need, and what are they called? A tag is the hash of everything that goes in.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { contentHash, type HashedFile } from '../domain/content-hash.ts';
import type { ImageOrder, ImageOrders } from '../systems/image-order.ts';
import lock from './base.lock.json' with { type: 'json' };
import type { StageBundle } from './bundle/bundle-stages.ts';
import { projectRoot } from './project-root.ts';

const mediaContext = 'images/media';
const stageDockerfile = 'images/stage/Dockerfile';

/** Orders for the images of bundled stages; equal sources have equal tags on every machine and at any time. */
export async function imageOrders(
  bundles: readonly StageBundle[],
  architecture: 'arm64' | 'x86_64',
): Promise<ImageOrders> {
  const base = lock.lambdaBase[architecture === 'arm64' ? 'arm64' : 'amd64'].reference;
  const media = await mediaOrder(base, architecture);
  const stages = await Promise.all(
    bundles.map(async ({ stage, image, folder }) => {
      const onMedia = image === 'media';
      const files = [...(await filesBelow(folder)), await hashed(projectRoot, stageDockerfile)];
      return {
        stage,
        mediaArgument: onMedia ? 'BASE' : null,
        order: {
          tag: `${stage}-${contentHash(files, [architecture, onMedia ? media.order.tag : base])}`,
          dockerfile: stageDockerfile,
          context: relative(projectRoot, folder),
          buildArguments: onMedia ? {} : { BASE: base },
        },
      };
    }),
  );
  return { stages, media: bundles.some(({ image }) => image === 'media') ? media : null };
}

async function mediaOrder(
  base: string,
  architecture: string,
): Promise<{ readonly order: ImageOrder; readonly cacheTag: string }> {
  const files = await filesBelow(join(projectRoot, mediaContext));
  const builder = lock.builder.reference;
  return {
    order: {
      tag: `media-${contentHash(files, [architecture, base, builder])}`,
      dockerfile: `${mediaContext}/Dockerfile`,
      context: mediaContext,
      buildArguments: { LAMBDA_BASE: base, BUILDER: builder },
    },
    cacheTag: `cache-${contentHash(files, [architecture, builder])}`,
  };
}

const filesBelow = async (folder: string): Promise<readonly HashedFile[]> =>
  Promise.all(
    globSync('**/*', { cwd: folder, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => hashed(folder, relative(folder, join(entry.parentPath, entry.name)))),
  );

async function hashed(root: string, path: string): Promise<HashedFile> {
  const digest = createHash('sha256')
    .update(await readFile(join(root, path)))
    .digest('hex');
  return [path.replaceAll('\\', '/'), digest];
}
