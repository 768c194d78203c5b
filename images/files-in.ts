// Which files are in a folder, and what do they hold?
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { HashedFile } from '../domain/content-hash.ts';

/** Every file below a folder with the SHA-256 of its bytes; paths are relative, with `/`, ascending. */
export async function filesIn(folder: string): Promise<readonly HashedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  return Promise.all(
    paths.map(async (path): Promise<HashedFile> => {
      const sha256 = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      return [relative(folder, path).split(sep).join('/'), sha256];
    }),
  );
}
