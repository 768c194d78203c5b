// How are texts sealed on this machine, so that only we can read them and nobody can change them?
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Sealer } from '../contracts.ts';
import { deriveKey } from './secret.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

type Bound = Parameters<Sealer['seal']>[1];

const boundBytes = ({ userId, operation }: Bound): Buffer => Buffer.from(JSON.stringify([userId, operation]));

function openWith(key: Buffer, sealed: string, bound: Bound): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  // Decoding is lenient: several texts stand for the same bytes, of which we wrote only one.
  if (bytes.toString('base64url') !== sealed || bytes.length < nonceBytes + tagBytes) return null;
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(boundBytes(bound));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const opened = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
  try {
    return Buffer.concat([opened, decipher.final()]).toString();
  } catch {
    return null;
  }
}

/**
 * AES-256-GCM with a key of its own made from the secret, a random nonce of 96 bits, and the user and the operation
 * as additional data. A sealed text is base64url, about 4/3 of the text and 38 characters longer.
 */
export function createSealer({ secret }: { readonly secret: Uint8Array }): Sealer {
  const key = deriveKey(secret, 'sealer');
  return {
    seal: (text, bound) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(boundBytes(bound));
      const body = Buffer.concat([cipher.update(text), cipher.final()]);
      return Promise.resolve(Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url'));
    },
    open: (sealed, bound) => Promise.resolve(openWith(key, sealed, bound)),
  };
}
