// Which functions does Step Functions add to JSONata, and what do they accept?
//
// Rules as documented for Step Functions and as measured on it by the floci emulator's tests: numbers are cut towards
// zero, and an argument that makes no sense gives nothing (undefined) rather than an error. $eval does not exist.

import { createHash, randomUUID } from 'node:crypto';

/** An error as JSONata throws it: the text of a code is JSONata's, filled in with `index` and `token`. */
export interface CodedError {
  readonly code?: string;
  readonly message: string;
  readonly index?: number;
  readonly token?: string;
}

const hashAlgorithms: { readonly [name: string]: string } = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** The longest range AWS builds; one element more is refused (measured by floci). */
const longestRange = 360_145;

/**
 * The bindings for one execution: `$partition`, `$range`, `$hash`, `$random`, `$uuid` and `$parse`, and `$eval` as
 * nothing, so that calling it fails as on Step Functions. `random` gives numbers in [0, 1).
 */
export function statesFunctions(random: () => number): { readonly [name: string]: unknown } {
  return {
    partition,
    range,
    hash,
    random: (seed?: unknown) => (seed === undefined ? random() : seeded(whole('random', 1, seed))),
    uuid: () => randomUUID(),
    parse,
    eval: undefined,
  };
}

function partition(array: unknown, size: unknown): unknown {
  if (array === undefined || size === undefined) return undefined;
  const items: readonly unknown[] = Array.isArray(array) ? array : [array];
  const length = whole('partition', 2, size);
  if (items.length === 0 || length < 1) return undefined;
  return Array.from({ length: Math.ceil(items.length / length) }, (_, i) =>
    items.slice(i * length, (i + 1) * length),
  );
}

function range(from: unknown, to: unknown, by: unknown): unknown {
  if (from === undefined || to === undefined || by === undefined) return undefined;
  const start = whole('range', 1, from);
  const end = whole('range', 2, to);
  const step = whole('range', 3, by);
  if (step === 0 || (end - start) * step < 0) return undefined;
  const length = Math.floor((end - start) / step) + 1;
  if (length > longestRange) {
    const error: CodedError = {
      message: 'Expression evaluation memory limit exceeded: Check for excessive memory usage',
    };
    throw error;
  }
  return length === 1 ? start : Array.from({ length }, (_, i) => start + i * step);
}

function hash(text: unknown, algorithm: unknown): unknown {
  if (text === undefined || algorithm === undefined) return undefined;
  if (typeof text !== 'string') throw badArgument('hash', 1);
  const name = typeof algorithm === 'string' ? hashAlgorithms[algorithm] : undefined;
  if (name === undefined) throw badArgument('hash', 2);
  return createHash(name).update(text, 'utf8').digest('hex');
}

function parse(text: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw badArgument('parse', 1);
  try {
    return JSON.parse(text);
  } catch {
    throw badArgument('parse', 1);
  }
}

function whole(name: string, position: number, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw badArgument(name, position);
  return Math.trunc(value);
}

function badArgument(token: string, index: number): CodedError {
  return { code: 'T0410', message: 'the argument does not match the function signature', index, token };
}

/** One number in [0, 1) per seed (mulberry32). AWS does not say which generator it uses, so the numbers differ. */
function seeded(seed: number): number {
  let state = (seed + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
}
