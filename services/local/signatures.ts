// Did we sign this text?
import { createHmac, timingSafeEqual } from 'node:crypto';

const digestOf = (key: Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** HMAC-SHA256, 64 hexadecimal digits in lower case. */
export const signatureOf = (key: Uint8Array, text: string): string => digestOf(key, text).toString('hex');

/** Compares in constant time; only the one way of writing a signature counts. */
export const isSignatureOf = (key: Uint8Array, text: string, signature: string): boolean =>
  /^[0-9a-f]{64}$/.test(signature) && timingSafeEqual(Buffer.from(signature, 'hex'), digestOf(key, text));
