// Does a signed address give the file, whole or in parts, and nothing else?
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { createLinks } from '../../../services/local/links.ts';
import { createObjectStore, type LocalObjectStore } from '../../../services/local/objects.ts';
import { makeFolder } from '../../interview/support/command-line.ts';
import { startInside, type Inside } from './inside-server.ts';
import { codeOf } from './running-server.ts';

const bytes = randomBytes(1000);
const key = 'analyses/local/01ARZ3NDEKTSV4RRFFQ69G5FAV/e1/playback.mp4';

/** Stored files that this process has open. */
const openFolder = '/proc/self/fd';

async function openFiles(): Promise<number> {
  const links = (await readdir(openFolder)).map((name) => readlink(`${openFolder}/${name}`).catch(() => ''));
  return (await Promise.all(links)).filter((path) => /objects\/[0-9a-f]{2}\//.test(path)).length;
}

describe('downloads of the local server', function () {
  this.timeout(20_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let server: Inside;
  let store: LocalObjectStore;
  before(async () => {
    folder = await makeFolder('downloads');
    server = await startInside(folder.path);
    const file = join(folder.path, 'file');
    await writeFile(file, bytes);
    store = createObjectStore(join(server.data, 'objects'));
    await store.upload(key, file, 'video/mp4', new AbortController().signal);
  });
  after(async () => {
    await server.close();
    await folder.remove();
  });

  async function link(seconds = 60, changes: { key?: string; fileName?: string } = {}): Promise<string> {
    const secret = Buffer.from(await readFile(join(server.data, 'secret'), 'utf8'), 'base64url');
    const expiresAt = new Date(Date.now() + seconds * 1000);
    const links = createLinks({ secret, base: `${server.url}/api` });
    return links.download({ key, contentType: 'video/mp4', expiresAt, ...changes });
  }
  const get = async (headers: Record<string, string> = {}, method = 'GET') =>
    fetch(await link(), { headers, method });

  it('gives the whole file, which no other site may show and which runs nothing', async () => {
    const answer = await get();
    expect(answer.status).to.equal(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).to.equal(true);
    const { headers } = answer;
    expect(headers.get('content-type')).to.equal('video/mp4');
    expect(headers.get('content-security-policy')).to.contain('sandbox');
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    expect(headers.get('cross-origin-resource-policy')).to.equal('same-origin');
    expect(headers.get('cache-control')).to.match(/^private, max-age=\d+$/);
  });

  const parts: readonly (readonly [string, number, string | null, number, number])[] = [
    ['bytes=0-', 206, 'bytes 0-999/1000', 0, 1000],
    ['bytes=10-19', 206, 'bytes 10-19/1000', 10, 20],
    ['bytes=-10', 206, 'bytes 990-999/1000', 990, 1000],
    ['bytes=990-5000', 206, 'bytes 990-999/1000', 990, 1000],
    ['bytes=1000-', 416, 'bytes */1000', 0, 0],
    ['bytes=5-1', 200, null, 0, 1000],
    ['bytes=0-1,3-4', 200, null, 0, 1000],
  ];
  for (const [range, status, contentRange, from, to] of parts)
    it(`answers ${range} of 1000 bytes with ${String(status)}`, async () => {
      const answer = await get({ range });
      expect([answer.status, answer.headers.get('content-range')]).to.deep.equal([status, contentRange]);
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(from, to))).to.equal(true);
      const head = await get({ range }, 'HEAD');
      expect([head.status, head.headers.get('content-length')]).to.deep.equal([status, String(to - from)]);
    });

  it('gives a part only of the file that the client knows', async () => {
    const etag = (await get({}, 'HEAD')).headers.get('etag') ?? '';
    expect((await get({ range: 'bytes=0-1', 'if-range': etag })).status).to.equal(206);
    expect((await get({ range: 'bytes=0-1', 'if-range': '"another"' })).status).to.equal(200);
    expect((await get({ 'if-none-match': etag })).status).to.equal(304);
  });

  it('takes no address that has ended, was changed or is of nothing', async () => {
    expect((await fetch(await link(-1))).status).to.equal(403);
    const good = new URL(await link());
    for (const [name, value] of good.searchParams) {
      const changed = new URL(good);
      changed.searchParams.set(name, `${value}0`);
      const answer = await fetch(changed);
      expect([answer.status, await codeOf(answer)], name).to.deep.equal([403, 'FORBIDDEN']);
    }
    expect((await fetch(await link(60, { key: `${key}.gone` }))).status).to.equal(404);
    expect((await fetch(await link(), { method: 'POST' })).status).to.equal(405);
  });

  it('saves a file under any name, which ends no header', async () => {
    const fileName = 'meine "Antwort"\r\nx-evil: 1 €.mp4';
    const { headers } = await fetch(await link(60, { fileName }));
    expect(headers.get('content-disposition')).to.match(
      /^attachment; filename="[^"\\]+"; filename\*=UTF-8''[\w%.~-]+$/,
    );
    expect(headers.get('x-evil')).to.equal(null);
    expect((await get()).headers.get('content-disposition')).to.equal('inline');
  });

  it('lets go of files whose readers went away', async () => {
    if (!existsSync(openFolder)) throw new Error('Open files are counted in /proc, which Linux has.');
    const large = key.replace('playback', 'large');
    await store.writeJson(large, 'a'.repeat(20_000_000));
    const address = await link(60, { key: large });
    const leaving = new AbortController();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => fetch(address, { signal: leaving.signal })),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200]);
    expect(await openFiles()).to.be.greaterThan(0);
    leaving.abort();
    for (let looks = 0; looks < 50 && (await openFiles()) > 0; looks += 1) await delay(50);
    expect(await openFiles()).to.equal(0);
  });
});
