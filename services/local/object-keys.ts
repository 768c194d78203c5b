// In which folder does an object live?
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { assertUsableKey } from '../object-keys.ts';

/** In an object's folder: what decides which version readers see. */
export const currentName = 'current.json';

/** In the folder of all objects: the SQLite file of their keys. */
export const indexName = 'keys.sqlite';

/** In the folder of all objects: what is erased and on its way out; nothing in it is anybody's. */
export const erasedName = 'erased';

/**
 * The folder of one object below `root`. It is named after the key's SHA-256, so no key can lead outside, a file
 * system that ignores case or changes Unicode forms cannot mix two keys up, and `a` may exist beside `a/b`.
 * @throws ServiceRejected for a key that must not be used
 */
export function objectFolder(root: string, key: string): string {
  assertUsableKey(key);
  const digest = createHash('sha256').update(key).digest('hex');
  return join(root, digest.slice(0, 2), digest);
}
