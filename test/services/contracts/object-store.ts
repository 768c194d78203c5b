// What must every object store do?
import { expect } from 'chai';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceRejected } from '../../../domain/errors.ts';
import type { ObjectStore } from '../../../services/contracts.ts';

/** What a promise threw; fails when it threw nothing. */
export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it threw nothing');
}

const oddButAllowedKeys = [
  'a',
  'a/b',
  'A',
  'uploads/u/01ARZ3NDEKTSV4RRFFQ69G5FAV.webm',
  'a%2Fb',
  'a\\b',
  ' leading and trailing ',
  '-rf',
  '...',
  'caf\u00e9',
  'cafe\u0301',
  '録画/面接.webm',
  `${'long/'.repeat(200)}x`,
  'y'.repeat(1000),
];

const hostileKeys = [
  '',
  '/etc/passwd',
  '../secret',
  'a/../../secret',
  'a/..',
  './a',
  'a//b',
  'a/',
  'nul\0byte',
  'new\nline',
  'half \ud800 pair',
  'z'.repeat(1025),
];

/** `make` gives a new, empty store. */
export function describeObjectStore(name: string, make: () => Promise<ObjectStore>): void {
  describe(`${name} as an object store`, () => {
    let store: ObjectStore;
    let folder: string;
    const { signal } = new AbortController();
    const source = async (text: string): Promise<string> => {
      const path = join(folder, `source-${Math.random()}`);
      await writeFile(path, text);
      return path;
    };
    const put = async (key: string, text: string): Promise<void> =>
      store.upload(key, await source(text), 'text/plain', signal);
    const get = async (key: string): Promise<string> => {
      const path = join(folder, 'target');
      await store.download(key, path, signal);
      return readFile(path, 'utf8');
    };

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'greenroom-object-store-'));
      store = await make();
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    it('gives back the bytes that were stored, empty and large ones too', async () => {
      for (const text of ['', 'x', 'é'.repeat(3_000_000)]) {
        await put('file', text);
        expect((await get('file')) === text).to.equal(true);
        expect((await store.head('file')).sizeBytes).to.equal(Buffer.byteLength(text));
      }
    });

    it('keeps odd keys apart and their contents whole', async () => {
      for (const key of oddButAllowedKeys) await put(key, `content of ${key}`);
      for (const key of oddButAllowedKeys) expect(await get(key)).to.equal(`content of ${key}`);
    });

    for (const key of hostileKeys) {
      it(`refuses the key ${JSON.stringify(key.slice(0, 20))} in every operation`, async () => {
        const path = await source('x');
        const target = join(folder, 'target');
        const calls = [
          store.head(key),
          store.download(key, target, signal),
          store.upload(key, path, 'text/plain', signal),
          store.readJson(key),
          store.writeJson(key, {}),
        ];
        for (const error of await Promise.all(calls.map(thrownBy)))
          expect(error).to.be.instanceOf(ServiceRejected);
      });
    }

    it('rejects a missing key and leaves no file behind', async () => {
      const target = join(folder, 'target');
      const calls = [
        store.head('missing'),
        store.download('missing', target, signal),
        store.readJson('missing'),
      ];
      for (const error of await Promise.all(calls.map(thrownBy)))
        expect(error).to.be.instanceOf(ServiceRejected);
      expect(await readdir(folder)).to.deep.equal([]);
    });

    it('gives each write a version of its own and the same bytes the same etag', async () => {
      await put('file', 'one');
      const first = await store.head('file');
      expect(await store.head('file')).to.deep.equal(first);
      await put('file', 'two');
      const second = await store.head('file');
      await put('file', 'one');
      const third = await store.head('file');
      expect(new Set([first.versionId, second.versionId, third.versionId])).to.have.lengthOf(3);
      expect(second.etag).not.to.equal(first.etag);
      expect(third.etag).to.equal(first.etag);
    });

    it('stores JSON, and rejects as JSON what is none', async () => {
      const value = { text: 'é\u2028"', list: [1, null, { deep: true }] };
      await store.writeJson('value.json', value);
      expect(await store.readJson('value.json')).to.deep.equal(value);
      expect(JSON.parse(await get('value.json'))).to.deep.equal(value);
      await put('text', 'no JSON');
      expect(await thrownBy(store.readJson('text'))).to.be.instanceOf(ServiceRejected);
    });

    it('lets the last of many parallel writers win with a whole object', async () => {
      const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(100_000));
      await Promise.all(texts.map((text) => put('file', text)));
      const stored = await get('file');
      expect(texts.includes(stored)).to.equal(true);
      expect((await store.head('file')).sizeBytes).to.equal(stored.length);
    });

    it('shows readers a whole version while it is being replaced', async () => {
      await put('file', 'a'.repeat(200_000));
      const writes = (async () => {
        for (const letter of 'bcdefghijk') await put('file', letter.repeat(200_000));
      })();
      for (let read = 0; read < 20; read += 1) {
        const text = await get('file');
        expect(text.length).to.equal(200_000);
        expect(new Set(text)).to.have.lengthOf(1);
      }
      await writes;
    });

    it('throws the reason of an abort and keeps what was there', async () => {
      await put('file', 'old');
      const aborted = AbortSignal.abort(new Error('the execution was stopped'));
      const path = await source('new');
      const calls = [
        store.upload('file', path, 'text/plain', aborted),
        store.download('file', join(folder, 'other'), aborted),
      ];
      for (const error of await Promise.all(calls.map(thrownBy)))
        expect(error).to.have.property('message', 'the execution was stopped');
      expect(await readdir(folder)).not.to.include('other');
      expect(await get('file')).to.equal('old');
    });

    it('replaces the caller’s file only by a whole object', async () => {
      const target = join(folder, 'target');
      await writeFile(target, 'the caller’s');
      await thrownBy(store.download('missing', target, signal));
      expect(await readFile(target, 'utf8')).to.equal('the caller’s');
    });
  });
}
