// What does `./greenroom images check` do? It looks into built images and says which rules they keep.
import { Command } from 'commander';
import { checkImage } from '../../../images/check/check-image.ts';
import { buildImages } from '../../../images/build-images.ts';
import { stages } from '../../../images/image-plan.ts';
import { exitCodes } from '../../run-analysis.ts';
import {
  addImageOptions,
  bundleFor,
  chosenStages,
  withBuilder,
  wishOf,
  type ImageFlags,
} from './image-options.ts';

interface Flags extends ImageFlags {
  readonly json?: true;
}

const mebibytes = (bytes: number | null): string =>
  bytes === null ? '' : `  ${(bytes / 1024 ** 2).toFixed(0)} MiB`;

export const checkCommand = (): Command =>
  addImageOptions(new Command('check'))
    .description('look into the built images: FFmpeg, rights, user, size, labels')
    .argument('[stages...]', `of ${stages.map(({ name }) => name).join(', ')}`)
    .option('--json', 'print [{tag, sizeBytes, findings: [{rule, fault}]}]')
    .action(async (names: readonly string[], flags: Flags) => {
      const wish = wishOf(flags);
      const chosen = chosenStages(names);
      await withBuilder(flags, async (builder) => {
        await bundleFor(wish);
        const checked = [];
        for (const { stage, tag } of await buildImages(chosen, wish, builder)) {
          const settings = chosen.find(({ name }) => name === stage);
          const hasFfmpeg = settings === undefined || settings.image === 'media';
          checked.push(
            await checkImage(builder, {
              tag,
              hasFfmpeg,
              architecture: wish.architecture,
              isStage: stage !== null,
            }),
          );
        }
        if (flags.json) process.stdout.write(`${JSON.stringify(checked, null, 2)}\n`);
        else
          for (const { tag, sizeBytes, findings } of checked) {
            process.stdout.write(`${tag}${mebibytes(sizeBytes)}\n`);
            for (const { rule, fault } of findings)
              process.stdout.write(fault === '' ? `  ✓ ${rule}\n` : `  ✗ ${rule}: ${fault}\n`);
          }
        const isWhole = checked.every(({ findings }) => findings.every(({ fault }) => fault === ''));
        if (!isWhole) process.exitCode = exitCodes.failed;
      });
    });
