// What can `./greenroom images` do? Each word has a file of its own.
import { Command } from 'commander';
import { buildCommand } from './images/build.ts';
import { bundleCommand } from './images/bundle.ts';
import { checkCommand } from './images/check.ts';
import { pushCommand } from './images/push.ts';
import { runCommand } from './images/run.ts';

export function imagesCommand(): Command {
  const images = new Command('images').description(
    'container images of the stages: bundle, build, run, check, push',
  );
  for (const command of [bundleCommand(), buildCommand(), runCommand(), checkCommand(), pushCommand()])
    images.addCommand(command);
  return images;
}
