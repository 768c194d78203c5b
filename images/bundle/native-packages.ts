// Which packages cannot be bundled, and where are they for the architecture of the function?
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
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
  integrity: z.string().optional(),
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
  isWanted: (entry: LockedPackage) => boolean,
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

const packedSchema = z.array(z.object({ filename: z.string() })).length(1);

/**
 * Gets one package as a tarball, which npm does for any machine (`npm ci` of older versions leaves out the packages of
 * other architectures). @throws InternalError when it is not what the lock file says
 */
async function unpack(place: string, { version, integrity }: LockedPackage, folder: string): Promise<void> {
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const run = promisify(execFile);
  const args = ['pack', `${name}@${version ?? ''}`, '--json', '--ignore-scripts', '--loglevel=error'];
  const { stdout } = await run('npm', args, { cwd: folder }).catch((error: unknown) => {
    throw new InternalError(`npm could not get ${name}`, { cause: error });
  });
  // Older versions of npm give the name with the scope's slash in it, but write the file without.
  const file = packedSchema.parse(JSON.parse(stdout))[0]?.filename.replace(/^@/, '').replace('/', '-') ?? '';
  const tarball = join(folder, file);
  const sum = createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64');
  if (integrity !== `sha512-${sum}`)
    throw new InternalError(`${name} ${version ?? ''} is not the package of package-lock.json`);
  const target = join(folder, place);
  await mkdir(target, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  await rm(tarball);
}

/** Fills the folder with these packages; scripts of packages are not run. */
async function installInto(
  folder: string,
  wanted: readonly (readonly [string, LockedPackage])[],
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [place, entry] of wanted) await unpack(place, entry, folder);
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
  if (source === folder && !(await isWhole(folder))) await installInto(folder, wanted);
  const files = new Map<string, Uint8Array>();
  for (const [place] of wanted)
    for (const [name, content] of await readFolder(join(source, place)))
      if (isNeeded(name)) files.set(`${place}/${name}`, content);
  return { source, files };
}

/** What a package ships for people and for other machines' compilers. */
const isNeeded = (name: string): boolean => !/^src\/|^install\/|\.d\.[cm]?ts$|^bin\//.test(name);
