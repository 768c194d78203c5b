// Where is what images are made of, and where do their intermediate files go?
import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..');

/** Made by `images bundle`: one folder for each stage; each architecture has its own, because of the machine code. */
export const stagesFolderOf = (architecture: 'amd64' | 'arm64' | 'x86_64'): string =>
  join(projectRoot, 'dist', 'stages', architecture === 'amd64' ? 'x86_64' : architecture);

/** Roots of Debian, contexts of the local base: all of it can be made again. */
export const imagesCache = join(projectRoot, '.greenroom', 'images');

/** The vision worker and its models, made by `scripts/bundle-vision.ts`. */
export const visionFolder = join(projectRoot, 'dist', 'vision');
