// What lies in a data folder? Every row and every stored byte, so that two looks can be compared.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface FolderState {
  /** Rows of each table as texts, by `file table`. */
  readonly rows: { readonly [table: string]: readonly string[] };
  /** SHA-256 of the files of objects, by their path below the folder. */
  readonly files: { readonly [path: string]: string };
}

const databaseNames = ['records.sqlite', 'preferences.sqlite', 'objects/keys.sqlite'];

function rowsOf(path: string, name: string): [string, string[]][] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return tables.map((table): [string, string[]] => {
      const rows = database.prepare(`SELECT * FROM "${String(table['name'])}"`).all();
      return [`${name} ${String(table['name'])}`, rows.map((row) => JSON.stringify(row)).toSorted()];
    });
  } finally {
    database.close();
  }
}

const hashOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

/** Names of what lies under `objects`, but for the index. */
export async function objectFiles(folder: string): Promise<readonly string[]> {
  const root = join(folder, 'objects');
  const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((one) => one.isFile() && !one.name.startsWith('keys.sqlite'))
    .map((one) => relative(folder, join(one.parentPath, one.name)))
    .toSorted();
}

export async function stateOf(folder: string): Promise<FolderState> {
  const present = new Set(await readdir(folder));
  const files = await objectFiles(folder);
  const hashes = await Promise.all(
    files.map(async (path) => [path, await hashOf(join(folder, path))] as const),
  );
  const databases = databaseNames.filter((name) =>
    name.includes('/') ? files.length > 0 : present.has(name),
  );
  return {
    rows: Object.fromEntries(databases.flatMap((name) => rowsOf(join(folder, name), name))),
    files: Object.fromEntries(hashes),
  };
}
