// Do the images hold what they should, and does media work with their FFmpeg? Built on a base of Debian packages.
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildBinaries, buildImages, type Built, type ImagesWish } from '../../images/build-images.ts';
import type { Builder } from '../../images/builder.ts';
import { bundleStages } from '../../images/bundle/bundle-stages.ts';
import { checkImage } from '../../images/check/check-image.ts';
import { findBuilder } from '../../images/find-builder.ts';
import { stages } from '../../images/image-plan.ts';
import { readFfmpegLock } from '../../images/locks.ts';
import { projectRoot } from '../../images/project-root.ts';
import { run as runProgram } from '../../images/run-program.ts';
import { interview } from '../../systems/interview/system.ts';

const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
const wish: ImagesWish = { architecture, isOnLocalBase: true };
const chosen = stages.filter(({ name }) => ['probe-recording', 'read-health'].includes(name));

/** As CycloneDX lists it. */
interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses: readonly { readonly license: { readonly id: string } }[];
}

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

/** Files of `/opt/share/ffmpeg`, read in the image. */
async function shared(...files: readonly string[]): Promise<readonly string[]> {
  const script = "console.log(JSON.stringify(process.argv.slice(1).map((f) => fs.readFileSync(f, 'utf8'))))";
  const paths = files.map((file) => `/opt/share/ffmpeg/${file}`);
  const { stdout } = await run('/var/lang/bin/node', '-e', script, ...paths);
  return JSON.parse(stdout.toString()) as string[];
}

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

  it('carry the notice and the licences of FFmpeg and of all that is linked into it', async () => {
    const { sources, debianLibraries } = readFfmpegLock();
    const all = [...sources, ...debianLibraries].map(({ name }) => `licences/${name}`);
    const [notice = '', ...licences] = await shared('NOTICE', ...all);
    expect(notice).to.include('complete corresponding source');
    expect(licences.filter((text) => text.length > 500)).to.have.length(5);
    expect(licences.filter((text) => text.includes('GNU GENERAL PUBLIC LICENSE'))).to.have.length.above(1);
  });

  it('A35: list in table and SBOM exactly the sources of the lock, which lies beside them', async () => {
    const files = ['build/ffmpeg.lock.json', 'sbom.cdx.json', 'components.tsv'];
    const [lock = '', sbom = '', table = ''] = await shared(...files);
    expect(JSON.parse(lock)).to.deep.equal(readFfmpegLock());
    const { metadata, components } = JSON.parse(sbom) as {
      metadata: { component: Component };
      components: Component[];
    };
    const listed = [metadata.component, ...components].map(({ name, version, licenses }) => [
      name,
      version,
      licenses[0]?.license.id,
    ]);
    const rows = table.trimEnd().split('\n').slice(1);
    expect(listed).to.deep.equal(rows.map((row) => row.split('\t').slice(0, 3)));
    const { sources, debianLibraries } = readFfmpegLock();
    const wanted = sources.map(({ name, version, licence }) => [name, version, licence]);
    expect(listed.slice(0, 3)).to.deep.equal(wanted);
    expect(listed.slice(3).map(([name]) => name)).to.deep.equal(debianLibraries.map(({ name }) => name));
    expect(components.map(({ purl }) => purl).join()).to.include('pkg:deb/debian/glibc@');
  });
});

describe('media with the FFmpeg of the image', function () {
  this.timeout(10 * 60_000);

  it('A12: passes its own tests', async () => {
    await buildBinaries(folder, wish, builder);
    const files = globSync('test/media/**/*.test.ts', { cwd: projectRoot });
    const environment = {
      GREENROOM_FFMPEG: join(folder, 'bin', 'ffmpeg'),
      GREENROOM_FFPROBE: join(folder, 'bin', 'ffprobe'),
    };
    const command = join(projectRoot, 'greenroom');
    const { exitCode, stdout, stderr } = await runProgram({ command, args: ['test', ...files], environment });
    expect(exitCode, `${stdout.toString().slice(-4000)}\n${stderr.slice(-2000)}`).to.equal(0);
    expect(Number(/(\d+) passing/.exec(stdout.toString())?.[1])).to.be.above(200);
  });
});
