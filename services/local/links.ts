// How does this machine sign forms and addresses, so that a browser needs no other right?
import { z } from 'zod';
import { uploadContentTypeSchema } from '../../domain/upload-format.ts';
import type { Links } from '../contracts.ts';
import { assertUsableKey } from '../object-keys.ts';
import { deriveKey } from './secret.ts';
import { isSignatureOf, signatureOf } from './signatures.ts';

/** How long a form is good for. */
const uploadSeconds = 300;

/** As what a form's fields reach S3, except for the signature's own name. */
const signatureField = 'x-greenroom-signature';

const policySchema = z.strictObject({
  expiration: z.iso.datetime().transform((text) => new Date(text)),
  conditions: z.tuple([
    z.strictObject({ key: z.string() }),
    z.strictObject({ 'Content-Type': uploadContentTypeSchema }),
    z.tuple([z.literal('content-length-range'), z.int(), z.int()]),
  ]),
});

/** Why a form is refused; the first that applies. */
export type UploadRefusal =
  /** A field that must be there is missing, or there is one that was never in the form. */
  | 'FIELDS'
  /** The policy is not ours. */
  | 'SIGNATURE'
  | 'EXPIRED'
  /** A field says something else than the policy. */
  | 'KEY'
  | 'CONTENT_TYPE';

export type CheckedUpload =
  | {
      readonly refusal: null;
      readonly key: string;
      readonly contentType: z.infer<typeof uploadContentTypeSchema>;
      /** Exactly so many bytes may come. */
      readonly sizeBytes: number;
    }
  | { readonly refusal: UploadRefusal };

export interface CheckedDownload {
  readonly key: string;
  readonly contentType: string;
  /** Under which name it is to be saved; `null`: it is to be shown. */
  readonly fileName: string | null;
  readonly expiresAt: Date;
}

/** Links of this machine, and the side that takes what they let in. */
export interface LocalLinks extends Links {
  /** Checks the fields that came before the file; the file's size is the caller's to check. */
  checkUpload(fields: Readonly<{ [name: string]: string }>, now: Date): CheckedUpload;
  /** What may be fetched with the query of a download's address; `null` for any that we did not sign, or that has ended. */
  checkDownload(query: URLSearchParams, now: Date): CheckedDownload | null;
}

export interface LinksOptions {
  readonly secret: Uint8Array;
  /** What stands before `/uploads` and `/files`, such as `http://127.0.0.1:4000`; empty for addresses of the same host. */
  readonly base: string;
  readonly now?: () => Date;
}

const fieldsSchema = z.strictObject({
  key: z.string(),
  'Content-Type': z.string(),
  policy: z.string(),
  [signatureField]: z.string(),
});

function checkUpload(key: Buffer, given: unknown, now: Date): CheckedUpload {
  const fields = fieldsSchema.safeParse(given).data;
  if (!fields) return { refusal: 'FIELDS' };
  if (!isSignatureOf(key, fields.policy, fields[signatureField])) return { refusal: 'SIGNATURE' };
  const { expiration, conditions } = policySchema.parse(
    JSON.parse(Buffer.from(fields.policy, 'base64').toString()),
  );
  const [allowedKey, allowedType, [, sizeBytes]] = conditions;
  if (now >= expiration) return { refusal: 'EXPIRED' };
  if (fields.key !== allowedKey.key) return { refusal: 'KEY' };
  if (fields['Content-Type'] !== allowedType['Content-Type']) return { refusal: 'CONTENT_TYPE' };
  return { refusal: null, key: fields.key, contentType: allowedType['Content-Type'], sizeBytes };
}

/** What an address's signature is of; a name that is missing is another text than an empty one. */
const downloadText = ({ key, contentType, fileName, expiresAt }: CheckedDownload): string =>
  JSON.stringify([key, contentType, fileName, expiresAt.getTime()]);

/** The only value of that name; `null` when there is none, or more than one to choose from. */
function onlyValue(query: URLSearchParams, name: string): string | null {
  const [value = null, ...others] = query.getAll(name);
  return others.length === 0 ? value : null;
}

function checkDownload(signingKey: Buffer, query: URLSearchParams, now: Date): CheckedDownload | null {
  const [key, contentType, expires, signature] = ['key', 'type', 'expires', 'signature'].map((name) =>
    onlyValue(query, name),
  );
  if (typeof key !== 'string' || typeof contentType !== 'string' || typeof signature !== 'string')
    return null;
  if (!/^\d{1,15}$/.test(expires ?? '') || query.getAll('name').length > 1) return null;
  const asked = { key, contentType, fileName: query.get('name'), expiresAt: new Date(Number(expires)) };
  const isGood = isSignatureOf(signingKey, downloadText(asked), signature) && now < asked.expiresAt;
  return isGood ? asked : null;
}

/**
 * Forms and addresses signed with HMAC-SHA256, with keys of their own made from the secret. A form is for `<base>/uploads`
 * and has the fields that S3's would have, `key`, `Content-Type` and `policy`, and ours for `x-amz-signature`; an
 * address is `<base>/files/<last part of the key>` with everything that counts in its query.
 * @throws ServiceRejected for a key that must not be used
 */
export function createLinks({ secret, base, now = () => new Date() }: LinksOptions): LocalLinks {
  const uploadKey = deriveKey(secret, 'upload form');
  const downloadKey = deriveKey(secret, 'download address');
  return {
    upload: async ({ key, contentType, sizeBytes }) => {
      assertUsableKey(key);
      const expiresAt = new Date(now().getTime() + uploadSeconds * 1000);
      const document: z.input<typeof policySchema> = {
        expiration: expiresAt.toISOString(),
        conditions: [
          { key },
          { 'Content-Type': contentType },
          ['content-length-range', sizeBytes, sizeBytes],
        ],
      };
      const policy = Buffer.from(JSON.stringify(document)).toString('base64');
      const fields = {
        key,
        'Content-Type': contentType,
        policy,
        [signatureField]: signatureOf(uploadKey, policy),
      };
      return { url: `${base}/uploads`, fields, expiresAt };
    },
    download: async ({ key, contentType, expiresAt, fileName }) => {
      assertUsableKey(key);
      // What is not valid Unicode would not come back out of an address as it went in.
      const name = fileName?.toWellFormed() ?? null;
      const query = new URLSearchParams({ key, type: contentType, expires: String(expiresAt.getTime()) });
      if (name !== null) query.set('name', name);
      query.set(
        'signature',
        signatureOf(downloadKey, downloadText({ key, contentType, fileName: name, expiresAt })),
      );
      const lastPart = key.slice(key.lastIndexOf('/') + 1);
      return `${base}/files/${encodeURIComponent(lastPart)}?${query.toString()}`;
    },
    checkUpload: (fields, time) => checkUpload(uploadKey, fields, time),
    checkDownload: (query, time) => checkDownload(downloadKey, query, time),
  };
}
