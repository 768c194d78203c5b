// How is a built image looked into and judged?
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Builder } from '../builder.ts';
import { ImagesFailed } from '../run-program.ts';
import { findings, insideSchema, type Finding } from './findings.ts';

/** The same path in AWS's base and in the local one. */
const node = '/var/lang/bin/node';

export interface ImageToCheck {
  readonly tag: string;
  readonly architecture: string;
  readonly hasFfmpeg: boolean;
  readonly isStage: boolean;
}

export interface CheckedImage {
  readonly tag: string;
  readonly sizeBytes: number | null;
  readonly findings: readonly Finding[];
}

/**
 * Runs the image's own Node as Lambda's user, without network, with a read-only root, and judges what it finds.
 * @throws ImagesFailed when the image is not there or does not even start
 */
export async function checkImage(builder: Builder, image: ImageToCheck): Promise<CheckedImage> {
  const script = await readFile(join(import.meta.dirname, 'look-inside.ts'), 'utf8');
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '--eval', script];
  const { exitCode, stdout, stderr } = await builder.run({ tag: image.tag, entrypoint: node, args });
  if (exitCode !== 0) throw new ImagesFailed(`${image.tag} does not start (${String(exitCode)}):\n${stderr}`);
  const inside = insideSchema.parse(JSON.parse(stdout.toString('utf8')));
  const facts = await builder.facts(image.tag);
  const { architecture, hasFfmpeg, isStage } = image;
  return {
    tag: image.tag,
    sizeBytes: facts.sizeBytes,
    findings: findings({ facts, inside, architecture, hasFfmpeg, isStage }),
  };
}
