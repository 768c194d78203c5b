// Whose code is in a bundle, and under which licences?
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { z } from 'zod';
import { InternalError } from '../../domain/errors.ts';

const authorSchema = z
  .union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
  .nullable()
  .default(null);
const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  author: authorSchema,
});

const mitText = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  readonly author: string | null;
  /** From the root of the project: a package may be there twice. */
  readonly folder: string;
}

/** The folder of the package that a file belongs to; `null` for a file of ours. */
function packageFolder(file: string): string | null {
  const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
  return folder ?? null;
}

const withFolder = (found: z.infer<typeof packageSchema>, folder: string): BundledPackage => ({
  ...found,
  folder,
});

/** The packages that have code in the output, in the order of their folders. */
export async function packagesIn(
  root: string,
  inputs: Metafile['outputs'][string]['inputs'],
): Promise<readonly BundledPackage[]> {
  const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const folders = new Set(used.flatMap(([file]) => packageFolder(file) ?? []));
  return Promise.all(
    [...folders].toSorted().map(async (folder) => {
      const text = await readFile(join(root, folder, 'package.json'), 'utf8');
      return withFolder(packageSchema.parse(JSON.parse(text)), folder);
    }),
  );
}

async function licenseText(root: string, { folder, name, license, author }: BundledPackage): Promise<string> {
  const names = await readdir(join(root, folder));
  const file = names.find((found) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(found));
  if (file !== undefined) return (await readFile(join(root, folder, file), 'utf8')).trim();
  // Some packages of AWS are published without the text; sharp ships the same Apache License 2.0 in full.
  if (license === 'Apache-2.0')
    return (await readFile(join(root, 'node_modules/sharp/LICENSE'), 'utf8')).trim();
  // One only says "MIT" and who wrote it; the licence wants its text to go along with the name.
  if (license === 'MIT' && author !== null) return `Copyright (c) ${author}\n\n${mitText}`;
  throw new InternalError(`${name} (${license}) has no licence text; the bundle must not go without one`);
}

/** Each licence text once, under the packages that it is for. */
export async function noticesOf(root: string, packages: readonly BundledPackage[]): Promise<string> {
  const byText = new Map<string, string[]>();
  for (const one of packages) {
    const text = await licenseText(root, one);
    byText.set(text, [...(byText.get(text) ?? []), `${one.name} ${one.version} (${one.license})`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return parts.join(`\n${'-'.repeat(78)}\n\n`);
}
