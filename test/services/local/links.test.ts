// Do this machine's links keep their promises over HTTP, and does the checking side say why it refuses?
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { contentDisposition } from '../../../services/content-disposition.ts';
import { createLinks, type LocalLinks } from '../../../services/local/links.ts';
import { createObjectStore, type LocalObjectStore } from '../../../services/local/objects.ts';
import { describeLinks, describeRefusedLinks, type LinksHost } from '../contracts/links.ts';
import { thrownBy } from '../contracts/object-store.ts';

const { signal } = new AbortController();
const folders: string[] = [];
const servers: Server[] = [];
after(async () => {
  for (const server of servers) server.close();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

async function take(request: IncomingMessage, links: LocalLinks, objects: LocalObjectStore): Promise<number> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(await buffer(request), { headers }).formData();
  const { file, ...fields } = Object.fromEntries(form);
  const checked = links.checkUpload(fields as { [name: string]: string }, new Date());
  if (checked.refusal !== null || !(file instanceof File)) return 403;
  const bytes = Buffer.from(await file.arrayBuffer());
  const source = (): Readable => Readable.from([bytes]);
  return objects.receive(checked.key, { ...checked, source, signal }).then(
    () => 204,
    () => 400,
  );
}

async function show(address: URL, links: LocalLinks, objects: LocalObjectStore, response: ServerResponse) {
  const asked = links.checkDownload(address.searchParams, new Date());
  if (!asked) return void response.writeHead(403).end();
  const opened = await objects.open(asked.key).catch(() => null);
  if (!opened) return void response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': asked.contentType,
    'content-disposition': contentDisposition(asked.fileName ?? undefined),
  });
  opened.file.createReadStream().pipe(response);
}

/** The smallest server that honours the links. */
async function openHost(): Promise<LinksHost> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-links-'));
  folders.push(folder);
  const objects = createObjectStore(folder);
  const secret = randomBytes(32);
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '', 'http://localhost');
    if (request.method === 'POST')
      void take(request, links, objects).then((status) => response.writeHead(status).end());
    else void show(address, links, objects, response);
  });
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const links = createLinks({ secret, base });
  return {
    links,
    linksAt: (now) => createLinks({ secret, base, now: () => now }),
    send: async ({ url, fields }, bytes) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', new Blob([Buffer.from(bytes)]), 'recording.webm');
      return (await fetch(url, { method: 'POST', body: form })).ok;
    },
    put: async (key, bytes, contentType) => {
      const source = (): Readable => Readable.from([Buffer.from(bytes)]);
      await objects.receive(key, { source, contentType, sizeBytes: bytes.length, signal });
    },
    stored: async (key) => {
      const opened = await objects.open(key).catch(() => null);
      return (
        opened && { bytes: await buffer(opened.file.createReadStream()), contentType: opened.contentType }
      );
    },
    fetch: (address) => fetch(address),
  };
}

describeLinks('this machine', openHost);
describeRefusedLinks('this machine', openHost);

const secret = Buffer.alloc(32, 7);
const links = createLinks({ secret, base: '' });
const recording = { key: 'uploads/u/1.webm', contentType: 'video/webm', sizeBytes: 5 } as const;
const now = new Date();

describe('the links of this machine', () => {
  it('have the fields that S3’s form has, but for the signature’s name', async () => {
    const { url, fields } = await links.upload(recording);
    expect(url).to.equal('/uploads');
    expect(fields).to.have.all.keys('key', 'Content-Type', 'policy', 'x-greenroom-signature');
    const policy = JSON.parse(Buffer.from(fields['policy'] ?? '', 'base64').toString()) as object;
    expect(policy).to.deep.include({
      conditions: [{ key: recording.key }, { 'Content-Type': 'video/webm' }, ['content-length-range', 5, 5]],
    });
  });

  it('say why a form is refused', async () => {
    const { fields, expiresAt } = await links.upload(recording);
    const foreign = createLinks({ secret: Buffer.alloc(32, 8), base: '' });
    expect(links.checkUpload(fields, now)).to.deep.equal({ refusal: null, ...recording });
    expect(links.checkUpload({ ...fields, more: '1' }, now)).to.deep.equal({ refusal: 'FIELDS' });
    expect(links.checkUpload({}, now)).to.deep.equal({ refusal: 'FIELDS' });
    expect(foreign.checkUpload(fields, now)).to.deep.equal({ refusal: 'SIGNATURE' });
    expect(links.checkUpload(fields, expiresAt)).to.deep.equal({ refusal: 'EXPIRED' });
    expect(links.checkUpload({ ...fields, key: 'x' }, now)).to.deep.equal({ refusal: 'KEY' });
    const pages = { ...fields, 'Content-Type': 'text/html' };
    expect(links.checkUpload(pages, now)).to.deep.equal({ refusal: 'CONTENT_TYPE' });
  });

  it('refuse a form in whose policy or signature any bit was flipped', async () => {
    const { fields } = await links.upload(recording);
    for (const name of ['policy', 'x-greenroom-signature']) {
      const text = fields[name] ?? '';
      for (let bit = 0; bit < text.length * 8; bit += 1) {
        const bytes = Buffer.from(text, 'latin1');
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const changed = { ...fields, [name]: bytes.toString('latin1') };
        expect(links.checkUpload(changed, now)).to.deep.equal({ refusal: 'SIGNATURE' });
      }
    }
  });

  it('never take an address for a form, or one for the other', async () => {
    const given = { key: 'a', contentType: 'text/plain', expiresAt: new Date(now.getTime() + 1000) };
    const query = new URLSearchParams((await links.download(given)).split('?')[1]);
    const policy = JSON.stringify(['a', 'text/plain', null, given.expiresAt.getTime()]);
    const form = {
      key: 'a',
      'Content-Type': 'text/plain',
      policy,
      'x-greenroom-signature': query.get('signature') ?? '',
    };
    expect(links.checkDownload(query, now)).to.deep.equal({ ...given, fileName: null });
    expect(links.checkUpload(form, now)).to.deep.equal({ refusal: 'SIGNATURE' });
  });

  it('stay good over a restart with the same secret, whatever the port', async () => {
    const { fields } = await links.upload(recording);
    const restarted = createLinks({ secret, base: 'http://127.0.0.1:1' });
    expect(restarted.checkUpload(fields, now).refusal).to.equal(null);
  });

  it('are not made for a key that must not be used', async () => {
    expect(await thrownBy(links.upload({ ...recording, key: '../a' }))).to.include({
      name: 'ServiceRejected',
    });
    const given = { key: '/etc/passwd', contentType: 'text/plain', expiresAt: now };
    expect(await thrownBy(links.download(given))).to.include({ name: 'ServiceRejected' });
  });
});
