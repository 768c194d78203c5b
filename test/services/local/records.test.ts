// Is the SQLite table safe between processes, private, and honest about what it cannot read?
import { expect } from 'chai';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { newRecordId } from '../../../domain/ids.ts';
import { openRecordTable, type LocalRecordTable } from '../../../services/local/records.ts';
import { thrownBy } from '../contracts/object-store.ts';
import { describeRecordLedger } from '../contracts/record-ledger.ts';
import { describeRecordTable, newRecord } from '../contracts/record-table.ts';

const folders: string[] = [];
const tables: LocalRecordTable[] = [];
async function newPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-records-'));
  folders.push(folder);
  return join(folder, 'data', 'records.sqlite');
}
function openTable(path: string, now?: () => Date): LocalRecordTable {
  const table = openRecordTable(path, now);
  tables.push(table);
  return table;
}
after(async () => {
  for (const table of tables) table.close();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

describeRecordTable('SQLite on this machine', async () => openTable(await newPath()));
describeRecordLedger('SQLite on this machine', async () => openTable(await newPath()));

const module = new URL('../../../services/local/records.ts', import.meta.url).href;

/** A process that opens the table, waits for a word and then claims each id for an execution of its own. */
function claimer(path: string, ids: readonly string[], execution: string) {
  const script = `
    import { openRecordTable } from ${JSON.stringify(module)};
    const [path, ids, execution] = process.argv.slice(1);
    const table = openRecordTable(path);
    process.stdout.write('ready\\n');
    process.stdin.once('data', async () => {
      const won = [];
      for (const id of JSON.parse(ids)) if (await table.claim(id, execution)) won.push(id);
      process.stdout.write(JSON.stringify(won));
      process.exit();
    });`;
  return spawn(
    process.execPath,
    ['--input-type=module', '-e', script, path, JSON.stringify(ids), execution],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
}

describe('the records of this machine', () => {
  it('give each of 60 records one winner among three processes that make the file and claim at once', async () => {
    const path = await newPath();
    const ids = Array.from({ length: 60 }, () => newRecordId());
    const claimers = ['p1', 'p2', 'p3'].map((name) => claimer(path, ids, name));
    await Promise.all(claimers.map((child) => once(child.stdout, 'data')));
    const table = openTable(path);
    for (const id of ids) await table.create(newRecord(id));
    const answers = claimers.map((child) => text(child.stdout));
    for (const child of claimers) child.stdin.end('go');
    const won = (await Promise.all(answers)).map((answer) => JSON.parse(answer) as string[]);
    expect(won.flat().toSorted()).to.deep.equal(ids.toSorted());
    for (const [index, mine] of won.entries()) {
      for (const id of ids.filter((one) => mine.includes(one))) {
        expect((await table.read(id))?.executionName).to.equal(`p${index + 1}`);
      }
    }
  });

  it('outlive the process, and a second opening of the same file', async () => {
    const path = await newPath();
    const id = newRecordId();
    await openTable(path).create(newRecord(id));
    expect(await openTable(path).read(id)).to.deep.equal(newRecord(id));
  });

  it('are private to their user, the write-ahead log too', async () => {
    const path = await newPath();
    await openTable(path).create(newRecord(newRecordId()));
    const folder = join(path, '..');
    expect((await stat(folder)).mode & 0o777).to.equal(0o700);
    const names = await readdir(folder);
    expect(names).to.include('records.sqlite-wal');
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).to.equal(0o600);
  });

  it('are not read when a row breaks the schema: that is our bug', async () => {
    const path = await newPath();
    const id = newRecordId();
    const table = openTable(path);
    await table.create(newRecord(id));
    const other = new DatabaseSync(path);
    for (const change of [`status = 'DONE'`, `problems = '{'`, `problems = '[{"code":"X","message":"m"}]'`]) {
      other.exec(`UPDATE records SET ${change}`);
      expect(await thrownBy(table.read(id))).to.have.property('name', 'InternalError');
    }
    other.close();
  });

  it('of a newer Greenroom are refused and left as they are', async () => {
    const path = await newPath();
    openTable(path);
    const other = new DatabaseSync(path);
    other.exec('PRAGMA user_version = 99');
    expect(() => openRecordTable(path)).to.throw('newer Greenroom');
    expect(other.prepare('PRAGMA user_version').get()).to.deep.include({ user_version: 99 });
    other.close();
  });

  it('of version 1 are brought up to date with nothing lost', async () => {
    const path = await newPath();
    const id = newRecordId();
    const first = openTable(path);
    await first.create(newRecord(id));
    const old = new DatabaseSync(path);
    old.exec('ALTER TABLE records DROP COLUMN attempt; PRAGMA user_version = 1');
    old.close();
    expect(await openTable(path).read(id)).to.deep.equal(newRecord(id));
  });

  it('carry the time of the given clock', async () => {
    const table = openTable(await newPath(), () => new Date('2030-01-01T00:00:00Z'));
    const id = newRecordId();
    await table.create(newRecord(id));
    await table.claim(id, 'e1');
    expect((await table.read(id))?.updatedAt).to.equal('2030-01-01T00:00:00.000Z');
  });

  it('say DISK_FULL on a full disk', async () => {
    const folder = join(await newPath(), '..');
    execFileSync('mkdir', ['-p', folder]);
    const script = `
      import { openRecordTable } from ${JSON.stringify(module)};
      import { newRecordId } from ${JSON.stringify(new URL('../../../domain/ids.ts', import.meta.url).href)};
      const table = openRecordTable(process.argv[1] + '/records.sqlite');
      const base = { version: 1, userId: 'u', status: 'UPLOADING', createdAt: 'x', updatedAt: 'x', fileName: null,
        language: null, sha256: null, attempt: 0, executionName: null, problems: [], reportKey: null };
      try {
        for (;;) await table.create({ ...base, recordId: newRecordId(), question: 'q'.repeat(20000) });
      } catch (error) { console.log(error.name, error.code); }`;
    const command = 'mount -t tmpfs -o size=1m none "$1" && exec "$2" --input-type=module -e "$3" "$1"';
    const args = ['--mount', '--map-root-user', 'sh', '-c', command, 'sh', folder, process.execPath, script];
    expect(execFileSync('unshare', args, { encoding: 'utf8' }).trim()).to.equal('TemporaryFailure DISK_FULL');
  });
});
