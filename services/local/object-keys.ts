// Which keys may name an object, and in which folder does an object live?
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ServiceRejected } from '../../domain/errors.ts';

/** S3's limit, in bytes of UTF-8. */
const maximumKeyBytes = 1024;

/** What is wrong with a key, or `null`. `%2F`, backslashes and letters of any script are just characters. */
function faultOf(key: string): string | null {
  if (!key.isWellFormed()) return 'it is not valid Unicode';
  if (Buffer.byteLength(key) > maximumKeyBytes) return `it is longer than ${maximumKeyBytes} bytes`;
  if (key.includes('\0')) return 'it holds a NUL';
  const parts = key.split('/');
  if (parts.includes('')) return 'it is absolute or has an empty part';
  if (parts.includes('.') || parts.includes('..')) return 'it has a part that points elsewhere';
  return null;
}

/**
 * The folder of one object below `root`. It is named after the key's SHA-256, so no key can lead outside, a file
 * system that ignores case or changes Unicode forms cannot mix two keys up, and `a` may exist beside `a/b`.
 * Throws `ServiceRejected` for a key that S3 tools or file systems could read in two ways.
 */
export function objectFolder(root: string, key: string): string {
  const fault = faultOf(key);
  if (fault !== null)
    throw new ServiceRejected('UPSTREAM', `The key ${JSON.stringify(key)} is refused: ${fault}.`);
  const digest = createHash('sha256').update(key).digest('hex');
  return join(root, digest.slice(0, 2), digest);
}
