// How do built images come into a registry, and by which digests does Lambda then find them?
import type { Builder } from './builder.ts';
import type { Built } from './build-images.ts';
import { ImagesFailed } from './run-program.ts';

/**
 * Pushes each image as `REPOSITORY:TAG` and gives the digest of each stage's, as the configuration `imageDigests` of
 * the image mode `pinned` takes them. The media image needs no name of its own there: its layers are in the stages.
 * @throws ImagesFailed for a registry that refuses, and for a stage that stands on a stand-in for AWS's base
 */
export async function pushImages(
  built: readonly Built[],
  repository: string,
  builder: Builder,
): Promise<{ readonly [stage: string]: string }> {
  const digests: Record<string, string> = {};
  for (const { stage, tag } of built) {
    if (stage === null) continue;
    const name = tag.split(':').at(-1);
    if (name === undefined || name === '') throw new ImagesFailed(`${tag} has no tag.`);
    digests[stage] = await builder.push(tag, `${repository}:${name}`);
  }
  return digests;
}
