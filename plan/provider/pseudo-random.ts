// Where do ids come from when nobody makes any? From the URN, so that every plan has the same.
import { createHash } from 'node:crypto';

const alphabets = {
  hex: '0123456789abcdef',
  num: '0123456789',
  string: 'abcdefghijklmnopqrstuvwxyz',
  alphanum: 'abcdefghijklmnopqrstuvwxyz0123456789',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
} as const;
export type Alphabet = keyof typeof alphabets;

/** `length` characters that look random and depend on nothing but the seed; at most 32. */
export function pseudoRandom(seed: string, alphabet: Alphabet, length: number): string {
  const bytes = createHash('sha256').update(seed).digest();
  const letters = alphabets[alphabet];
  return Array.from({ length }, (_, index) => letters[(bytes[index] ?? 0) % letters.length]).join('');
}

/** A version-4 UUID in form. */
export function pseudoUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}

export const pseudoDigest = (seed: string): string =>
  `sha256:${createHash('sha256').update(`digest ${seed}`).digest('hex')}`;
