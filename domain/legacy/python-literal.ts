// How is a Python value read that was stored as its printed form?
import { LegacyUnreadable } from './legacy-unreadable.ts';

export type PythonValue =
  null | boolean | number | string | readonly PythonValue[] | { readonly [key: string]: PythonValue };

const deepest = 64;
const words: Readonly<Record<string, PythonValue>> = { None: null, True: true, False: false };
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads one printed value from left to right; nothing is evaluated. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): PythonValue {
    const value = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#fault('something follows the value');
    return value;
  }

  #fault(problem: string): LegacyUnreadable {
    return new LegacyUnreadable(`${problem} at character ${this.#at + 1} of the Python value`);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    this.#at += found?.length ?? 0;
    return found;
  }

  #skipSpace(): void {
    this.#match(/\s*/y);
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at++;
    return true;
  }

  #value(depth: number): PythonValue {
    if (depth > deepest) throw this.#fault('too many levels');
    this.#skipSpace();
    if (this.#take('{')) return this.#dictionary(depth);
    if (this.#take('[')) return this.#items(']', depth);
    if (this.#take('(')) return this.#items(')', depth);
    if (this.#match(/[bu]?(?=['"])/y) !== null) return this.#strings();
    const decimal = this.#match(/Decimal\((?=['"])/y);
    if (decimal !== null) {
      const value = Number(this.#string());
      if (!this.#take(')')) throw this.#fault('a closing bracket is missing');
      return this.#finite(value);
    }
    const number = this.#match(/[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/y);
    if (number !== null) return this.#finite(Number(number));
    const name = this.#match(/[A-Za-z]{1,16}/y) ?? '';
    const value = words[name];
    if (value === undefined || !Object.hasOwn(words, name)) throw this.#fault('no Python value');
    return value;
  }

  #finite(value: number): number {
    if (!Number.isFinite(value)) throw this.#fault('the number is not finite');
    return value;
  }

  #dictionary(depth: number): PythonValue {
    const entries: [string, PythonValue][] = [];
    while (!this.#take('}')) {
      const key = this.#value(depth + 1);
      if (typeof key === 'object' && key !== null) throw this.#fault('a key is no text');
      if (!this.#take(':')) throw this.#fault('a colon is missing');
      entries.push([String(key), this.#value(depth + 1)]);
      if (!this.#take(',') && !this.#closes('}')) throw this.#fault('a comma is missing');
    }
    // From entries: a key named __proto__ stays a key.
    return Object.fromEntries(entries);
  }

  #items(end: string, depth: number): PythonValue {
    const items: PythonValue[] = [];
    while (!this.#take(end)) {
      items.push(this.#value(depth + 1));
      if (!this.#take(',') && !this.#closes(end)) throw this.#fault('a comma is missing');
    }
    return items;
  }

  #closes(end: string): boolean {
    this.#skipSpace();
    return this.#text.charAt(this.#at) === end;
  }

  /** Neighbouring strings are one string in Python. */
  #strings(): string {
    const parts: string[] = [];
    do {
      parts.push(this.#string());
      this.#skipSpace();
    } while (this.#match(/[bu]?(?=['"])/y) !== null);
    return parts.join('');
  }

  #string(): string {
    const quote = this.#text.charAt(this.#at++);
    const parts: string[] = [];
    for (;;) {
      parts.push(this.#match(quote === '"' ? /[^"\\]*/y : /[^'\\]*/y) ?? '');
      const next = this.#text.charAt(this.#at++);
      if (next === quote) return parts.join('');
      if (next === '') throw this.#fault('a text does not end');
      parts.push(this.#escape());
    }
  }

  #escape(): string {
    const kind = this.#text.charAt(this.#at++);
    const length = hexLengths[kind];
    if (length === undefined) return escapes[kind] ?? (/['"\\]/.test(kind) ? kind : `\\${kind}`);
    const digits = this.#text.slice(this.#at, this.#at + length);
    const code = /^[0-9a-fA-F]+$/.test(digits) ? Number.parseInt(digits, 16) : Infinity;
    if (digits.length < length || code > 0x10ffff) throw this.#fault('a wrong escape');
    this.#at += length;
    return String.fromCodePoint(code);
  }
}

/**
 * The value of a printed Python literal: dict, list, tuple, text, number, Decimal, None, True and False.
 * Apostrophes inside double quotes and escapes are read as Python writes them. Linear; nothing is evaluated.
 * @throws LegacyUnreadable for anything else, with the position
 */
export const parsePythonLiteral = (text: string): PythonValue => new Reader(text).whole();
