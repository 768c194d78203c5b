// Where is what images are made of, and where do their intermediate files go?
import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..');

/** Made by `images bundle`: one folder for each stage. */
export const stagesFolder = join(projectRoot, 'dist', 'stages');

/** Roots of Debian, contexts of the local base: all of it can be made again. */
export const imagesCache = join(projectRoot, '.greenroom', 'images');
