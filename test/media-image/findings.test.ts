// Does the look into an image find what is wrong with it?
import { expect } from 'chai';
import type { ImageFacts } from '../../images/builder.ts';
import { asListed, listedNamesIn } from '../../images/check/ffmpeg-lists.ts';
import { findings, type Inside, type Judged } from '../../images/check/findings.ts';
import { readComponents, readFfmpegLock, readImplied } from '../../images/locks.ts';

const wanted = readComponents();
const implied = readImplied();
const { sources, debianLibraries } = readFfmpegLock();
const libraries = [...sources, ...debianLibraries].map(({ name }) => name);
const version = sources[0]?.version ?? '';

/** A list as FFmpeg prints it. */
const printed = (
  kind: 'demuxers' | 'muxers' | 'encoders' | 'decoders' | 'bsfs' | 'filters' | 'protocols',
) => {
  const names = asListed([...Object.keys(wanted[kind]), ...Object.keys(implied[kind])]);
  const line = {
    protocols: (name: string) => `  ${name}`,
    demuxers: (name: string) => ` D   ${name},other   Words`,
    muxers: (name: string) => `  E  ${name}   Words`,
    encoders: (name: string) => ` V....D ${name}  Words`,
    decoders: (name: string) => ` A....D ${name}  Words`,
    bsfs: (name: string) => name,
    filters: (name: string) => ` T. ${name}    V->V   Words`,
  }[kind];
  return ['Some head:', ' ---', ...names.map(line)].join('\n');
};

const facts: ImageFacts = {
  architecture: 'amd64',
  user: '993:990',
  entrypoint: [],
  command: ['index.handler'],
  environment: {},
  labels: {
    'org.opencontainers.image.title': 'a',
    'org.opencontainers.image.version': 'b',
    'org.opencontainers.image.licenses': 'c',
  },
  sizeBytes: 200 * 1024 ** 2,
};
const inside: Inside = {
  uid: 993,
  node: 'v24.1.0',
  setuid: [],
  writable: [],
  handler: true,
  ffmpegVersion: `ffmpeg version ${version} Copyright`,
  ffprobeVersion: `ffprobe version ${version} Copyright`,
  lists: {
    protocols: printed('protocols'),
    demuxers: printed('demuxers'),
    muxers: printed('muxers'),
    encoders: printed('encoders'),
    decoders: printed('decoders'),
    bsfs: printed('bsfs'),
    filters: printed('filters'),
  },
  components: ['name\tversion', ...libraries.map((name) => `${name}\t1`)].join('\n'),
  licences: libraries,
  limits: true,
  parentDeath: true,
};
const good: Judged = { facts, inside, architecture: 'amd64', hasFfmpeg: true, isStage: true };
const broken = (change: Partial<Judged>): readonly string[] =>
  findings({ ...good, ...change }).flatMap(({ rule, fault }) => (fault === '' ? [] : [rule]));
const withInside = (change: Partial<Inside>): Partial<Judged> => ({ inside: { ...inside, ...change } });
const withFacts = (change: Partial<ImageFacts>): Partial<Judged> => ({ facts: { ...facts, ...change } });
const withList = (kind: keyof Inside['lists'], text: string): Partial<Judged> =>
  withInside({ lists: { ...inside.lists, [kind]: text } });

describe('the look into an image', () => {
  it('finds nothing wrong with a good one', () => {
    expect(broken({})).to.deep.equal([]);
  });

  for (const [what, change, rule] of [
    ['another architecture', withFacts({ architecture: 'arm64' }), 'architecture'],
    ['root as its user', withFacts({ user: '' }), 'not root'],
    ['a folder that can be written', withInside({ writable: ['/var/task'] }), 'read-only'],
    ['another Node', withInside({ node: 'v22.1.0' }), 'Node is 24'],
    ['too many bytes', withFacts({ sizeBytes: 500 * 1024 ** 2 }), '450 MiB'],
    ['no labels', withFacts({ labels: {} }), 'labels'],
    ['another command', withFacts({ command: ['other.handler'] }), 'index.handler'],
    ['no handler', withInside({ handler: false }), 'index.handler'],
    ['a setuid file', withInside({ setuid: ['/usr/bin/su'] }), 'setuid'],
    ['a protocol more', withList('protocols', `${printed('protocols')}\n  http`), "FFmpeg's protocols"],
    ['a demuxer more', withList('demuxers', `${printed('demuxers')}\n D   hls   Words`), "FFmpeg's demuxers"],
    ['a decoder less', withList('decoders', ' A....D aac  Words'), "FFmpeg's decoders"],
    ['a filter less', withList('filters', ' T. scale V->V Words'), "FFmpeg's filters"],
    ['an older FFmpeg', withInside({ ffmpegVersion: 'ffmpeg version 5.1.9 ' }), `ffmpeg is ${version}`],
    ['no ffprobe', withInside({ ffprobeVersion: '' }), `ffprobe is ${version}`],
    ['a missing licence', withInside({ licences: libraries.slice(1) }), 'licence'],
    ['limits that do not bind', withInside({ limits: false }), 'limits'],
    ['orphans that live on', withInside({ parentDeath: false }), 'parent'],
    ['FFmpeg where none is needed', { hasFfmpeg: false }, 'no FFmpeg'],
  ] as const)
    it(`finds ${what}`, () => {
      const rules = broken(change);
      expect(rules).to.have.lengthOf(1);
      expect(rules[0]).to.include(rule);
    });

  it('reads the lists of FFmpeg 9 as it prints them, legends left out', () => {
    expect(listedNamesIn('filters', ' T. = Timeline\n .. buffer |->V w\n TS scale  V->V w')).to.deep.equal([
      'scale',
    ]);
    expect(listedNamesIn('encoders', ' V..... = Video\n ------\n V....D libx264  w')).to.deep.equal([
      'libx264',
    ]);
    expect(listedNamesIn('demuxers', ' D.. = Demuxing\n ---\n D   mov,mp4 Q')).to.deep.equal(['mov']);
    expect(listedNamesIn('muxers', ' .E. = Muxing\n ---\n  E  mp4 Q')).to.deep.equal(['mp4']);
  });
});
