// Does the server answer only whom it should, and only with what it should?
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeFolder } from '../../interview/support/command-line.ts';
import { startInside, type Inside } from './inside-server.ts';
import { rawGet, rawRequest } from './raw-request.ts';
import { codeOf } from './running-server.ts';

const secretText = 'nobody may read this';

describe('requests to the local server', function () {
  this.timeout(30_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let server: Inside;
  let port: number;
  let token: string;
  before(async () => {
    folder = await makeFolder('requests');
    const webFolder = join(folder.path, 'web');
    await mkdir(join(webFolder, 'assets'), { recursive: true });
    await writeFile(join(webFolder, 'index.html'), '<!doctype html><title>The app</title>');
    await writeFile(join(webFolder, 'assets', 'app-1a2b3c.js'), 'export {};');
    await writeFile(join(folder.path, 'secret.txt'), secretText);
    server = await startInside(folder.path);
    ({ port, token } = server);
  });
  after(async () => {
    await server.close();
    await folder.remove();
  });
  const ask = (
    path: string,
    init: Omit<RequestInit, 'headers'> & { readonly headers?: { readonly [name: string]: string } } = {},
  ) =>
    fetch(`${server.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...init.headers },
    });

  it('answers who has the token, and nobody else (A50)', async () => {
    expect((await ask('/api/records')).status).to.equal(200);
    for (const authorization of [
      '',
      'Bearer ',
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
      `Basic ${token}`,
    ]) {
      const answer = await fetch(`${server.url}/api/records`, { headers: { authorization } });
      expect([answer.status, await codeOf(answer)], authorization).to.deep.equal([401, 'UNAUTHENTICATED']);
    }
    expect((await fetch(`${server.url}/api/records?token=${token}`)).status).to.equal(401);
  });

  it('refuses a foreign Host and a foreign Origin, whatever they ask for', async () => {
    const foreign = [{ host: `evil.example:${String(port)}` }, { origin: 'https://evil.example' }];
    for (const headers of foreign)
      for (const path of ['/', '/api/records', '/config.json', '/api/files/report.json'])
        expect((await rawGet(port, path, headers)).status, path).to.equal(403);
    const twice = `GET / HTTP/1.1\nhost: 127.0.0.1:${String(port)}\nhost: evil.example\nconnection: close\n\n`;
    expect((await rawRequest(port, twice)).status).to.equal(403);
  });

  const outside = [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%252e%252e%252fsecret.txt',
    '//secret.txt',
    '/%00secret.txt',
    '/index.html%00.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/%ff',
    '/file:///etc/passwd',
    '/assets/./app-1a2b3c.js',
    '/api/files/..%2f..%2fsession-token',
    '/api/files/%2e%2e/%2e%2e/session-token',
    '/api/records/..%2f..%2fsession-token',
  ];
  it('gives nothing that lies outside of the app, however it is asked for', async () => {
    for (const path of [...outside, `http://127.0.0.1:${String(port)}/../secret.txt`, 'secret.txt']) {
      const { status, text } = await rawGet(port, path, { authorization: `Bearer ${token}` });
      expect(text, path).not.to.contain(secretText).and.not.to.contain(`\r\n\r\n${token}`);
      expect(text, path).not.to.contain('root:');
      expect([400, 403, 404], `${path} ${text}`).to.include(status);
    }
  });

  it('serves the app for every page of it, with a policy that allows nothing foreign (A57)', async () => {
    for (const path of ['/', '/attempts', '/attempts/01ARZ3NDEKTSV4RRFFQ69G5FAV?tab=run']) {
      const answer = await fetch(`${server.url}${path}`);
      expect(await answer.text()).to.contain('The app');
      expect(answer.headers.get('cache-control')).to.equal('no-cache');
      expect(answer.headers.get('content-security-policy'))
        .to.contain("default-src 'none'")
        .and.not.match(/unsafe|http|\*/);
    }
    expect((await fetch(`${server.url}/missing.js`)).status).to.equal(404);
  });

  it('lets a browser keep what is named by its content, and asks again for the rest', async () => {
    const asset = await fetch(`${server.url}/assets/app-1a2b3c.js`);
    expect(asset.headers.get('cache-control')).to.contain('immutable');
    expect(asset.headers.get('content-type')).to.contain('javascript');
    const etag = asset.headers.get('etag') ?? '';
    const again = await rawGet(port, '/', {
      'if-none-match': (await fetch(server.url)).headers.get('etag') ?? '',
    });
    expect([etag.length > 10, again.status]).to.deep.equal([true, 304]);
  });

  it('tells the app of its host', async () => {
    expect(await (await fetch(`${server.url}/config.json`)).json()).to.deep.equal({
      apiUrl: '/api',
      identity: { kind: 'local-session' },
      recordingLimitSeconds: 1800,
    });
  });

  it('says of unknown paths and methods what is wrong with them', async () => {
    const unknown = await ask('/api/nothing');
    expect([unknown.status, await codeOf(unknown)]).to.deep.equal([404, 'NOT_FOUND']);
    const wrong = await ask('/api/records', { method: 'PUT' });
    expect([wrong.status, wrong.headers.get('allow')]).to.deep.equal([405, 'GET, POST']);
    expect((await ask('/', { method: 'POST' })).status).to.equal(405);
  });

  it('takes no body larger than 256 KiB and no header larger than 16 KiB', async () => {
    const json = { 'content-type': 'application/json' };
    const large = JSON.stringify({ question: 'a'.repeat(300_000) });
    const answer = await ask('/api/records', { method: 'POST', body: large, headers: json });
    expect([answer.status, await codeOf(answer)]).to.deep.equal([413, 'TOO_LARGE']);
    expect((await rawGet(port, '/', { cookie: 'a'.repeat(20_000) })).status).to.equal(431);
    const broken = await ask('/api/records', { method: 'POST', body: new Uint8Array([0xff]), headers: json });
    expect(broken.status).to.equal(400);
  });

  it('counts a body that does not say how long it is', async () => {
    const chunk = `10000\n${'a'.repeat(0x10000)}\n`;
    const head = `POST /api/records HTTP/1.1\nhost: 127.0.0.1:${String(port)}\ntransfer-encoding: chunked\n\n`;
    expect((await rawRequest(port, head + chunk.repeat(5))).status).to.equal(413);
  });

  const slow: { readonly [what: string]: (port: number) => string } = {
    'its headers': (at) => `GET / HTTP/1.1\nhost: 127.0.0.1:${String(at)}\nx-slow: `,
    'its body': (at) =>
      `POST /api/records HTTP/1.1\nhost: 127.0.0.1:${String(at)}\ncontent-length: 1000\nauthorization: Bearer x\n\n{`,
    'a body that nobody reads': (at) =>
      `POST / HTTP/1.1\nhost: 127.0.0.1:${String(at)}\ncontent-length: 1000\n\n{`,
    'an upload': (at) =>
      `POST /api/uploads HTTP/1.1\nhost: 127.0.0.1:${String(at)}\ncontent-length: 1000\n` +
      `content-type: multipart/form-data; boundary=x\n\n--x\n`,
  };
  for (const [what, begin] of Object.entries(slow))
    it(`cuts off who is slow with ${what}, and serves the others meanwhile`, async () => {
      const sockets = Array.from({ length: 20 }, () => connect(port, '127.0.0.1'));
      const closed = Promise.all(sockets.map((socket) => once(socket, 'close')));
      for (const socket of sockets) {
        socket.on('error', () => undefined).resume();
        socket.write(begin(port).replaceAll('\n', '\r\n'));
      }
      const startedAt = performance.now();
      expect((await ask('/api/records')).status).to.equal(200);
      expect(performance.now() - startedAt).to.be.lessThan(1000);
      await closed;
      expect(performance.now() - startedAt).to.be.lessThan(8000);
    });
});
