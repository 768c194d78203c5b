// Which packages cannot be bundled, and where are they for the architecture of the function?
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { InternalError } from '../../domain/errors.ts';
import { readFolder, type FolderContents } from './write-changed.ts';

export type Architecture = 'arm64' | 'x86_64';

/** Packages that load machine code: esbuild leaves their imports alone, and they are copied. */
export const nativePackages = ['sharp'] as const;

/** One or several; `includes` asks a text as it asks a list. */
const namesSchema = z.union([z.string(), z.array(z.string())]);

const packageSchema = z.looseObject({
  version: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  cpu: namesSchema.optional(),
  os: namesSchema.optional(),
  libc: namesSchema.optional(),
});
const lockSchema = z.object({ packages: z.record(z.string(), packageSchema) });
type LockedPackage = z.infer<typeof packageSchema>;
type LockedPackages = z.infer<typeof lockSchema>['packages'];

const nodeNames: { readonly [Name in Architecture]: string } = { arm64: 'arm64', x86_64: 'x64' };

/** Lambda's machines: Linux with glibc. */
function fits({ cpu, os, libc }: LockedPackage, architecture: Architecture): boolean {
  return (
    (cpu?.includes(nodeNames[architecture]) ?? true) &&
    (os?.includes('linux') ?? true) &&
    (libc?.includes('glibc') ?? true)
  );
}

/** Where a package that stands at `place` finds another: in its own folder, or in that of a package around it. */
function placeOf(name: string, place: string, locked: LockedPackages): string | null {
  for (let around = place; ; around = around.slice(0, Math.max(0, around.lastIndexOf('/node_modules/')))) {
    const candidate = around === '' ? `node_modules/${name}` : `${around}/node_modules/${name}`;
    if (locked[candidate]) return candidate;
    if (around === '') return null;
  }
}

/** The packages and everything they need, by their place in the lock file; only what `isWanted`. */
function closureOf(
  names: readonly string[],
  locked: LockedPackages,
  isWanted: (entry: LockedPackage) => boolean = () => true,
): LockedPackages {
  const found: LockedPackages = {};
  const waiting = names.map((name) => ({ name, place: '' }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const place = placeOf(next.name, next.place, locked);
    const entry = place === null ? undefined : locked[place];
    if (place === null || !entry || found[place] || !isWanted(entry)) continue;
    found[place] = entry;
    const needs = [...Object.keys(entry.dependencies), ...Object.keys(entry.optionalDependencies)];
    waiting.push(...needs.map((name) => ({ name, place })));
  }
  return found;
}

const isInstalled = async (root: string, place: string, version: string | undefined): Promise<boolean> =>
  readFile(join(root, place, 'package.json'), 'utf8').then(
    (text) => packageSchema.parse(JSON.parse(text)).version === version,
    () => false,
  );

/** npm checks the hashes of the lock file; scripts of packages are not run. */
async function installFor(
  architecture: Architecture,
  folder: string,
  closure: LockedPackages,
): Promise<void> {
  const dependencies = Object.fromEntries(
    nativePackages.map((name) => [name, closure[`node_modules/${name}`]?.version ?? '']),
  );
  const project = { name: 'native', version: '1.0.0', private: true };
  const lock = { ...project, lockfileVersion: 3, packages: { '': { ...project, dependencies }, ...closure } };
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...project, dependencies }));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
  const target = ['--os=linux', `--cpu=${nodeNames[architecture]}`, '--libc=glibc'];
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await promisify(execFile)('npm', ['ci', ...target, ...quiet], { cwd: folder }).catch((error: unknown) => {
    throw new InternalError(`npm could not get ${nativePackages.join(', ')} for ${architecture}`, {
      cause: error,
    });
  });
}

export interface NativeFiles {
  /** The folder that the paths are counted from. */
  readonly source: string;
  readonly files: FolderContents;
}

/**
 * The files of the native packages and of what they need, by their path from the function's folder. They come from
 * `node_modules` if it is one of the same architecture, else from a folder that npm fills once.
 */
export async function nativeFiles(root: string, architecture: Architecture): Promise<NativeFiles> {
  const lock = lockSchema.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  const wanted = Object.entries(
    closureOf(nativePackages, lock.packages, (entry) => fits(entry, architecture)),
  );
  const isWhole = async (folder: string): Promise<boolean> => {
    const there = wanted.map(([place, { version }]) => isInstalled(folder, place, version));
    return (await Promise.all(there)).every(Boolean);
  };
  const folder = join(root, '.greenroom', 'native', architecture);
  const source = (await isWhole(root)) ? root : folder;
  if (source === folder && !(await isWhole(folder)))
    await installFor(architecture, folder, closureOf(nativePackages, lock.packages));
  const files = new Map<string, Uint8Array>();
  for (const [place] of wanted)
    for (const [name, content] of await readFolder(join(source, place)))
      if (isNeeded(name)) files.set(`${place}/${name}`, content);
  return { source, files };
}

/** What a package ships for people and for other machines' compilers. */
const isNeeded = (name: string): boolean => !/^src\/|^install\/|\.d\.[cm]?ts$|^bin\//.test(name);
