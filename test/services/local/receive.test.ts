// Does the store of this machine take exactly the bytes that were announced, or nothing?
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { indexName } from '../../../services/local/object-keys.ts';
import { createObjectStore, type LocalObjectStore } from '../../../services/local/objects.ts';
import { thrownBy } from '../contracts/object-store.ts';

let folder: string;
let store: LocalObjectStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'greenroom-receive-'));
  store = createObjectStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const { signal } = new AbortController();
const text = 'x'.repeat(200_000);
const contentType = 'video/webm';
const chunks = (size: number): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(size / 1000) }, (_, index) =>
      Buffer.alloc(Math.min(1000, size - index * 1000), 'x'),
    ),
  );

const unreadable = (): Readable => {
  throw new Error('it was read');
};

async function objectFiles(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile() && !one.name.startsWith(indexName)).map(({ name }) => name);
}

describe('receiving an object', () => {
  it('stores a stream of the announced size and says its SHA-256', async () => {
    const received = await store.receive('a', {
      source: () => chunks(200_000),
      contentType,
      sizeBytes: 200_000,
      signal,
    });
    expect(received.etag).to.equal(createHash('sha256').update(text).digest('hex'));
    expect(received).to.deep.equal(await store.head('a'));
  });

  for (const [what, size, code] of [
    ['one byte more', 200_001, 'TOO_LARGE'],
    ['much more', 5_000_000, 'TOO_LARGE'],
    ['one byte fewer', 199_999, 'TRUNCATED'],
    ['nothing', 0, 'TRUNCATED'],
  ] as const) {
    it(`refuses ${what} than announced, keeps the old object and no byte of the new one`, async () => {
      await store.writeJson('a', 'old');
      const files = await objectFiles();
      const source = chunks(size);
      const receiving = { source: () => source, contentType, sizeBytes: 200_000, signal };
      expect(await thrownBy(store.receive('a', receiving))).to.include({ name: 'ServiceRejected', code });
      expect(await objectFiles()).to.deep.equal(files);
      expect(await store.readJson('a')).to.equal('old');
      expect(source.destroyed).to.equal(true);
    });
  }

  for (const end of ['with an error', 'without one'] as const) {
    it(`leaves nothing of a sender who breaks off ${end}, and blames nobody here`, async () => {
      const source = new PassThrough();
      const stored = thrownBy(
        store.receive('a', { source: () => source, contentType, sizeBytes: 10, signal }),
      );
      source.write('12345');
      setTimeout(() => source.destroy(end === 'without one' ? undefined : new Error('ECONNRESET')), 30);
      expect(await stored).to.include({ name: 'ServiceRejected', code: 'TRUNCATED' });
      expect(await objectFiles()).to.deep.equal([]);
    });
  }

  it('leaves nothing when it is aborted, and throws the reason', async () => {
    const controller = new AbortController();
    const source = new PassThrough();
    const receiving = { source: () => source, contentType, sizeBytes: 10, signal: controller.signal };
    const stored = thrownBy(store.receive('a', receiving));
    source.write('12345');
    setTimeout(() => controller.abort(new Error('too slow')), 30);
    expect(await stored).to.have.property('message', 'too slow');
    expect(await objectFiles()).to.deep.equal([]);
  });

  it('refuses a key that must not be used before it reads a byte', async () => {
    const receiving = { source: unreadable, contentType, sizeBytes: 1, signal };
    expect(await thrownBy(store.receive('../a', receiving))).to.include({ name: 'ServiceRejected' });
  });
});

describe('opening an object', () => {
  it('gives its bytes from anywhere, its size and its type', async () => {
    await store.receive('a', {
      source: () => Readable.from([Buffer.from('0123456789')]),
      contentType,
      sizeBytes: 10,
      signal,
    });
    const { file, sizeBytes, contentType: type, etag } = await store.open('a');
    expect({ sizeBytes, type, etag }).to.deep.equal({
      sizeBytes: 10,
      type: contentType,
      etag: (await store.head('a')).etag,
    });
    expect((await buffer(file.createReadStream({ start: 3, end: 5 }))).toString()).to.equal('345');
  });

  it('goes on with the version that was opened when another one is stored', async () => {
    await store.writeJson('a', 1);
    const { file } = await store.open('a');
    await store.writeJson('a', 2);
    expect((await buffer(file.createReadStream())).toString()).to.equal('1');
  });

  it('rejects a missing key', async () => {
    expect(await thrownBy(store.open('missing'))).to.include({ name: 'ServiceRejected' });
  });
});
