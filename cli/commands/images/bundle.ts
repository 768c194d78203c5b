// What does `./greenroom images bundle` do? It makes the folder of each stage and says how large it is.
import { Command, Option } from 'commander';
import { bundleStages } from '../../../images/bundle/bundle-stages.ts';
import type { StageBundle } from '../../../images/bundle/stage-bundle.ts';
import type { Architecture } from '../../../images/bundle/native-packages.ts';
import { interview } from '../../../systems/interview/system.ts';

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString('en')} kB`;

/** One line a stage: its code, which is read at each cold start, and all its files. */
export function sizeTable(bundles: readonly StageBundle[]): string {
  const rows = [
    ['stage', 'image', 'code', 'all files', 'packages'],
    ...bundles.map(({ stage, image, codeBytes, folderBytes, packages }) => [
      stage,
      image,
      kilobytes(codeBytes),
      kilobytes(folderBytes),
      String(packages.length),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const bundleCommand = (): Command =>
  new Command('bundle')
    .description('bundle the stages into dist/stages/<architecture> and print their sizes')
    .addOption(
      new Option('--arch <architecture>', 'of the functions')
        .choices(['x86_64', 'arm64'])
        .default(process.arch === 'arm64' ? 'arm64' : 'x86_64', "the machine's own"),
    )
    .action(async ({ arch }: { arch: Architecture }) => {
      const bundles = await bundleStages([interview], { architecture: arch });
      process.stdout.write(`${sizeTable(bundles)}\n`);
    });
