// Does a registry answer what it has, to whom docker or podman logged in?
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { loginFor } from '../../images/registry-login.ts';
import { digestIn } from '../../images/registry.ts';
import { ImagesFailed } from '../../images/run-program.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });
const manifest = '{\n  "schemaVersion": 2,\n  "layers": [{}]\n}';

/** What a registry says to `GET /v2/greenroom/manifests/<tag>`. */
const answers: { readonly [tag: string]: readonly [status: number, body: string] } = {
  there: [200, manifest],
  index: [200, '{"schemaVersion": 2, "manifests": []}'],
  locked: [401, '{"errors": []}'],
  forbidden: [403, '{"errors": []}'],
  ill: [503, ''],
};

describe('a registry that is asked for an image', () => {
  let server: Server;
  let address = '';
  let accepted = '';
  before(async () => {
    server = createServer((request, response) => {
      accepted = request.headers.accept ?? '';
      const [status, body] = answers[request.url?.replace('/v2/greenroom/manifests/', '') ?? ''] ?? [404, ''];
      response.writeHead(status).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const found = server.address();
    address = `127.0.0.1:${String(typeof found === 'object' ? found?.port : '')}`;
  });
  after(() => server.close());
  const ask = (tag: string) => digestIn(`${address}/greenroom:${tag}`, 'docker');
  const fault = (tag: string) => ask(tag).then(String, (error: unknown) => error);

  it('tells its digest, which is the SHA-256 of the manifest', async () => {
    expect(await ask('there')).to.equal(`sha256:${createHash('sha256').update(manifest).digest('hex')}`);
    expect(accepted)
      .to.include('docker.distribution.manifest.v2+json')
      .and.to.include('oci.image.manifest.v1');
  });

  it('tells that there is none', async () => {
    expect(await ask('absent')).to.equal(null);
  });

  const faults: readonly [tag: string, sentence: RegExp][] = [
    ['index', /is an index of several images/],
    ['locked', /does not let us look \(401\); log in/],
    ['forbidden', /does not let us look \(403\)/],
    ['ill', /answers 503/],
  ];
  for (const [tag, sentence] of faults)
    it(`is a failure, not an absence, when the image is ${tag}`, async () => {
      const error = await fault(tag);
      expect(error).to.be.instanceOf(ImagesFailed);
      expect(String(error)).to.match(sentence);
    });

  it('is a failure when nobody answers, and for a name without a tag', async () => {
    const nobody = digestIn('127.0.0.1:1/greenroom:a', 'docker').then(String, String);
    expect(await nobody).to.match(/127\.0\.0\.1:1 cannot be asked/);
    expect(await digestIn('greenroom', 'docker').then(String, String)).to.match(/is not of the form/);
  });
});

/** A helper for logins that answers with this secret and what it was asked. */
const helperScript = (secret: string): string =>
  `#!/bin/sh\nread -r host\nprintf '{"ServerURL":"%s","Username":"AWS","Secret":"${secret}-%s"}' "$host" "$host"\n`;

describe('the login for a registry', () => {
  let home = '';
  const write = (path: string, content: unknown): void => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'greenroom-login-'));
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });
  const find = (builder: 'docker' | 'podman', more: { readonly [name: string]: string } = {}) =>
    loginFor('registry.example', builder, { HOME: home, PATH: home, ...more });

  it('is absent where nobody logged in', async () => {
    expect(await find('docker')).to.equal(null);
    write('.docker/config.json', { auths: { 'other.example': auth('AWS:other') } });
    expect(await find('docker')).to.equal(null);
  });

  for (const key of ['registry.example', 'https://registry.example', 'https://registry.example/v2/'])
    it(`is found under ${key}`, async () => {
      write('.docker/config.json', { auths: { [key]: auth('AWS:secret') } });
      expect(await find('docker')).to.equal(basic('AWS:secret'));
    });

  it('is that of podman for podman, and that of docker where podman has none', async () => {
    write('.docker/config.json', { auths: { 'registry.example': auth('AWS:docker') } });
    expect(await find('podman')).to.equal(basic('AWS:docker'));
    write('.config/containers/auth.json', { auths: { 'registry.example': auth('AWS:podman') } });
    expect(await find('podman')).to.equal(basic('AWS:podman'));
    expect(await find('docker')).to.equal(basic('AWS:docker'));
  });

  it('is looked for where DOCKER_CONFIG and REGISTRY_AUTH_FILE say', async () => {
    write('elsewhere/config.json', { auths: { 'registry.example': auth('AWS:elsewhere') } });
    const [folder, file] = [join(home, 'elsewhere'), join(home, 'elsewhere/config.json')];
    expect(await find('docker', { DOCKER_CONFIG: folder })).to.equal(basic('AWS:elsewhere'));
    expect(await find('podman', { REGISTRY_AUTH_FILE: file })).to.equal(basic('AWS:elsewhere'));
  });

  it('comes from the helper of this registry, before the helper of all', async () => {
    for (const name of ['one', 'all']) {
      write(`docker-credential-${name}`, helperScript(name));
      chmodSync(join(home, `docker-credential-${name}`), 0o755);
    }
    write('.docker/config.json', { auths: { 'registry.example': {} }, credsStore: 'all' });
    expect(await find('docker')).to.equal(basic('AWS:all-registry.example'));
    write('.docker/config.json', { credsStore: 'all', credHelpers: { 'registry.example': 'one' } });
    expect(await find('docker')).to.equal(basic('AWS:one-registry.example'));
    write('.docker/config.json', { credsStore: 'absent' });
    expect(await find('docker')).to.equal(null);
  });

  it('is asked from no broken file', async () => {
    write('.docker/config.json', '{');
    expect(await find('docker').then(String, String)).to.match(/config\.json is no file of logins/);
  });
});
