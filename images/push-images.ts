// How do images come into a registry, and by which digests does Lambda then find them?
import type { StageSettings } from '../systems/stage.ts';
import type { Builder } from './builder.ts';
import { buildImages, ordersFor, type ImagesWish } from './build-images.ts';
import { digestIn } from './registry.ts';
import { ImagesFailed } from './run-program.ts';

export interface Pushed {
  readonly stage: string;
  /** `sha256:…` */
  readonly digest: string;
  /** False when the registry had it before. */
  readonly isNew: boolean;
}

const nameIn = (repository: string, tag: string): string =>
  `${repository}:${tag.slice(tag.lastIndexOf(':') + 1)}`;

/** Where tags cannot be overwritten, whoever was faster has made the same image: the tag tells the content. */
async function pushOne(tag: string, target: string, builder: Builder): Promise<[string, boolean]> {
  try {
    return [await builder.push(tag, target), true];
  } catch (error) {
    if (!(error instanceof ImagesFailed)) throw error;
    const digest = await digestIn(target, builder.name);
    if (digest === null) throw error;
    return [digest, false];
  }
}

/**
 * Brings the image of each stage into the registry as `REPOSITORY:STAGE-HASH` and tells the digests, as the
 * configuration `imageDigests` of the image mode `pinned` takes them. What the registry has under the same tag is
 * neither built nor pushed. The media image needs no name of its own there: its layers are in the stages.
 * @throws ImagesFailed for a registry that refuses
 */
export async function pushImages(
  chosen: readonly StageSettings[],
  wish: ImagesWish,
  { repository, builder }: { readonly repository: string; readonly builder: Builder },
): Promise<readonly Pushed[]> {
  const known = new Map<string, string>();
  for (const { stage, order } of await ordersFor(chosen, wish, builder)) {
    if (stage === null) continue;
    const digest = await digestIn(nameIn(repository, order.result.tag), builder.name);
    if (digest !== null) known.set(stage, digest);
  }
  const missing = chosen.filter(({ name }) => !known.has(name));
  const built = missing.length === 0 ? [] : await buildImages(missing, wish, builder);
  const pushed = new Map<string, [digest: string, isNew: boolean]>();
  for (const { stage, tag } of built)
    if (stage !== null) pushed.set(stage, await pushOne(tag, nameIn(repository, tag), builder));
  return chosen.flatMap(({ name: stage }) => {
    const [digest, isNew] = pushed.get(stage) ?? [known.get(stage), false];
    return digest === undefined ? [] : [{ stage, digest, isNew }];
  });
}
