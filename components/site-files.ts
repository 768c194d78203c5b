// Which files make the site? Those that the build of the app left in a folder.
import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { siteContentTypes } from '../domain/site-content-types.ts';

export interface SiteFile {
  /** Path from the root of the site, without a slash in front: `assets/index-BxYw12aZ.js`. */
  readonly key: string;
  /** On this machine. */
  readonly path: string;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** Written by the deployment; one in the folder is for another host. */
const writtenAtDeploy = 'config.json';

/** The name ends with eight letters that follow from the contents, as Vite writes it. */
const hashed = /^(?<stem>.+)-[\w-]{8}(?<extension>(?:\.[a-z0-9]+)+)$/;
const inAssets = (key: string): boolean => key.startsWith('assets/');

/**
 * Names that stay the same while the contents change, by key: `assets/index.js`. Files that would share one are
 * numbered in the order of their keys.
 */
export function logicalNames(files: readonly Pick<SiteFile, 'key'>[]): ReadonlyMap<string, string> {
  const taken = new Map<string, number>();
  const keys = files.map(({ key }) => key).toSorted((a, b) => (a < b ? -1 : 1));
  return new Map(
    keys.map((key) => {
      const { stem, extension } = (inAssets(key) ? hashed.exec(key)?.groups : undefined) ?? {};
      if (stem === undefined || extension === undefined) return [key, key];
      const count = (taken.get(stem + extension) ?? 0) + 1;
      taken.set(stem + extension, count);
      return [key, `${stem}${count === 1 ? '' : `-${String(count)}`}${extension}`];
    }),
  );
}

/** A browser may keep a file for a year if another content has another name; everything else it asks for again. */
const cacheControlOf = (key: string): string =>
  inAssets(key) && hashed.test(key) ? 'public, max-age=31536000, immutable' : 'no-cache';

/**
 * Every file of a folder, sorted by key, but its `config.json`.
 * @throws RangeError for an empty folder or one without a page, and for a file whose type browsers would have to guess.
 */
export function siteFilesIn(folder: string): readonly SiteFile[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, key: relative(folder, path).split(sep).join('/') }))
    .filter(({ key }) => key !== writtenAtDeploy)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ path, key }) => ({ key, path, contentType: typeOf(key), cacheControl: cacheControlOf(key) }));
  if (!files.some(({ key }) => key === 'index.html')) {
    throw new RangeError(`${folder} holds no index.html: build the app first`);
  }
  return files;
}

function typeOf(key: string): string {
  const found = siteContentTypes[extname(key)];
  if (found === undefined) throw new RangeError(`nobody knows the type of ${key}; add it to site-files.ts`);
  return found;
}
