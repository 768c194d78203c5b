// Is the web app built, and of the sources as they are? What did not change is not built again.
import { createHash, type Hash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

export interface FreshFolderOptions {
  /** Folder of the sources. */
  readonly root: string;
  /** All that a build reads, as patterns from there. */
  readonly sources: readonly string[];
  /** Where the result is to be. A note beside it, `<folder>.json`, tells what it was made of. */
  readonly folder: string;
  /** Writes the result into an empty folder. */
  readonly build: (folder: string) => Promise<void>;
}

function addFiles(hash: Hash, folder: string, patterns: readonly string[]): void {
  const files = globSync(patterns, { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${relative(folder, file)}\0${String(content.length)}\0`).update(content);
  }
}

/** The same for the same contents of the sources and of what was built of them. */
function sealOf({ root, sources, folder }: FreshFolderOptions): string {
  const hash = createHash('sha256');
  addFiles(hash, root, sources);
  addFiles(hash, folder, ['**/*']);
  return JSON.stringify({ seal: hash.digest('hex') });
}

function noted(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/**
 * Builds the folder where it is absent, was touched or is of other sources. A build that fails leaves what was there.
 */
export async function freshFolder(options: FreshFolderOptions): Promise<void> {
  const { folder, build } = options;
  const note = `${folder}.json`;
  if (noted(note) === sealOf(options)) return;
  const making = `${folder}-${String(process.pid)}`;
  try {
    await mkdir(making, { recursive: true });
    await build(making);
    await rm(folder, { recursive: true, force: true });
    await rename(making, folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  await writeFile(note, sealOf(options));
}

const root = join(import.meta.dirname, '..');

/** The folder with what a deployed site serves; the app is built before where that is needed. */
export async function builtSite(): Promise<string> {
  const folder = join(root, 'dist/web');
  await freshFolder({
    root,
    folder,
    sources: ['web/**/*', 'domain/**/*', 'report/**/*', 'scripts/build-web.ts', 'package-lock.json'],
    build: async (making) => {
      // Loaded only here, because it brings the bundler.
      const { buildWeb } = await import('./build-web.ts');
      await buildWeb(making);
    },
  });
  return folder;
}
