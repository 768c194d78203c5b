// How is a folder brought up to date so that what did not change keeps its time, and no reader sees half a file?
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Files of a folder by their path in it. */
export type FolderContents = ReadonlyMap<string, Uint8Array>;

const isSame = async (path: string, content: Uint8Array): Promise<boolean> =>
  readFile(path).then(
    (found) => found.equals(content),
    () => false,
  );

/** Makes the folder hold exactly these files, and no empty folder. */
export async function writeChanged(folder: string, contents: FolderContents): Promise<void> {
  for (const [name, content] of contents) {
    const path = join(folder, name);
    if (await isSame(path, content)) continue;
    await mkdir(dirname(path), { recursive: true });
    const part = `${path}.${String(process.pid)}.part`;
    await writeFile(part, content);
    await rename(part, path);
  }
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = [...contents.keys()];
  for (const entry of found) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1);
    const isKept = entry.isDirectory()
      ? names.some((kept) => kept.startsWith(`${name}/`))
      : contents.has(name);
    if (!isKept) await rm(path, { recursive: true, force: true });
  }
}

/** All files below a folder, links followed, by their path in it; in a fixed order. */
export async function readFolder(folder: string): Promise<FolderContents> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  );
}
