// What is the name of exactly this content?
import { createHash } from 'node:crypto';

/** A file by what it holds: its path as the image sees it, with `/`, and the SHA-256 of its bytes in hexadecimal. */
export type HashedFile = readonly [path: string, sha256: string];

/**
 * Twelve hexadecimal digits that change whenever a file, its path or a setting changes, and with nothing else: not
 * with the order of the files, the folder of the checkout or the clock. Settings are all that is not a file but
 * changes the result, such as build arguments, in a fixed order.
 */
export function contentHash(files: readonly HashedFile[], settings: readonly string[]): string {
  const paths = files.map(([path]) => path);
  if (new Set(paths).size !== paths.length)
    throw new RangeError('a path stands twice among the files of one hash');
  const sorted = files.toSorted(([one], [other]) => (one < other ? -1 : 1));
  // JSON keeps apart what joined text would mix up: ['ab', 'c'] and ['a', 'bc'].
  return createHash('sha256')
    .update(JSON.stringify([sorted, settings]))
    .digest('hex')
    .slice(0, 12);
}
