// Do images get into a registry once, and are they found there by the digests that are printed?
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createProxy, request as forward, type Server } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { ImagesWish } from '../../images/build-images.ts';
import { Builder } from '../../images/builder.ts';
import type { BuildOrder } from '../../images/builder-arguments.ts';
import { bundleStages } from '../../images/bundle/bundle-stages.ts';
import { findBuilder } from '../../images/find-builder.ts';
import { stages } from '../../images/image-plan.ts';
import { pushImages, type Pushed } from '../../images/push-images.ts';
import { interview } from '../../systems/interview/system.ts';

const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
const wish: ImagesWish = { architecture, isOnLocalBase: true };
const chosen = stages.filter(({ name }) => ['probe-recording', 'read-health'].includes(name));

/** Writes down what is really done. */
class WatchedBuilder extends Builder {
  readonly done: string[] = [];

  override async build(order: BuildOrder): Promise<void> {
    this.done.push('build');
    await super.build(order);
  }

  override async push(tag: string, target: string): Promise<string> {
    this.done.push('push');
    return super.push(tag, target);
  }
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function startRegistry(folder: string, port: number): Promise<ChildProcess> {
  const settings = join(folder, 'registry.json');
  const storage = { filesystem: { rootdirectory: join(folder, 'registry') } };
  await writeFile(
    settings,
    JSON.stringify({ version: 0.1, storage, http: { addr: `127.0.0.1:${String(port)}` } }),
  );
  const registry = spawn('docker-registry', ['serve', settings], { stdio: 'ignore' });
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/v2/`).catch(() => null);
    if (answer?.ok) return registry;
    await sleep(100);
  }
  registry.kill();
  throw new Error('docker-registry does not answer; is it installed (apt-get install docker-registry)?');
}

/** Stands before a registry and, as ECR does for immutable repositories, lets no tag be written a second time. */
class ImmutableTags {
  readonly #written = new Set<string>();
  /** Says of every tag that it is absent, until a write was refused: as if somebody pushed in between. */
  isHiding = false;
  refused = 0;
  readonly server: Server;

  constructor(port: number) {
    this.server = createProxy((incoming, outgoing) => {
      const { url: path = '', method = '', headers } = incoming;
      const isTag = path.includes('/manifests/') && !path.includes('/manifests/sha256:');
      if (isTag && method === 'PUT' && this.#written.has(path)) {
        this.refused += 1;
        this.isHiding = false;
        incoming.resume();
        const errors = [{ code: 'TAG_INVALID', message: 'The image tag already exists and is immutable.' }];
        outgoing.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ errors }));
      } else if (isTag && method === 'GET' && this.isHiding) outgoing.writeHead(404).end();
      else {
        if (isTag && method === 'PUT') this.#written.add(path);
        const onward = forward({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        });
        onward.on('error', () => outgoing.destroy());
        incoming.pipe(onward);
      }
    });
  }
}

/** The same, not pushed but found. */
const known = (pushed: readonly Pushed[]): readonly Pushed[] =>
  pushed.map(({ stage, digest }) => ({ stage, digest, isNew: false }));

describe('the images in a registry', function () {
  this.timeout(5 * 60_000);
  let folder = '';
  let builder: WatchedBuilder;
  let registry: ChildProcess;
  let tags: ImmutableTags;
  let repository = '';
  let first: readonly Pushed[] = [];
  const push = () => pushImages(chosen, wish, { repository, builder });
  before(async function () {
    // Compiles FFmpeg where no other suite did.
    this.timeout(30 * 60_000);
    folder = await mkdtemp(join(tmpdir(), 'greenroom-registry-'));
    const found = await findBuilder();
    builder = new WatchedBuilder({ ...found.lineOf([]), name: found.name });
    await bundleStages([interview], { architecture: architecture === 'amd64' ? 'x86_64' : 'arm64' });
    const port = await freePort();
    registry = await startRegistry(folder, port);
    tags = new ImmutableTags(port);
    tags.server.listen(0, '127.0.0.1');
    await once(tags.server, 'listening');
    const address = tags.server.address();
    repository = `127.0.0.1:${String(typeof address === 'object' ? address?.port : '')}/greenroom`;
    first = await push();
  });
  after(async () => {
    tags.server.closeAllConnections();
    tags.server.close();
    registry.kill();
    await once(registry, 'close');
    await rm(folder, { recursive: true, force: true });
    await builder.close();
  });

  it('are found by the digests that are printed, as single images and no index', async () => {
    expect(first.map(({ stage, isNew }) => [stage, isNew])).to.deep.equal(
      chosen.map(({ name }) => [name, true]),
    );
    for (const { digest } of first) {
      const url = `http://${repository.replace('/', '/v2/')}/manifests/${digest}`;
      const headers = { accept: 'application/vnd.docker.distribution.manifest.v2+json' };
      const manifest = (await (await fetch(url, { headers })).json()) as {
        layers?: unknown[];
        manifests?: unknown;
      };
      expect(manifest.layers).to.have.length.above(1);
      expect(manifest).to.not.have.property('manifests');
    }
  });

  it('are neither built nor pushed again, and have the same digests', async () => {
    builder.done.length = 0;
    const second = await push();
    expect(second).to.deep.equal(known(first));
    expect(builder.done).to.deep.equal([]);
    expect(tags.refused).to.equal(0);
  });

  it('keep their digests when somebody else was faster and the registry lets nobody overwrite a tag', async () => {
    tags.isHiding = true;
    const third = await push();
    expect(tags.refused).to.be.at.least(1);
    expect(third).to.deep.equal(known(first));
  });
});
