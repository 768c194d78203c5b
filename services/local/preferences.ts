// How are a user's own questions and settings kept on this machine without a lost change?
import { z } from 'zod';
import { noPreferences, preferencesSchema } from '../../domain/preferences.ts';
import type { PreferenceTable } from '../contracts.ts';
import { guarded, openDatabase, type DatabaseDescription } from './database.ts';

const description: DatabaseDescription = {
  holds: 'preferences',
  steps: [
    (database) =>
      database.exec(`CREATE TABLE preferences (
        user_id TEXT PRIMARY KEY, revision INTEGER NOT NULL, value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID`),
  ],
};

const rowSchema = z
  .object({ value: z.string().transform((text): unknown => JSON.parse(text)) })
  .transform(({ value }) => value)
  .pipe(preferencesSchema);

/** Preferences in a file of this machine; several processes may share it. `close` it when the process is done. */
export type LocalPreferenceTable = PreferenceTable & { readonly close: () => void };

/**
 * Opens or makes the table at `path`, private to this user; a change is durable when it resolves. A locked file or a
 * full disk is a `TemporaryFailure`, a row that breaks the schema an `InternalError`.
 */
export function openPreferenceTable(path: string): LocalPreferenceTable {
  const database = openDatabase(path, description);
  const select = database.prepare('SELECT value FROM preferences WHERE user_id = ?');
  const insert = database.prepare(
    'INSERT INTO preferences VALUES ($userId, $revision, $value) ON CONFLICT (user_id) DO NOTHING',
  );
  const update = database.prepare(
    'UPDATE preferences SET revision = $revision, value = $value WHERE user_id = $userId AND revision = $revision - 1',
  );
  const remove = database.prepare('DELETE FROM preferences WHERE user_id = ?');
  const attempted = <T>(work: () => T): Promise<T> => guarded(description.holds, work);
  return {
    read: (userId) =>
      attempted(() => {
        const row = select.get(userId);
        return row === undefined ? noPreferences : rowSchema.parse(row);
      }),
    write: (userId, preferences) =>
      attempted(() => {
        const checked = preferencesSchema.parse(preferences);
        const { revision } = checked;
        const write = revision === 1 ? insert : update;
        return write.run({ userId, revision, value: JSON.stringify(checked) }).changes === 1;
      }),
    remove: (userId) => attempted(() => remove.run(userId).changes === 1),
    close: () => database.close(),
  };
}
