// What can `./greenroom images` do? Each word has a file of its own.
import { Command } from 'commander';
import { buildCommand } from './images/build.ts';

export function imagesCommand(): Command {
  const images = new Command('images').description('container images of the stages: build, check, push');
  for (const command of [buildCommand()]) images.addCommand(command);
  return images;
}
