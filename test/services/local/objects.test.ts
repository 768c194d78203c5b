// Are objects in a folder whole, private and safe from crashes and full disks?
import { expect } from 'chai';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TemporaryFailure } from '../../../domain/errors.ts';
import { indexName } from '../../../services/local/object-keys.ts';
import { createObjectStore } from '../../../services/local/objects.ts';
import { describeObjectStore, thrownBy } from '../contracts/object-store.ts';

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-objects-'));
  folders.push(folder);
  return folder;
}
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describeObjectStore('a folder of this machine', async () =>
  createObjectStore(join(await newFolder(), 'objects')),
);

const module = (path: string): string => new URL(`../../../${path}`, import.meta.url).href;
const { signal } = new AbortController();

/** Files of objects: all but the index. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith(indexName))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** An upload from a pipe that has written its first megabyte and waits for more. */
async function halfUpload(folder: string, key: string) {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const script = `
    import { createObjectStore } from ${JSON.stringify(module('services/local/objects.ts'))};
    const [folder, key, pipe] = process.argv.slice(1);
    await createObjectStore(folder).upload(key, pipe, 'video/webm', new AbortController().signal);`;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', script, join(folder, 'objects'), key, pipe],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const writer = await open(pipe, 'w');
  await writer.write(Buffer.alloc(1024 ** 2, 'n'));
  const started = async (): Promise<boolean> => {
    const sizes = await Promise.all((await filesBelow(join(folder, 'objects'))).map((path) => stat(path)));
    return sizes.some(({ size }) => size >= 1024 ** 2 - 65_536);
  };
  while (!(await started())) await wait(20);
  return { child, writer };
}

describe('a folder of objects', () => {
  it('keeps the old object, and no half one, when the process is killed in the middle of an upload', async () => {
    const folder = await newFolder();
    const store = createObjectStore(join(folder, 'objects'));
    await store.writeJson('answer.webm', 'old');
    const before = await store.head('answer.webm');
    const { child, writer } = await halfUpload(folder, 'answer.webm');
    child.kill('SIGKILL');
    await once(child, 'close');
    await writer.close();
    expect(await store.head('answer.webm')).to.deep.equal(before);
    expect(await store.readJson('answer.webm')).to.equal('old');
  });

  it('clears away what a killed writer left, an hour later and at the next write', async () => {
    const folder = await newFolder();
    const objects = join(folder, 'objects');
    const { child, writer } = await halfUpload(folder, 'answer.webm');
    child.kill('SIGKILL');
    await once(child, 'close');
    await writer.close();
    const [left] = await filesBelow(objects);
    if (left === undefined) throw new Error('the killed writer left nothing');
    const store = createObjectStore(objects);
    await store.writeJson('answer.webm', 1);
    expect(await filesBelow(objects)).to.include(left);
    const twoHoursAgo = Date.now() / 1000 - 7200;
    await utimes(left, twoHoursAgo, twoHoursAgo);
    await store.writeJson('answer.webm', 2);
    expect(await filesBelow(objects))
      .to.have.lengthOf(2)
      .and.not.include(left);
  });

  it('stops an upload in the middle when it is aborted, and leaves nothing', async () => {
    const folder = await newFolder();
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const controller = new AbortController();
    const objects = join(folder, 'objects');
    const upload = createObjectStore(objects).upload('a', pipe, 'video/webm', controller.signal);
    const writer = await open(pipe, 'w');
    await writer.write(Buffer.alloc(300_000));
    controller.abort(new Error('stopped'));
    const error = await thrownBy(upload);
    await writer.close();
    expect(error).to.have.property('message', 'stopped');
    expect(await filesBelow(objects)).to.deep.equal([]);
  });

  it('is private to its user and leaves one version per key', async () => {
    const objects = join(await newFolder(), 'objects');
    const store = createObjectStore(objects);
    for (let version = 0; version < 3; version += 1) await store.writeJson('a/b', version);
    const files = await filesBelow(objects);
    expect(files).to.have.lengthOf(2);
    for (const path of files) expect((await stat(path)).mode & 0o777).to.equal(0o600);
    expect((await stat(objects)).mode & 0o777).to.equal(0o700);
    const target = join(objects, 'downloaded');
    await store.download('a/b', target, signal);
    expect((await stat(target)).mode & 0o777).to.equal(0o600);
  });

  it('gives the caller a copy: writing into it changes no object', async () => {
    const folder = await newFolder();
    const store = createObjectStore(join(folder, 'objects'));
    await store.writeJson('a', 'whole');
    await store.download('a', join(folder, 'copy'), signal);
    await writeFile(join(folder, 'copy'), 'changed');
    expect(await store.readJson('a')).to.equal('whole');
  });

  it('notices bytes that were cut off behind its back', async () => {
    const folder = await newFolder();
    const store = createObjectStore(join(folder, 'objects'));
    await store.writeJson('a', 'whole');
    const bytes = (await filesBelow(join(folder, 'objects'))).find((path) => !path.endsWith('.json'));
    await writeFile(bytes ?? '', '"wh');
    expect(await thrownBy(store.download('a', join(folder, 'copy'), signal))).to.have.property(
      'code',
      'CHECKSUM',
    );
    expect(await readdir(folder)).not.to.include('copy');
  });
});

/** Runs `script` with a file system of 1 MiB at `folder`; as root or in a user namespace. */
function onFullDisk(folder: string, script: string): string {
  const command = 'mount -t tmpfs -o size=1m none "$1" && exec "$2" --input-type=module -e "$3" "$1"';
  const args = ['--mount', '--map-root-user', 'sh', '-c', command, 'sh', folder, process.execPath, script];
  try {
    return execFileSync('unshare', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(
      `this test mounts a small tmpfs: it needs util-linux and user namespaces or root: ${stderr}`,
      {
        cause: error,
      },
    );
  }
}

describe('a folder of objects on a full disk', () => {
  it('says DISK_FULL, keeps the old object and takes a smaller one', async () => {
    const folder = await newFolder();
    const disk = join(folder, 'disk');
    await writeFile(join(folder, 'big'), randomBytes(2 * 1024 ** 2));
    execFileSync('mkdir', [disk]);
    const script = `
      import { createObjectStore } from ${JSON.stringify(module('services/local/objects.ts'))};
      import { statfs } from 'node:fs/promises';
      const [disk] = process.argv.slice(1);
      const store = createObjectStore(disk + '/objects');
      const { signal } = new AbortController();
      await store.writeJson('a', 'old');
      const before = JSON.stringify(await store.head('a'));
      const free = (await statfs(disk)).bfree;
      const error = await store.upload('a', ${JSON.stringify(join(folder, 'big'))}, 'video/webm', signal).catch((e) => e);
      const download = store.download('missing', disk + '/x', signal).catch((e) => e.name);
      console.log(JSON.stringify({
        name: error?.name, code: error?.code,
        same: JSON.stringify(await store.head('a')) === before, value: await store.readJson('a'),
        freed: free === (await statfs(disk)).bfree, download: await download,
        later: await store.writeJson('a', 'new').then(() => store.readJson('a')),
      }));`;
    expect(JSON.parse(onFullDisk(disk, script))).to.deep.equal({
      name: new TemporaryFailure('DISK_FULL', '').name,
      code: 'DISK_FULL',
      same: true,
      value: 'old',
      freed: true,
      download: 'ServiceRejected',
      later: 'new',
    });
    expect(await readFile(join(folder, 'big'))).to.have.lengthOf(2 * 1024 ** 2);
  });
});
