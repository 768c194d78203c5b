// How does a file come to be that only its user may read, before SQLite writes into it?
import { closeSync, openSync } from 'node:fs';
import { privateFileMode } from '../services/files.ts';

/** Makes the file if it is not there; SQLite gives its write-ahead log the same mode. Gives the path back. */
export function privateFile(path: string): string {
  closeSync(openSync(path, 'a', privateFileMode));
  return path;
}
