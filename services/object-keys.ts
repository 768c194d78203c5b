// Which keys may name an object? The same ones in a folder of this machine and in a bucket.
import { ServiceRejected } from '../domain/errors.ts';

/** S3's limit, in bytes of UTF-8. */
const maximumKeyBytes = 1024;

/** What is wrong with a key, or `null`. `%2F`, backslashes and letters of any script are just characters. */
function faultOf(key: string): string | null {
  if (!key.isWellFormed()) return 'it is not valid Unicode';
  if (Buffer.byteLength(key) > maximumKeyBytes) return `it is longer than ${maximumKeyBytes} bytes`;
  // XML, in which S3 lists keys, cannot carry most of them, and logs of lines are broken by the rest.
  if (/[\u0000-\u001f\u007f]/.test(key)) return 'it holds a control character';
  const parts = key.split('/');
  if (parts.includes('')) return 'it is absolute or has an empty part';
  if (parts.includes('.') || parts.includes('..')) return 'it has a part that points elsewhere';
  return null;
}

/** @throws ServiceRejected for a key that S3, its tools or file systems could read in two ways */
export function assertUsableKey(key: string): void {
  const fault = faultOf(key);
  if (fault !== null)
    throw new ServiceRejected('UPSTREAM', `The key ${JSON.stringify(key)} is refused: ${fault}.`);
}
