// Which keys have objects in a folder, found by how they begin?
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { systemCode } from '../files.ts';
import { exclusively, openDatabase } from './database.ts';
import { currentName, indexName } from './object-keys.ts';

/**
 * The keys of the objects in a folder. A key is here before anything of its object is, and leaves after everything
 * of it has: so no crash leaves an object that cannot be found. It may name an object that never came to be.
 */
export interface ObjectIndex {
  /** Adds the key; it is durable when this returns. */
  add(key: string): void;
  /** Every key that begins so, in the order of UTF-8 bytes. */
  startingWith(prefix: string): readonly string[];
  /** Runs `work` while no other process adds, commits or erases. It must not wait for anything. */
  exclusively<T>(work: (keys: { has(key: string): boolean; remove(key: string): void }) => T): T;
}

const namedSchema = z.object({ key: z.string() });

function keyIn(folder: string): string | null {
  try {
    return namedSchema.parse(JSON.parse(readFileSync(join(folder, currentName), 'utf8'))).key;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Objects of a folder that an older Greenroom wrote, which kept no index. */
function* keysBelow(root: string): Generator<string> {
  for (const group of readdirSync(root, { withFileTypes: true })) {
    if (!group.isDirectory() || !/^[0-9a-f]{2}$/.test(group.name)) continue;
    for (const name of readdirSync(join(root, group.name))) {
      const key = keyIn(join(root, group.name, name));
      if (key !== null) yield key;
    }
  }
}

function makeTable(database: DatabaseSync, root: string): void {
  database.exec('CREATE TABLE objects (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID');
  const insert = database.prepare('INSERT INTO objects VALUES (?) ON CONFLICT DO NOTHING');
  for (const key of keysBelow(root)) insert.run(key);
}

function prepare(root: string): ObjectIndex {
  const database = openDatabase(join(root, indexName), {
    holds: 'keys of the objects',
    steps: [(fresh) => makeTable(fresh, root)],
  });
  const insert = database.prepare('INSERT INTO objects VALUES (?) ON CONFLICT DO NOTHING');
  const find = database.prepare('SELECT 1 FROM objects WHERE key = ?');
  const from = database.prepare('SELECT key FROM objects WHERE key >= ? ORDER BY key');
  const remove = database.prepare('DELETE FROM objects WHERE key = ?');
  const keys = {
    has: (key: string): boolean => find.get(key) !== undefined,
    remove: (key: string): void => void remove.run(key),
  };
  return {
    add: (key) => {
      if (!keys.has(key)) insert.run(key);
    },
    startingWith: (prefix) => {
      const found: string[] = [];
      for (const row of from.iterate(prefix)) {
        const { key } = namedSchema.parse(row);
        if (!key.startsWith(prefix)) break;
        found.push(key);
      }
      return found;
    },
    exclusively: (work) => exclusively(database, () => work(keys)),
  };
}

/** The index of the folder, opened (and made, for the objects that are there) when it is first asked for. */
export function objectIndexOf(root: string): () => ObjectIndex {
  let index: ObjectIndex | undefined;
  return () => (index ??= prepare(root));
}
