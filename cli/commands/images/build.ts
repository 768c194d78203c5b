// What does `./greenroom images build` do? It makes the images that are not there yet.
import { resolve } from 'node:path';
import { Command } from 'commander';
import { buildBinaries, buildImages } from '../../../images/build-images.ts';
import { stages } from '../../../images/image-plan.ts';
import {
  addImageOptions,
  bundleFor,
  chosenStages,
  withBuilder,
  wishOf,
  type ImageFlags,
} from './image-options.ts';

interface Flags extends ImageFlags {
  readonly binaries?: string;
}

export const buildCommand = (): Command =>
  addImageOptions(new Command('build'))
    .description('build the media image and the image of each stage (or of the named ones)')
    .argument('[stages...]', `of ${stages.map(({ name }) => name).join(', ')}`)
    .option('--binaries <folder>', 'instead of images, only FFmpeg: bin/ and share/ in this folder')
    .action(async (names: readonly string[], flags: Flags) => {
      const wish = wishOf(flags);
      const chosen = chosenStages(names);
      await withBuilder(flags, async (builder) => {
        if (flags.binaries !== undefined) {
          const folder = resolve(flags.binaries);
          await buildBinaries(folder, wish, builder);
          process.stdout.write(
            `GREENROOM_FFMPEG=${folder}/bin/ffmpeg GREENROOM_FFPROBE=${folder}/bin/ffprobe\n`,
          );
          return;
        }
        await bundleFor(wish);
        for (const { tag, isNew } of await buildImages(chosen, wish, builder))
          process.stdout.write(`${isNew ? 'built' : 'there'}  ${tag}\n`);
      });
    });
