// Are preferences on this machine safe between processes, private, and honest about what they cannot read?
import { expect } from 'chai';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { noPreferences } from '../../../domain/preferences.ts';
import { localUser } from '../../../services/local/identity.ts';
import { openPreferenceTable, type LocalPreferenceTable } from '../../../services/local/preferences.ts';
import { thrownBy } from '../contracts/object-store.ts';
import { describePreferences } from '../contracts/preferences.ts';

const folders: string[] = [];
const tables: LocalPreferenceTable[] = [];
async function newPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-preferences-'));
  folders.push(folder);
  return join(folder, 'data', 'preferences.sqlite');
}
function openTable(path: string): LocalPreferenceTable {
  const table = openPreferenceTable(path);
  tables.push(table);
  return table;
}
after(async () => {
  for (const table of tables) table.close();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

describePreferences('SQLite on this machine', async () => openTable(await newPath()));

const first = { ...noPreferences, revision: 1, retentionDays: 7 };

describe('the preferences of this machine', () => {
  it('have one winner when two openings of the file change them at once', async () => {
    const path = await newPath();
    const [one, two] = [openTable(path), openTable(path)];
    const won = await Promise.all([
      one.write(localUser, first),
      two.write(localUser, { ...first, retentionDays: 8 }),
    ]);
    expect(won).to.deep.equal([true, false]);
    expect(await two.read(localUser)).to.deep.equal(first);
  });

  it('are private to their user, the write-ahead log too', async () => {
    const path = await newPath();
    await openTable(path).write(localUser, first);
    for (const name of await readdir(join(path, '..')))
      expect((await stat(join(path, '..', name))).mode & 0o777).to.equal(0o600);
  });

  it('are not saved, or read, when they break the schema: that is our bug', async () => {
    const path = await newPath();
    const table = openTable(path);
    const broken = { ...first, retentionDays: Number.NaN };
    expect(await thrownBy(table.write(localUser, broken))).to.include({ name: 'InternalError' });
    await table.write(localUser, first);
    const other = new DatabaseSync(path);
    other.exec(`UPDATE preferences SET value = '{"revision":1}'`);
    other.close();
    expect(await thrownBy(table.read(localUser))).to.include({ name: 'InternalError' });
  });
});
