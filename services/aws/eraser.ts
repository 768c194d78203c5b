// How do objects of S3 go for good? Every version and every delete marker, a thousand at a time.
import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  S3Client,
  type ObjectIdentifier,
} from '@aws-sdk/client-s3';
import { InternalError, ServiceRejected, TemporaryFailure } from '../../domain/errors.ts';
import type { ObjectEraser } from '../contracts.ts';
import { addressing, clientOptions } from './clients.ts';
import { guarded } from './errors.ts';

export interface ObjectEraserOptions {
  readonly bucketName: string;
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: S3Client;
}

/** Deleting a thousand versions takes S3 a second or two. */
const patience = { requestMs: 8000, silenceMs: 8000 };

/** The versions of one page, with those that are delete markers; both are deleted alike. */
interface Page {
  readonly versions: readonly ObjectIdentifier[];
  readonly all: readonly ObjectIdentifier[];
  readonly isLast: boolean;
}

const identified = (
  found: readonly { readonly Key?: string | undefined; readonly VersionId?: string | undefined }[],
): readonly ObjectIdentifier[] =>
  found.flatMap(({ Key, VersionId }) =>
    Key === undefined || VersionId === undefined ? [] : [{ Key, VersionId }],
  );

async function firstPage(client: S3Client, Bucket: string, Prefix: string): Promise<Page> {
  const {
    Versions = [],
    DeleteMarkers = [],
    IsTruncated,
  } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix, MaxKeys: 1000 }));
  const versions = identified(Versions);
  return { versions, all: [...versions, ...identified(DeleteMarkers)], isLast: IsTruncated !== true };
}

/** S3's own words for "try again": one key of a batch may fail although the batch as a whole succeeded. */
const passing: ReadonlySet<string | undefined> = new Set(['InternalError', 'SlowDown', 'ServiceUnavailable']);

async function deleteAll(client: S3Client, Bucket: string, all: Page['all']): Promise<void> {
  const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects: [...all], Quiet: true } });
  const { Errors = [] } = await client.send(command);
  const [first] = Errors;
  if (!first) return;
  const sentence = `${String(Errors.length)} versions could not be deleted, the first is of ${first.Key ?? 'no key'} (${first.Code ?? 'no reason'}).`;
  if (Errors.every(({ Code }) => passing.has(Code))) throw new TemporaryFailure('UPSTREAM', sentence);
  if (first.Code === 'AccessDenied') throw new InternalError(sentence);
  throw new ServiceRejected('UPSTREAM', sentence);
}

/**
 * Erases in a versioned bucket, or in one without versions. Objects are counted by key, versions without delete
 * markers. The empty prefix is a `ServiceRejected`. What was already erased when something fails stays erased; asked again, the rest goes.
 */
export function createObjectEraser({
  bucketName,
  client = new S3Client({ ...clientOptions(patience), ...addressing() }),
}: ObjectEraserOptions): ObjectEraser {
  return {
    erase: (prefix) =>
      guarded(`Erasing ${prefix}`, async () => {
        if (prefix === '') throw new ServiceRejected('UPSTREAM', 'Nobody erases a whole bucket.');
        const keys = new Set<string | undefined>();
        let versions = 0;
        for (;;) {
          // What was deleted is not listed any more, so the first page is always the next one.
          const page = await firstPage(client, bucketName, prefix);
          if (page.all.length > 0) await deleteAll(client, bucketName, page.all);
          for (const { Key } of page.versions) keys.add(Key);
          versions += page.versions.length;
          if (page.isLast) return { objects: keys.size, versions };
        }
      }),
  };
}
