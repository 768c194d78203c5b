// Does an eraser find every byte of an object, whoever was killed or writes meanwhile?
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createObjectEraser } from '../../../services/local/eraser.ts';
import { indexName } from '../../../services/local/object-keys.ts';
import { createObjectStore } from '../../../services/local/objects.ts';
import { describeObjectEraser } from '../contracts/object-eraser.ts';
import { thrownBy } from '../contracts/object-store.ts';

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-eraser-'));
  folders.push(folder);
  return join(folder, 'objects');
}
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describeObjectEraser('a folder of this machine', async () => {
  const folder = await newFolder();
  return { store: createObjectStore(folder), eraser: createObjectEraser(folder) };
});

/** Files of objects: all but the index. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile() && !one.name.startsWith(indexName)).map(({ name }) => name);
}

/** Bytes of objects, also of those that are still being written. */
const bytesIn = (folder: string): number =>
  globSync('??/*/*', { cwd: folder })
    .map((path) => statSync(join(folder, path)).size)
    .reduce((sum, size) => sum + size, 0);

const module = (path: string): string =>
  JSON.stringify(new URL(`../../../services/local/${path}`, import.meta.url).href);

/** Another process with a store and an eraser of the folder, which runs `script` to its end. */
function inAnotherProcess(folder: string, script: string) {
  const whole = `
    import { createObjectEraser } from ${module('eraser.ts')};
    import { createObjectStore } from ${module('objects.ts')};
    const store = createObjectStore(process.argv[1]);
    const eraser = createObjectEraser(process.argv[1]);
    ${script}`;
  return spawn(process.execPath, ['--input-type=module', '-e', whole, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Keys of the objects that readers can see, and those that the index knows. */
function keysIn(folder: string): { readonly seen: readonly string[]; readonly known: ReadonlySet<string> } {
  const seen = globSync('??/*/current.json', { cwd: folder }).map(
    (path) => (JSON.parse(readFileSync(join(folder, path), 'utf8')) as { readonly key: string }).key,
  );
  const database = new DatabaseSync(join(folder, indexName));
  const known = new Set(
    database
      .prepare('SELECT key FROM objects')
      .all()
      .map(({ key }) => String(key)),
  );
  database.close();
  return { seen, known };
}

/** A stream whose bytes come when we say so, on its way into the store. */
function slowUpload(folder: string, key: string) {
  const source = new PassThrough();
  const { signal } = new AbortController();
  const receiving = { source: () => source, contentType: 'video/webm', sizeBytes: 4, signal };
  const stored = createObjectStore(folder).receive(key, receiving);
  return {
    source,
    outcome: stored.then(
      () => null,
      (error: unknown) => error,
    ),
  };
}

describe('an eraser of this machine', () => {
  it('leaves no byte behind when it was killed in the middle and is asked again', async () => {
    const folder = await newFolder();
    const store = createObjectStore(folder);
    await Promise.all(Array.from({ length: 250 }, (_, index) => store.writeJson(`a/${index}`, index)));
    const child = inAnotherProcess(folder, `console.log('ready'); await eraser.erase('a/');`);
    await once(child.stdout, 'data');
    while ((await readdir(folder)).length > 150 && child.exitCode === null) await wait(1);
    child.kill('SIGKILL');
    await createObjectEraser(folder).erase('a/');
    expect(await filesBelow(folder)).to.deep.equal([]);
    expect(await createObjectEraser(folder).erase('a/')).to.deep.equal({ objects: 0, versions: 0 });
  });

  it('finds the bytes that a killed writer left of an object that never came to be', async () => {
    const folder = await newFolder();
    const child = inAnotherProcess(
      folder,
      `import { Readable } from 'node:stream';
      const endless = async function* () { for (;;) { yield Buffer.alloc(65536); await new Promise((r) => setTimeout(r, 5)); } };
      const { signal } = new AbortController();
      await store.receive('a/1', { source: () => Readable.from(endless()), contentType: 'x', sizeBytes: 1e12, signal });`,
    );
    while (bytesIn(folder) === 0) await wait(10);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await createObjectEraser(folder).erase('a/')).to.deep.equal({ objects: 0, versions: 1 });
    expect(await filesBelow(folder)).to.deep.equal([]);
  });

  it('lets no write come to an end that had begun before, of a new key or a known one', async () => {
    for (const isKnown of [false, true]) {
      const folder = await newFolder();
      const store = createObjectStore(folder);
      if (isKnown) await store.writeJson('a/1', 'old');
      const { source, outcome } = slowUpload(folder, 'a/1');
      source.write('ab');
      while ((await filesBelow(folder).catch(() => [])).length < (isKnown ? 3 : 1)) await wait(5);
      await createObjectEraser(folder).erase('a/');
      source.end('cd');
      expect(await outcome).to.include({ name: 'ServiceRejected' });
      expect(await thrownBy(store.head('a/1'))).to.include({ name: 'ServiceRejected' });
      expect(await filesBelow(folder)).to.deep.equal([]);
    }
  });

  it('lets an older write not replace what was written after the erasure', async () => {
    const folder = await newFolder();
    const store = createObjectStore(folder);
    const { source, outcome } = slowUpload(folder, 'a/1');
    source.write('ab');
    while ((await filesBelow(folder).catch(() => [])).length < 1) await wait(5);
    await createObjectEraser(folder).erase('a/');
    await store.writeJson('a/1', 'newer');
    source.end('cd');
    expect(await outcome).to.include({ name: 'ServiceRejected' });
    expect(await store.readJson('a/1')).to.equal('newer');
    expect(await filesBelow(folder)).to.have.length(2);
  });

  it('keeps an index that knows every object, while processes write and erase the same keys', async () => {
    const folder = await newFolder();
    const writer = `
      for (let round = 0; round < 60; round += 1)
        await Promise.all([0, 1, 2, 3].map((key) => store.writeJson('a/' + key, round).catch((error) => {
          if (error.name !== 'ServiceRejected') throw error;
        })));`;
    const eraser = `for (let round = 0; round < 120; round += 1) await eraser.erase('a/' + (round % 4));`;
    const children = [writer, writer, eraser].map((script) => inAnotherProcess(folder, script));
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0] as number));
    expect(codes).to.deep.equal([0, 0, 0]);
    const { seen, known } = keysIn(folder);
    for (const key of seen) expect(known.has(key), key).to.equal(true);
    await createObjectEraser(folder).erase('a/');
    expect(await filesBelow(folder)).to.deep.equal([]);
    expect(keysIn(folder).known.size).to.equal(0);
  }).timeout(60_000);

  it('finds the objects of a folder that an older Greenroom filled, which kept no index', async () => {
    const folder = await newFolder();
    const store = createObjectStore(folder);
    for (const key of ['a/1', 'a/2', 'b/1']) await store.writeJson(key, key);
    for (const suffix of ['', '-wal', '-shm']) await rm(join(folder, indexName + suffix), { force: true });
    expect((await createObjectEraser(folder).erase('a/')).objects).to.equal(2);
    expect(await createObjectStore(folder).readJson('b/1')).to.equal('b/1');
    expect(keysIn(folder).known).to.deep.equal(new Set(['b/1']));
  });

  it('lets go on reading who had opened the object before', async () => {
    const folder = await newFolder();
    const store = createObjectStore(folder);
    await store.writeJson('a/1', 'still here');
    const { file } = await store.open('a/1');
    await createObjectEraser(folder).erase('a/');
    expect(await file.readFile('utf8')).to.equal('"still here"');
    await file.close();
  });
});
