// What can be done with a signed address but to read the one file that it was signed for, for its hour?
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { operations } from '../../../domain/api/operations.ts';
import { createLinks } from '../../../services/local/links.ts';
import { openAttackedServer, localUser, type AttackedServer } from './support/attacked-server.ts';
import { happyCalls } from './support/happy-calls.ts';

/** Values of `Range` with the status of their answer; the file has 17 bytes. */
const ranges: { readonly [range: string]: number } = {
  'bytes=0-0': 206,
  'bytes=-1': 206,
  'bytes=16-': 206,
  'bytes=0-99999999999999999999999': 206,
  'bytes=17-': 416,
  'bytes=99999999999999999999-': 416,
  'bytes=-0': 416,
  'bytes=5-2': 200,
  'bytes=0-1,3-4': 200,
  'bytes=--1': 200,
  'bytes=-': 200,
  'bytes=a-b': 200,
  'bytes=0x1-0x2': 200,
  'bytes=1e0-2e0': 200,
  'items=0-1': 200,
  'bytes 0-1/17': 200,
};

const keys = [
  '../session-token',
  '../../../../etc/passwd',
  '/etc/passwd',
  'analyses/local/../../session-token',
  'objects/../secret',
  'analyses/local/x\u0000.json',
  '..\\secret',
  '%2e%2e/secret',
  'file:///etc/passwd',
  '',
  '.',
];

describe('a signed address of the local server', function () {
  this.timeout(30_000);
  let server: AttackedServer;
  let recordId: string;
  let addresses: readonly string[];
  before(async () => {
    server = await openAttackedServer();
  });
  after(() => server.close());
  beforeEach(async () => {
    const ground = { services: server.services, addRun: () => undefined };
    const asked = await happyCalls.createDownloads.make(ground, localUser);
    recordId = asked.parameters?.['recordId'] ?? '';
    const { text } = await server.call('createDownloads', asked);
    addresses = Object.values(operations.createDownloads.answer.body.parse(JSON.parse(text)).files);
  });

  const playback = (): string => addresses.find((one) => one.includes('playback.mp4')) ?? '';
  const withQuery = (change: (query: URLSearchParams) => void): string => {
    const [path = '', text = ''] = playback().split('?');
    const query = new URLSearchParams(text);
    change(query);
    return `${path}?${query.toString()}`;
  };

  it('gives the file without a token, as the type that was signed, and to no other page', async () => {
    const { status, headers, text } = await server.sendRaw({ path: playback() });
    expect([status, text]).to.deep.equal([200, '{"isVideo":false}']);
    expect(headers).to.deep.include({ 'content-type': 'video/mp4', 'x-content-type-options': 'nosniff' });
    expect(headers['cache-control']).to.match(/^private, max-age=3[56]\d\d$/);
    const foreign = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    expect((await server.send({ path: playback(), headers: foreign })).status).to.equal(403);
  });

  const changes: { readonly [what: string]: (query: URLSearchParams) => void } = {
    'another key': (query) =>
      query.set('key', (query.get('key') ?? '').replace('playback.mp4', 'report.json')),
    'another user’s key': (query) => query.set('key', (query.get('key') ?? '').replace('/local/', '/else/')),
    'another type': (query) => query.set('type', 'text/html'),
    'a later end': (query) => query.set('expires', String(Number(query.get('expires')) + 1)),
    'an end without end': (query) => query.set('expires', '9'.repeat(15)),
    'an end that is no number': (query) => query.set('expires', 'Infinity'),
    'the end written otherwise': (query) => query.set('expires', `0${query.get('expires') ?? ''}0`),
    'a name': (query) => query.set('name', 'evil.html'),
    'an empty name': (query) => query.set('name', ''),
    'a second key': (query) => query.append('key', 'x'),
    'a second signature': (query) => query.append('signature', 'x'),
    'no signature': (query) => query.delete('signature'),
    'no key': (query) => query.delete('key'),
    'no end': (query) => query.delete('expires'),
    'a signature in capitals': (query) =>
      query.set('signature', `A${(query.get('signature') ?? '').slice(1)}`),
    'a longer signature': (query) => query.set('signature', `${query.get('signature') ?? ''}0`),
  };
  for (const [what, change] of Object.entries(changes))
    it(`with ${what} is none of ours`, async () => {
      expect((await server.send({ path: withQuery(change) })).status).to.equal(403);
    });

  it('is none of ours with any one letter of its signature changed', async () => {
    const { length } = new URLSearchParams(playback().split('?')[1]).get('signature') ?? '';
    for (let at = 0; at < length; at += 1) {
      const path = withQuery((query) => {
        const good = query.get('signature') ?? '';
        query.set('signature', good.slice(0, at) + (good[at] === '0' ? '1' : '0') + good.slice(at + 1));
      });
      expect((await server.send({ path })).status).to.equal(403);
    }
  });

  it('is over after its time, and with another secret it never was', async () => {
    const secret = Buffer.from(await readFile(join(server.data, 'secret'), 'utf8'), 'base64url');
    const key = new URLSearchParams(playback().split('?')[1]).get('key') ?? '';
    const made = (by: Uint8Array, ms: number) =>
      createLinks({ secret: by, base: '/api' }).download({
        key,
        contentType: 'video/mp4',
        expiresAt: new Date(Date.now() + ms),
      });
    expect((await server.send({ path: await made(secret, -1) })).status).to.equal(403);
    expect((await server.send({ path: await made(Buffer.alloc(32), 60_000) })).status).to.equal(403);
    expect((await server.sendRaw({ path: await made(secret, 60_000) })).status).to.equal(200);
  });

  it('reads nothing outside of the objects, whatever its key and its path say', async () => {
    await writeFile(join(server.data, 'objects', 'plain.txt'), 'never');
    for (const key of [...keys, 'plain.txt', 'keys.sqlite'])
      expect((await server.send({ path: withQuery((query) => query.set('key', key)) })).status).to.equal(403);
    for (const name of ['..%2f..%2fsecret', '%2e%2e%2fsecret', 'x%00', '%ff', 'a'.repeat(5000)]) {
      const path = playback().replace(/files\/[^?]+/, `files/${name}`);
      const { status, text } = await server.sendRaw({ path });
      expect(status === 200 ? text : status, name).to.be.oneOf(['{"isVideo":false}', 400, 403, 404]);
    }
  });

  it('answers any Range with a part, the whole or none of the file', async () => {
    for (const [range, status] of Object.entries(ranges)) {
      const seen = await server.sendRaw({ path: playback(), headers: { range } });
      expect(seen.status, range).to.equal(status);
      expect(Number(seen.headers['content-length']), range).to.equal(seen.bytes.length);
      expect('{"isVideo":false}', range).to.contain(seen.text);
    }
    const long = `bytes=${Array.from({ length: 2000 }, (_, at) => `${String(at % 17)}-`).join(',')}`;
    expect((await server.sendRaw({ path: playback(), headers: { range: long } })).status).to.equal(200);
  });

  it('leads to nothing once its record is deleted', async () => {
    expect((await server.call('deleteRecord', { parameters: { recordId } })).status).to.equal(200);
    expect(addresses.length).to.be.greaterThan(1);
    for (const path of addresses) expect((await server.send({ path })).status).to.equal(404);
  });
});
