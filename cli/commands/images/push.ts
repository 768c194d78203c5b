// What does `./greenroom images push` do? It builds and pushes what the registry lacks, and prints what `pinned` stacks take.
import { Command } from 'commander';
import { isLoopback } from '../../../images/builder-arguments.ts';
import { stages } from '../../../images/image-plan.ts';
import { pushImages } from '../../../images/push-images.ts';
import { WrongUsage } from '../../../local/wrong-usage.ts';
import {
  addImageOptions,
  bundleFor,
  chosenStages,
  withBuilder,
  wishOf,
  type ImageFlags,
} from './image-options.ts';

export const pushCommand = (): Command =>
  addImageOptions(new Command('push'))
    .description(
      'bring the images of all stages (or of the named ones) into a registry; print their digests as JSON',
    )
    .argument('<repository>', 'REGISTRY/NAME, such as the output ImageRepositoryUrl; log in before')
    .argument('[stages...]', `of ${stages.map(({ name }) => name).join(', ')}`)
    .action(async (repository: string, names: readonly string[], flags: ImageFlags) => {
      const wish = wishOf(flags);
      const chosen = chosenStages(names);
      if (wish.isOnLocalBase && !isLoopback(repository))
        throw new WrongUsage(
          'Images on a local base are for trying: only a registry on this machine takes them.',
        );
      await withBuilder(flags, async (builder) => {
        await bundleFor(wish);
        const pushed = await pushImages(chosen, wish, { repository, builder });
        for (const { stage, isNew } of pushed)
          process.stderr.write(`${isNew ? 'pushed' : 'there '}  ${stage}\n`);
        const imageDigests = Object.fromEntries(pushed.map(({ stage, digest }) => [stage, digest]));
        process.stdout.write(`${JSON.stringify({ imageDigests }, null, 2)}\n`);
      });
    });
