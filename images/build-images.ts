// How do images come to be, each on the one below it?
import type { StageSettings } from '../systems/stage.ts';
import type { Builder } from './builder.ts';
import type { Architecture } from './builder-arguments.ts';
import {
  binariesOrder,
  mediaOrder,
  pinnedBases,
  stageOrder,
  type Bases,
  type ImageOrder,
} from './image-plan.ts';
import { makeLocalBase, makeLocalBuilder } from './local-base.ts';

export interface Built {
  /** `null` is the media image itself. */
  readonly stage: string | null;
  readonly tag: string;
  /** False when it was there already. */
  readonly isNew: boolean;
}

export interface ImagesWish {
  readonly architecture: Architecture;
  /** Stands on Debian packages instead of AWS's image. */
  readonly isOnLocalBase: boolean;
}

const basesOf = ({ architecture, isOnLocalBase }: ImagesWish, builder: Builder): Bases | Promise<Bases> =>
  isOnLocalBase ? makeLocalBase(builder, architecture) : pinnedBases(architecture);

async function make(builder: Builder, stage: string | null, order: ImageOrder): Promise<Built> {
  const { tag } = order.result;
  const isNew = !(await builder.has(tag));
  if (isNew) await builder.build(order);
  return { stage, tag, isNew };
}

/** The orders of the media image, if a stage needs it or none is named, and of each stage. */
export async function ordersFor(
  chosen: readonly StageSettings[],
  wish: ImagesWish,
  builder: Builder,
): Promise<readonly { readonly stage: string | null; readonly order: ImageOrder }[]> {
  const bases = await basesOf(wish, builder);
  const media = await mediaOrder(wish.architecture, bases);
  const ofStages = await Promise.all(
    chosen.map(async (stage) => ({
      stage: stage.name,
      order: await stageOrder(stage, { architecture: wish.architecture, bases, media }),
    })),
  );
  const needsMedia = chosen.length === 0 || chosen.some(({ image }) => image === 'media');
  return [...(needsMedia ? [{ stage: null, order: media }] : []), ...ofStages];
}

/** Builds what is not there yet, the media image first. The tag tells the content: the same tag is the same image. */
export async function buildImages(
  chosen: readonly StageSettings[],
  wish: ImagesWish,
  builder: Builder,
): Promise<readonly Built[]> {
  const built: Built[] = [];
  for (const { stage, order } of await ordersFor(chosen, wish, builder))
    built.push(await make(builder, stage, order));
  return built;
}

/** Writes `bin/ffmpeg`, `bin/ffprobe` and their notices into a folder; any architecture on any machine. */
export async function buildBinaries(
  folder: string,
  { architecture, isOnLocalBase }: ImagesWish,
  builder: Builder,
): Promise<void> {
  const pinned = pinnedBases(architecture);
  const bases = isOnLocalBase ? { ...pinned, builder: await makeLocalBuilder(builder) } : pinned;
  await builder.build(binariesOrder(architecture, bases, folder));
}
