// How does a browser send or fetch one object of S3 without any other right? With a signed form, or a signed address.
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { InternalError } from '../../domain/errors.ts';
import { contentDisposition } from '../content-disposition.ts';
import type { Links } from '../contracts.ts';
import { assertUsableKey } from '../object-keys.ts';
import { addressing, brief, clientOptions } from './clients.ts';
import { guarded } from './errors.ts';

/** Of a form: the policy is checked when the upload begins, however long it then takes. */
const uploadSeconds = 300;
/** The longest that a signature of version 4 is good for. */
const longestSeconds = 7 * 86_400;

export interface LinksOptions {
  readonly bucketName: string;
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: S3Client;
}

/** S3 puts the name of the user's file in the place of this wherever it stands in a form's key. */
const fileNameVariable = '${filename}';

function assertSignable(key: string): void {
  assertUsableKey(key);
  if (key.includes(fileNameVariable)) throw new InternalError(`A form for ${key} would be good for any key.`);
}

/**
 * A client that only signs. What the SDK adds to requests by itself stays out: it would sign the checksum of an empty
 * body into a form or an address, and ask for a checksum that a browser does not send.
 */
const createSigner = () =>
  new S3Client({
    ...clientOptions(brief),
    ...addressing(),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });

/**
 * Forms and addresses on the bucket's own host in its region, signed without a call of AWS. They can do what the role
 * may that signs them, and end with its session's credentials at the latest: on Lambda some hours after they were made.
 */
export function createLinks({ bucketName: Bucket, client = createSigner() }: LinksOptions): Links {
  // As the SDK does: its clock may be known to be wrong.
  const now = () => new Date(Date.now() + client.config.systemClockOffset);
  return {
    upload: ({ key, contentType, sizeBytes }) =>
      guarded(`Signing the upload of ${key}`, async () => {
        assertSignable(key);
        const expiresAt = new Date((Math.floor(now().getTime() / 1000) + uploadSeconds) * 1000);
        const { url, fields } = await createPresignedPost(client, {
          Bucket,
          Key: key,
          Fields: { 'Content-Type': contentType },
          Conditions: [['content-length-range', sizeBytes, sizeBytes]],
          Expires: uploadSeconds,
        });
        return { url, fields, expiresAt };
      }),
    download: ({ key, contentType, expiresAt, fileName }) =>
      guarded(`Signing the download of ${key}`, async () => {
        assertUsableKey(key);
        const signingDate = now();
        const seconds = Math.floor((expiresAt.getTime() - signingDate.getTime()) / 1000);
        if (seconds < 1 || seconds > longestSeconds)
          throw new InternalError(`No address is good for ${String(seconds)} s.`);
        const command = new GetObjectCommand({
          Bucket,
          Key: key,
          ResponseContentType: contentType,
          ResponseContentDisposition: contentDisposition(fileName),
        });
        return getSignedUrl(client, command, { expiresIn: seconds, signingDate });
      }),
  };
}
