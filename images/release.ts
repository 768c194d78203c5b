// Which images does a deployment need, and what are they called? The same orders as for `images build`, and so the
// same tags: what was checked on a machine is what is deployed.
import { relative } from 'node:path';
import { contentHash } from '../domain/content-hash.ts';
import type { ImageOrders, ImageOrder as ReleasedOrder } from '../systems/image-order.ts';
import type { StageSettings } from '../systems/stage.ts';
import { filesIn } from './files-in.ts';
import { type ImageOrder, mediaOrder, pinnedBases, stageOrder } from './image-plan.ts';
import { projectRoot } from './project-root.ts';

/** Takes the reference of the media image, which is known only once it is in the repository. */
const mediaArgument = 'BASE';

/**
 * Orders for the images of stages that were bundled; equal sources have equal tags on every machine and at any time.
 * @throws ImagesFailed when a stage was not bundled
 */
export async function imageOrders(
  stages: readonly StageSettings[],
  architecture: 'arm64' | 'x86_64',
): Promise<ImageOrders> {
  const platform = architecture === 'arm64' ? 'arm64' : 'amd64';
  const bases = pinnedBases(platform);
  const media = await mediaOrder(platform, bases);
  const orders = stages.map(async (stage) => {
    const { buildArguments, ...order } = released(
      await stageOrder(stage, { architecture: platform, bases, media }),
    );
    return stage.image === 'media'
      ? { stage: stage.name, mediaArgument, order: { ...order, buildArguments: {} } }
      : { stage: stage.name, mediaArgument: null, order: { ...order, buildArguments } };
  });
  const needsMedia = stages.some(({ image }) => image === 'media');
  const layers = contentHash(await filesIn(media.context), [platform, bases.builder]);
  return {
    stages: await Promise.all(orders),
    media: needsMedia ? { order: released(media), cacheTag: `cache-${layers}` } : null,
  };
}

/** The repository's address comes from the deployment. */
const released = ({ context, dockerfile, buildArguments, labels, result }: ImageOrder): ReleasedOrder => ({
  tag: result.tag.slice(result.tag.lastIndexOf(':') + 1),
  dockerfile: relative(projectRoot, dockerfile),
  context: relative(projectRoot, context),
  buildArguments,
  labels,
});
