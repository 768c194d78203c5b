// Where do events stay that no delivery could get rid of, until somebody replays them?
import { DatabaseSync } from 'node:sqlite';
import type { DeadLetter } from '../services/operations.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS dead_letters (
    id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL, sent_at TEXT NOT NULL, error TEXT
  ) STRICT`;

/** The dead-letter queues of this machine in one SQLite file. */
export interface DeadLetters {
  /** Keeps a letter; one of the same id is kept once. */
  keep(letter: DeadLetter): void;
  /** The oldest first. */
  of(queue: string): readonly DeadLetter[];
  remove(id: string): void;
  close(): void;
}

export function openDeadLetters(path: string): DeadLetters {
  const database = new DatabaseSync(path, { timeout: 5000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec(schema);
  const insert = database.prepare('INSERT INTO dead_letters VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const select = database.prepare('SELECT * FROM dead_letters WHERE queue = ? ORDER BY sent_at, id');
  const remove = database.prepare('DELETE FROM dead_letters WHERE id = ?');
  return {
    keep: ({ id, queue, body, sentAt, error }) => void insert.run(id, queue, body, sentAt, error),
    of: (queue) =>
      select.all(queue).map((row) => ({
        id: String(row['id']),
        queue: String(row['queue']),
        body: String(row['body']),
        sentAt: String(row['sent_at']),
        error: row['error'] === null ? null : String(row['error']),
      })),
    remove: (id) => void remove.run(id),
    close: () => database.close(),
  };
}
