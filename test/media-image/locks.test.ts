// Is everything that the images are made of pinned, reasoned and the same in every place?
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readBaseLock, readComponents, readFfmpegLock, readImplied } from '../../images/locks.ts';
import { projectRoot } from '../../images/project-root.ts';
import { safeInput } from '../../media/input-arguments.ts';

const text = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

describe('the locks of the images', () => {
  it('A35: pin FFmpeg 8.1.2 or newer, and each source by version and SHA-256', () => {
    const { sources } = readFfmpegLock();
    const [major = 0, minor = 0, patch = 0] =
      sources
        .find(({ name }) => name === 'ffmpeg')
        ?.version.split('.')
        .map(Number) ?? [];
    expect(major * 10_000 + minor * 100 + patch).to.be.at.least(80_102);
    expect(sources.map(({ name }) => name)).to.have.members(['ffmpeg', 'dav1d', 'x264']);
    expect(new Set(sources.map(({ sha256 }) => sha256)).size).to.equal(sources.length);
  });

  it('name the version of each source in the file that is fetched', () => {
    for (const { version, path } of readFfmpegLock().sources)
      expect(decodeURIComponent(path)).to.include(`_${version}.orig.tar.`);
  });

  it('list each library of Debian that the build links', () => {
    const build = text('images/media/ffmpeg/build.sh');
    expect(build).to.include('--enable-zlib');
    expect(build.match(/--enable-lib\w+/g)).to.deep.equal(['--enable-libx264', '--enable-libdav1d']);
    expect(readFfmpegLock().debianLibraries.map(({ name }) => name)).to.deep.equal(['zlib', 'glibc']);
  });

  it('give the base of both architectures by digest, and say who saw it', () => {
    const { lambdaBase, builder } = readBaseLock();
    const images = [lambdaBase.amd64, lambdaBase.arm64, builder];
    expect(new Set(images.map(({ reference }) => reference)).size).to.equal(3);
    for (const { reference } of [lambdaBase.amd64, lambdaBase.arm64])
      expect(reference).to.match(/^public\.ecr\.aws\/lambda\/nodejs:24(?:-arm64)?@sha256:/);
    expect(builder.reference).to.include('debian:trixie');
  });

  it('pin the runtime client of the local base without naming a registry', () => {
    const lock = text('images/local-base/package-lock.json');
    const { packages } = JSON.parse(lock) as {
      packages: Record<string, { version: string; integrity: string }>;
    };
    expect(packages['node_modules/aws-lambda-ric']?.version).to.equal('4.0.2');
    expect(lock).to.not.include('"resolved"');
    for (const [name, { integrity }] of Object.entries(packages))
      if (name !== '') expect(integrity, name).to.match(/^sha512-/);
  });
});

/** Names of the same codec in other builds of FFmpeg, which the whitelist admits too. */
const elsewhere = new Set(['libvpx', 'libvpx-vp9', 'libopus', 'libvorbis', 'libaom-av1', 'av1', 'amr_nb']);

describe('the components of FFmpeg', () => {
  const wanted = readComponents();

  it('each have a reason', () => {
    for (const lists of [wanted, readImplied()])
      for (const names of Object.values(lists))
        for (const [name, reason] of Object.entries(names)) expect(reason, name).to.have.length.at.least(4);
  });

  it('open files and pipes and nothing else', () => {
    expect(Object.keys(wanted.protocols)).to.deep.equal(['file', 'pipe']);
  });

  it('read the containers that a recording may have, and the WAV files of a laptop', () => {
    expect(Object.keys(wanted.demuxers)).to.deep.equal(['matroska', 'mov', 'wav']);
  });

  it('decode exactly what media lets FFmpeg decode', () => {
    const args = safeInput('/x', 'webm');
    const allowed = (args[args.indexOf('-codec_whitelist') + 1] ?? '').split(',');
    const ours = Object.keys(wanted.decoders).map((name) => (name === 'movtext' ? 'mov_text' : name));
    expect(ours).to.have.members(allowed.filter((name) => !elsewhere.has(name)));
  });
});
