// Is the SQLite table safe between processes, private, and honest about what it cannot read?
import { expect } from 'chai';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { newRecordId } from '../../../domain/ids.ts';
import { insertRecord, rowOf } from '../../../services/local/record-rows.ts';
import { openRecordTable, type LocalRecordTable } from '../../../services/local/records.ts';
import { thrownBy } from '../contracts/object-store.ts';
import { describeRecordCatalogue } from '../contracts/record-catalogue.ts';
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
describeRecordCatalogue('SQLite on this machine', async () => openTable(await newPath()));

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

const columnsOfVersion1 = `record_id TEXT PRIMARY KEY, user_id TEXT NOT NULL, version INTEGER NOT NULL,
  status TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, file_name TEXT, question TEXT,
  language TEXT, sha256 TEXT, execution_name TEXT, problems TEXT NOT NULL, report_key TEXT`;

/** What older versions of Greenroom made. */
const columnsOfOldVersions = {
  1: columnsOfVersion1,
  2: `${columnsOfVersion1}, attempt INTEGER NOT NULL DEFAULT 0`,
} as const;

const time = '2026-01-02T03:04:05.678Z';
const oldRow = (id: string, fileName: string | null, question: string | null) => ({
  id,
  user: 'user-1',
  version: 1,
  status: 'FAILED',
  createdAt: time,
  updatedAt: time,
  fileName,
  question,
  language: null,
  sha256: null,
  executionName: 'e1',
  problems: '[]',
  reportKey: null,
  attempt: 3,
});

/** Rows of one user, a second apart from 2026 on, quicker than one durable write each. */
function fill(path: string, count: number): void {
  const database = new DatabaseSync(path);
  const insert = database.prepare(insertRecord);
  database.exec('BEGIN');
  for (let index = 0; index < count; index += 1) {
    const createdAt = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString();
    insert.run(rowOf({ ...newRecord(newRecordId()), createdAt }));
  }
  database.exec('COMMIT');
  database.close();
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

  for (const [version, columns] of Object.entries(columnsOfOldVersions)) {
    it(`of version ${version} are brought up to date with nothing lost`, async () => {
      const path = await newPath();
      const id = newRecordId();
      await mkdir(join(path, '..'), { recursive: true });
      const old = new DatabaseSync(path);
      old.exec(`CREATE TABLE records (${columns}) STRICT, WITHOUT ROWID; PRAGMA user_version = ${version}`);
      const { fileName, question } = newRecord(id);
      const { attempt, ...row } = oldRow(id, fileName, question);
      const values = Object.values(version === '1' ? row : { ...row, attempt });
      old.prepare(`INSERT INTO records VALUES (${values.map(() => '?').join()})`).run(...values);
      old.close();
      const table = openTable(path);
      const read = {
        ...newRecord(id),
        status: 'FAILED',
        executionName: 'e1',
        attempt: version === '1' ? 0 : 3,
      };
      expect(await table.read(id)).to.deep.equal(read);
      expect(await table.reopen(id, 'e1')).to.equal(true);
      expect(await table.list(newRecord(id).userId, { limit: 1, after: null })).to.have.length(1);
    });
  }

  it('are brought up to date once when three processes open them at once', async () => {
    const path = await newPath();
    await mkdir(join(path, '..'), { recursive: true });
    const old = new DatabaseSync(path);
    old.exec(
      `CREATE TABLE records (${columnsOfOldVersions[1]}) STRICT, WITHOUT ROWID; PRAGMA user_version = 1`,
    );
    old.close();
    const openings = ['p1', 'p2', 'p3'].map((name) => claimer(path, [], name));
    await Promise.all(openings.map((child) => once(child.stdout, 'data')));
    for (const child of openings) child.stdin.end('go');
    const codes = await Promise.all(
      openings.map(async (child) => (await once(child, 'close'))[0] as unknown),
    );
    expect(codes).to.deep.equal([0, 0, 0]);
    expect(await openTable(path).create(newRecord(newRecordId()))).to.equal(true);
  });

  it('give 20 of 10,000 of one user in less than 5 ms, the last page too', async () => {
    const path = await newPath();
    const table = openTable(path);
    const { userId } = newRecord(newRecordId());
    fill(path, 10_000);
    const last = { createdAt: '2026-01-01T00:20:00.000Z', recordId: newRecordId() };
    for (const after of [null, last]) {
      const times: number[] = [];
      for (let run = 0; run < 10; run += 1) {
        const started = performance.now();
        expect(await table.list(userId, { limit: 20, after })).to.have.length(20);
        times.push(performance.now() - started);
      }
      expect(Math.min(...times)).to.be.lessThan(5);
    }
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
      import { newRecord } from ${JSON.stringify(new URL('../../../domain/record.ts', import.meta.url).href)};
      const table = openRecordTable(process.argv[1] + '/records.sqlite');
      const base = { userId: 'u', now: new Date(), question: 'q'.repeat(20000) };
      try {
        for (;;) await table.create(newRecord({ ...base, recordId: newRecordId() }));
      } catch (error) { console.log(error.name, error.code); }`;
    const command = 'mount -t tmpfs -o size=1m none "$1" && exec "$2" --input-type=module -e "$3" "$1"';
    const args = ['--mount', '--map-root-user', 'sh', '-c', command, 'sh', folder, process.execPath, script];
    expect(execFileSync('unshare', args, { encoding: 'utf8' }).trim()).to.equal('TemporaryFailure DISK_FULL');
  });
});
