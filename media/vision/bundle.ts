// Where is the bundled vision worker, and does it belong to this source?
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InternalError } from '../../domain/errors.ts';

const remedy = 'Run `node scripts/bundle-vision.ts`; `./greenroom doctor` tells what else is missing.';

/** `manifest.json` beside the bundled worker. */
const bundleManifestSchema = z.object({
  /** Name and version of the package that the models come from. */
  provider: z.string(),
  /** SHA-256 of each source file of ours in the bundle, by its path from the root of the project. */
  sources: z.record(z.string(), z.string()),
  /** Versions of the packages in the bundle. */
  packages: z.record(z.string(), z.string()),
});
export type BundleManifest = z.infer<typeof bundleManifestSchema>;

/** `dist/vision` of a checkout. */
export const defaultBundleDirectory = (): string => path.resolve(import.meta.dirname, '../../dist/vision');

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

const readIfThere = (file: string): Promise<Buffer | null> => readFile(file).catch(() => null);

/** The sources that changed since the bundle was made; one that is absent (a deployed bundle) counts as unchanged. */
export async function changedSources(manifest: BundleManifest, root: string): Promise<string[]> {
  const changed = await Promise.all(
    Object.entries(manifest.sources).map(async ([file, hash]) => {
      const content = await readIfThere(path.join(root, file));
      return content && sha256(content) !== hash ? [file] : [];
    }),
  );
  return changed.flat();
}

/** The manifest of the bundle in `directory`, or `null` when there is no whole bundle. */
export async function readManifest(directory: string): Promise<BundleManifest | null> {
  const content = await readIfThere(path.join(directory, 'manifest.json'));
  if (!content) return null;
  const parsed: unknown = JSON.parse(content.toString());
  return bundleManifestSchema.parse(parsed);
}

/** @throws InternalError that names the remedy, when the bundle is absent or older than the source beside it. */
export async function findBundle(directory: string): Promise<{ worker: string; provider: string }> {
  const manifest = await readManifest(directory);
  if (!manifest) throw new InternalError(`The vision bundle is not in ${directory}. ${remedy}`);
  const [changed] = await changedSources(manifest, path.resolve(directory, '../..'));
  if (changed) throw new InternalError(`${changed} is newer than the vision bundle. ${remedy}`);
  return { worker: path.join(directory, 'worker.cjs'), provider: manifest.provider };
}
