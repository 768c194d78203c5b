// May results be written into this folder? Never over a file that Greenroom did not write.
import { lstat, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { derivedNames } from '../domain/ids.ts';
import { filesSchema } from '../domain/report.ts';
import { WrongUsage } from './wrong-usage.ts';

/** The page that people read, if somebody writes one. */
export const pageName = 'report.html';

/** What a report of any version says of its files; anything else in `report.json` is somebody else's. */
const earlierSchema = z.object({ recordId: z.string(), files: filesSchema.partial() });

const resultNames = [...Object.keys(filesSchema.shape), 'report'].map(
  (name) => derivedNames[name as keyof typeof derivedNames],
);

async function earlierResults(out: string): Promise<ReadonlySet<string>> {
  const text = await readFile(join(out, derivedNames.report), 'utf8').catch(() => 'null');
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Somebody's own report.json.
  }
  const earlier = earlierSchema.safeParse(value).data;
  if (!earlier) return new Set();
  const files = Object.values(earlier.files).filter((name) => typeof name === 'string');
  return new Set([...files, derivedNames.report, pageName]);
}

const realPathOf = (path: string): Promise<string> => realpath(path).catch(() => path);

/**
 * Passes when every name that results may take is free, or was written by an earlier run here, and is none of `sources`.
 * @throws WrongUsage that names the file in the way
 */
export async function requireResultFolder(out: string, sources: readonly string[]): Promise<void> {
  const ours = await earlierResults(out);
  const used = new Set(await Promise.all(sources.map(realPathOf)));
  for (const name of [...resultNames, pageName]) {
    const path = join(out, name);
    const exists = await lstat(path).then(
      () => true,
      () => false,
    );
    if (!exists) continue;
    if (used.has(await realPathOf(path)))
      throw new WrongUsage(
        `${path} would be overwritten by its own results; choose another folder with --out.`,
      );
    if (!ours.has(name))
      throw new WrongUsage(
        `${out} holds ${name}, which is not a result of Greenroom; choose another folder with --out.`,
      );
  }
}
