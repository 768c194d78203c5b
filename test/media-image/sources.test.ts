// Do all who speak of FFmpeg's sources speak of the same ones: lock, script, notice, SBOM and documents?
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readFfmpegLock } from '../../images/locks.ts';
import { projectRoot } from '../../images/project-root.ts';
import { sbomOf } from '../../images/sbom.ts';

const text = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const { sources, debianLibraries } = readFfmpegLock();
const names = sources.map(({ name }) => name);
const libraries = names.filter((name) => name !== 'ffmpeg');
const versionOf = (wanted: string): string => sources.find(({ name }) => name === wanted)?.version ?? '';

const all = (source: string, pattern: RegExp): readonly string[] =>
  [...source.matchAll(pattern)].map(([, found = '']) => found);

/** What the SBOM of a stage without npm packages names. */
const listed = ({ image }: { image: 'media' | 'plain' }) =>
  sbomOf({ name: 'a-stage', image }, []).components.map(({ name, version, licenses }) => [
    name,
    version,
    licenses[0]?.expression,
  ]);

describe('the sources of FFmpeg (A35)', () => {
  const build = text('images/media/ffmpeg/build.sh');

  it('are unpacked, compiled and switched on by the script, each of the lock and no other', () => {
    const compiled = [
      ...all(build, /meson setup \S+ (\w+) /g),
      ...all(build, /^ +cd (x264)$/gm),
      ...all(build, /\.\.\/(\w+)\/configure /g),
    ];
    expect(compiled).to.have.members(names);
    expect(all(build, /^build_(\w+)\(\)/gm)).to.have.members(libraries);
    expect(all(build, /--enable-lib(\w+)/g)).to.have.members(libraries);
  });

  it('are named with their version by their upstream, or by the commit that the version tells', () => {
    for (const { name, version, upstream } of sources) {
      const commit = /git([0-9a-f]+)$/.exec(version)?.[1];
      expect(upstream, name).to.include(commit ?? `${name}-${version}.tar.`);
    }
  });

  it('are copied with the notice that tells which licences hold, by the names of the lock', () => {
    const notice = text('images/media/ffmpeg/NOTICE');
    const gpl = sources.filter(({ licence }) => licence.startsWith('GPL-')).map(({ name }) => name);
    expect(all(notice, /licences\/(\w+)/g)).to.have.members(gpl);
    const places = all(notice, /(?<![\w/])build\/([\w./]+\w)/g);
    expect(places).to.deep.equal(['ffmpeg.lock.json', 'ffmpeg/build.sh']);
    expect(build).to.include('"$share/build" "$lock"').and.to.include('"$share/build/ffmpeg" "$here"/*');
  });

  it('stand in the SBOM of a stage with FFmpeg, and in no other', () => {
    expect(listed({ image: 'media' })).to.deep.equal(
      sources.map(({ name, version, licence }) => [name, version, licence]),
    );
    expect(listed({ image: 'plain' })).to.deep.equal([]);
  });

  it('stand in the licences that the images are labelled with', () => {
    const label = /'(MIT AND [^']+)'/.exec(text('images/image-plan.ts'))?.[1] ?? '';
    const strictest = sources.find(({ name }) => name === 'ffmpeg')?.licence;
    expect(label.split(' AND ')).to.deep.equal(['MIT', strictest]);
    expect(debianLibraries.map(({ licence }) => licence)).to.deep.equal(['Zlib', 'LGPL-2.1-or-later']);
  });

  it('have in every document the version of the lock', () => {
    const documents = globSync(['README.md', 'docs/**/*.md'], { cwd: projectRoot });
    const said = documents.flatMap((path) =>
      all(text(path), /(?:static FFmpeg |ffmpeg and ffprobe \*\*)(\d+\.\d+\.\d+)/g),
    );
    expect(said).to.have.length.above(1);
    expect(new Set(said)).to.deep.equal(new Set([versionOf('ffmpeg')]));
  });
});
