// Did anything change since the stages were bundled? A note beside the bundles tells what they were made of.
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { projectRoot as root, visionFolder } from '../project-root.ts';
import type { StageBundle } from './stage-bundle.ts';

const bundleSchema = z.object({
  stage: z.string(),
  image: z.enum(['plain', 'media']),
  folder: z.string(),
  codeBytes: z.number(),
  folderBytes: z.number(),
  packages: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      license: z.string(),
      author: z.string().nullable(),
      folder: z.string(),
    }),
  ),
  imports: z.array(z.string()),
});
const noteSchema = z.object({
  /** Hash of the wish and of the state of every file of it and of the results. */
  seal: z.string(),
  /** From the root of the project. */
  inputs: z.array(z.string()),
  bundles: z.array(bundleSchema),
});

const noteOf = (outFolder: string): string => `${outFolder}.json`;

/** Two states of a file are equal when nobody wrote to it: unlike the other times, `ctime` cannot be set back. */
function stateOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? [found.ino, found.size, found.mtimeNs, found.ctimeNs].join(' ') : 'absent';
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
  } catch {
    return [];
  }
}

function sealOf(wish: string, inputs: readonly string[], outFolder: string): string {
  const files = [
    ...inputs.map((path) => resolve(root, path)),
    ...filesBelow(visionFolder),
    ...filesBelow(outFolder),
  ];
  const states = files.map((path) => [path, stateOf(path)]);
  return createHash('sha256')
    .update(JSON.stringify([wish, states]))
    .digest('hex');
}

const visionSchema = z.object({ sources: z.record(z.string(), z.string()) });

/** What decides besides the files that esbuild read: how it is asked, what npm installed, what vision is made of. */
function silentInputs(): readonly string[] {
  const vision = visionSchema.parse(JSON.parse(readFileSync(join(visionFolder, 'manifest.json'), 'utf8')));
  return [
    'package.json',
    'package-lock.json',
    'node_modules/.package-lock.json',
    'tsconfig.json',
    'scripts/bundle-vision.ts',
    ...globSync('images/bundle/*.ts', { cwd: root }),
    ...Object.keys(vision.sources),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What was made the last time, or `null` when making it again could come to something else. */
export function readNote(outFolder: string, wish: string): readonly StageBundle[] | null {
  let text: string;
  try {
    text = readFileSync(noteOf(outFolder), 'utf8');
  } catch {
    return null;
  }
  const note = noteSchema.safeParse(parsed(text));
  if (!note.success) return null;
  const { seal, inputs, bundles } = note.data;
  return sealOf(wish, inputs, outFolder) === seal ? bundles : null;
}

interface Making {
  readonly wish: string;
  /** Nothing was read before. */
  readonly startMs: number;
  readonly inputs: readonly string[];
  readonly bundles: readonly StageBundle[];
}

/** Kernels tell the time of a change from a clock that ticks each 10 ms at the slowest. */
const tickMs = 20;

/** Writes no note when a source changed while it was read: nobody knows then which of its two contents was. */
export function writeNote(outFolder: string, { wish, startMs, inputs: read, bundles }: Making): void {
  const inputs = [
    ...new Set([...read, ...silentInputs()].map((path) => relative(root, resolve(root, path)))),
  ];
  const isMoving = (path: string): boolean => {
    const found = statSync(resolve(root, path), { throwIfNoEntry: false });
    return found !== undefined && found.ctimeMs >= startMs - tickMs;
  };
  if (inputs.some(isMoving)) return;
  const file = noteOf(outFolder);
  const part = `${file}.${String(process.pid)}.part`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(part, JSON.stringify({ seal: sealOf(wish, inputs, outFolder), inputs, bundles }));
  renameSync(part, file);
}
