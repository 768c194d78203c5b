// How is a value written in a committed plan, so that it stays small and still tells when it changes?
import { createHash } from 'node:crypto';
import { sortedValue } from '../sorted-value.ts';

/** Longer values are told by a hash. */
const longestText = 72;

/** Tags and digests of images follow the contents of the code, which the code's own diff shows. */
export function withoutContents(value: unknown, digests: readonly string[]): unknown {
  if (typeof value === 'string')
    return digests
      .reduce((text, digest) => text.replaceAll(digest, 'sha256:*'), value)
      .replaceAll(/(?<=(?:^|:)[a-z][a-z0-9-]*-)[0-9a-f]{12}(?=$|@)/gu, '*');
  if (Array.isArray(value)) return value.map((item) => withoutContents(item, digests));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutContents(item, digests)]),
  );
}

/** An object of a bucket that is made of a file: a file of the app, whose name holds a hash of it, is all content. */
export const isContents = (type: string, inputs: { readonly [property: string]: unknown }): boolean =>
  type === 'aws:s3/bucketObjectv2:BucketObjectv2' && 'source' in inputs;

/** The value itself if it is short, else `#` and 12 digits of its SHA-256. Equal values have equal fingerprints. */
export function fingerprint(value: unknown): unknown {
  const text = JSON.stringify(sortedValue(value));
  if (text.length <= longestText) return value;
  return `#${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}
