// What is the SHA-256 of something that is still growing?
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export interface GrowingHash {
  readonly add: (chunk: Blob) => Promise<void>;
  /** Hexadecimal, lower case; ends the hash. */
  readonly digest: () => string;
}

/** Web Crypto can only hash what is whole; a half-hour recording would have to be in memory for it. */
export function createGrowingHash(): GrowingHash {
  const hash = sha256.create();
  return {
    add: async (chunk) => void hash.update(new Uint8Array(await chunk.arrayBuffer())),
    digest: () => bytesToHex(hash.digest()),
  };
}

/** The hash of chunks in their order, one in memory at a time. */
export async function hashOf(chunks: readonly Blob[]): Promise<string> {
  const hash = createGrowingHash();
  for (const chunk of chunks) await hash.add(chunk);
  return hash.digest();
}
