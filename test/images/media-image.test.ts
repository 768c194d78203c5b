// Do the images hold what they should, and does media work with their FFmpeg? Built on a base of Debian packages.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { buildBinaries, buildImages, type Built, type ImagesWish } from '../../images/build-images.ts';
import type { Builder } from '../../images/builder.ts';
import { bundleStages } from '../../images/bundle/bundle-stages.ts';
import { checkImage } from '../../images/check/check-image.ts';
import { findBuilder } from '../../images/find-builder.ts';
import { stages } from '../../images/image-plan.ts';
import { projectRoot } from '../../images/project-root.ts';
import { pushImages } from '../../images/push-images.ts';
import { interview } from '../../systems/interview/system.ts';

const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
const wish: ImagesWish = { architecture, isOnLocalBase: true };
const chosen = stages.filter(({ name }) => ['probe-recording', 'read-health'].includes(name));

let builder: Builder;
let images: readonly Built[];
let folder: string;

before(async function () {
  // The compile of FFmpeg alone takes minutes.
  this.timeout(30 * 60_000);
  builder = await findBuilder();
  folder = await mkdtemp(join(tmpdir(), 'greenroom-images-'));
  await bundleStages([interview], { architecture: architecture === 'amd64' ? 'x86_64' : 'arm64' });
  images = await buildImages(chosen, wish, builder);
});

after(async function () {
  this.timeout(60_000);
  await rm(folder, { recursive: true, force: true });
  await builder.close();
});

const run = (entrypoint: string, ...args: string[]) => builder.run({ tag: tagOf(null), entrypoint, args });
const tagOf = (stage: string | null): string => images.find((image) => image.stage === stage)?.tag ?? '';

describe('the images', function () {
  this.timeout(120_000);

  it('A22, A35: keep every rule of the check', async () => {
    for (const { stage, tag } of images) {
      const hasFfmpeg = stage !== 'read-health';
      const { findings } = await checkImage(builder, {
        tag,
        architecture,
        hasFfmpeg,
        isStage: stage !== null,
      });
      expect(findings.filter(({ fault }) => fault !== '')).to.deep.equal([]);
      expect(findings).to.have.length.above(7);
    }
  });

  it('A22: carry FFmpeg only where a stage needs it', async () => {
    const check = { tag: tagOf('read-health'), architecture, hasFfmpeg: true, isStage: true };
    const { findings } = await checkImage(builder, check);
    expect(findings.find(({ rule }) => rule.startsWith('ffmpeg is'))?.fault).to.equal('it does not run');
  });

  it('are the same when nothing changed: nothing is built twice', async () => {
    const again = await buildImages(chosen, wish, builder);
    expect(again.map(({ tag }) => tag)).to.deep.equal(images.map(({ tag }) => tag));
    expect(again.filter(({ isNew }) => isNew)).to.deep.equal([]);
  });

  for (const address of [
    'http://127.0.0.1/a.webm',
    'concat:/etc/passwd',
    'data:text/plain,a',
    'tcp://127.0.0.1:1',
    'fd:',
  ])
    it(`cannot be made to open ${address}: the protocol is not compiled in`, async () => {
      const args = ['-v', 'error', '-i', address];
      const { exitCode, stderr } = await builder.run({
        tag: tagOf(null),
        entrypoint: '/opt/bin/ffprobe',
        args,
      });
      expect(exitCode).to.not.equal(0);
      expect(stderr).to.include('Protocol not found');
    });

  it('limit FFmpeg by the image’s own prlimit and setpriv, without util-linux', async () => {
    const memory = await run('/opt/bin/prlimit', '--as=20000000', '--core=0', '/opt/bin/ffmpeg', '-version');
    expect(memory.exitCode).to.not.equal(0);
    expect((await run('/opt/bin/prlimit', '--as=x', 'true')).exitCode).to.equal(1);
    expect((await run('/opt/bin/prlimit', '--core=0', 'nowhere')).exitCode).to.equal(127);
    const kind = await run('/opt/bin/setpriv', '--pdeathsig', 'KILL', '/opt/bin/ffprobe', '-version');
    expect(kind.exitCode).to.equal(0);
  });

  it('carry the licences of FFmpeg, its source list and its SBOM', async () => {
    const path = '/opt/share/ffmpeg';
    const args = [
      '-e',
      `for (const f of process.argv.slice(1)) console.log(fs.readFileSync('${path}/' + f, 'utf8'))`,
    ];
    const files = ['NOTICE', 'licences/x264', 'licences/glibc', 'build/ffmpeg.lock.json', 'sbom.cdx.json'];
    const { stdout } = await builder.run({
      tag: tagOf(null),
      entrypoint: '/var/lang/bin/node',
      args: [...args, ...files],
    });
    const text = stdout.toString();
    for (const words of [
      'GNU GENERAL PUBLIC LICENSE',
      'complete corresponding source',
      'CycloneDX',
      'pkg:deb/debian/glibc@',
    ])
      expect(text).to.include(words);
  });
});

describe('media with the FFmpeg of the image', function () {
  this.timeout(10 * 60_000);

  it('A12: passes its own tests', async () => {
    await buildBinaries(folder, wish, builder);
    const files = globSync('test/media/**/*.test.ts', { cwd: projectRoot });
    const { stdout } = await promisify(execFile)(join(projectRoot, 'greenroom'), ['test', ...files], {
      env: {
        ...process.env,
        GREENROOM_FFMPEG: join(folder, 'bin', 'ffmpeg'),
        GREENROOM_FFPROBE: join(folder, 'bin', 'ffprobe'),
      },
      maxBuffer: 64 * 1024 ** 2,
    });
    expect(Number(/(\d+) passing/.exec(stdout)?.[1])).to.be.above(200);
  });
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function startRegistry(port: number): Promise<ChildProcess> {
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

describe('the images in a registry', function () {
  this.timeout(5 * 60_000);

  it('are found by the digests that are printed, as single images and no index', async () => {
    const port = await freePort();
    const registry = await startRegistry(port);
    try {
      const digests = await pushImages(images, `127.0.0.1:${String(port)}/greenroom`, builder);
      expect(Object.keys(digests)).to.have.members(chosen.map(({ name }) => name));
      for (const digest of Object.values(digests)) {
        const url = `http://127.0.0.1:${String(port)}/v2/greenroom/manifests/${digest}`;
        const headers = { accept: 'application/vnd.docker.distribution.manifest.v2+json' };
        const manifest = (await (await fetch(url, { headers })).json()) as {
          layers?: unknown[];
          manifests?: unknown;
        };
        expect(manifest.layers).to.have.length.above(1);
        expect(manifest).to.not.have.property('manifests');
      }
    } finally {
      registry.kill();
      await once(registry, 'close');
    }
  });
});
