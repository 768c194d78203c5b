// Is the one command complete, safe and free of the user's words?
import { expect } from 'chai';
import { recordingSchema, type Recording } from '../../domain/recording.ts';
import { passCommand, passFiles } from '../../media/pass-command.ts';
import { planPass } from '../../media/plan.ts';

const video = {
  index: 2,
  codec: 'vp8',
  profile: null,
  pixelFormat: 'yuv420p',
  width: 1280,
  height: 720,
  rotation: 0,
  frameCount: 300,
  framesPerSecond: 30,
  longestGapSeconds: 0.034,
  longestKeyframeGapSeconds: 2,
  startSeconds: 0,
  endSeconds: 10,
} as const;
const audio = {
  index: 1,
  codec: 'opus',
  sampleRateHz: 48_000,
  channels: 1,
  startSeconds: 0,
  endSeconds: 10,
} as const;

interface Has {
  readonly video?: object | null;
  readonly audio?: object | null;
  readonly isWatched?: boolean;
  readonly path?: string;
}

function commandFor({ isWatched = true, path = '/scratch/recording', ...has }: Has): readonly string[] {
  const recording: Recording = recordingSchema.parse({
    container: 'webm',
    sizeBytes: 1000,
    sha256: '0'.repeat(64),
    durationSeconds: 10.2,
    truncated: false,
    usableBytes: null,
    warnings: [],
    video: has.video === null ? null : { ...video, ...has.video },
    audio: has.audio === null ? null : { ...audio, ...has.audio },
  });
  return passCommand(planPass(path, recording), { folder: '/scratch/out', threads: 2, isWatched });
}

/** The values of an option, in order. */
const valuesOf = (argv: readonly string[], option: string): string[] =>
  argv.flatMap((token, index) => (token === option ? [argv[index + 1] ?? ''] : []));

const cases: readonly (readonly [string, Has, readonly string[]])[] = [
  ['picture and sound', {}, ['[encode]', '[aac]', '[speech]', '[sheet]', '[vision]']],
  ['no sound', { audio: null }, ['[encode]', '[sheet]', '[vision]']],
  ['no picture', { video: null }, ['[aac]', '[speech]']],
  ['nobody who watches', { isWatched: false }, ['[encode]', '[aac]', '[speech]', '[sheet]']],
  ['a picture to copy', { video: { codec: 'h264' } }, ['0:2', '[aac]', '[speech]', '[sheet]', '[vision]']],
  ['a turned picture', { video: { rotation: 90 } }, ['[encode]', '[aac]', '[speech]', '[sheet]', '[vision]']],
];

describe('passCommand', () => {
  for (const [title, has, outputs] of cases) {
    describe(`for ${title}`, () => {
      const argv = commandFor(has);
      const graphs = valuesOf(argv, '-filter_complex').join(';');

      it('maps each output once, and every labelled end of the graph', () => {
        expect(valuesOf(argv, '-map')).to.deep.equal(outputs);
        const labels = [...graphs.matchAll(/\[(\w+)\](?=;|$)/g)].map(([, label]) => `[${label ?? ''}]`);
        const starts = [...graphs.matchAll(/(?:^|;)\[(\w+)\]/g)];
        const used = new Set(starts.map(([, label]) => `[${label ?? ''}]`));
        const ends = labels.filter((label) => !used.has(label));
        expect(outputs.filter((output) => output.startsWith('['))).to.include.members(ends);
      });

      it('forces the demuxer and the formats, and opens nothing but files and pipes', () => {
        const input = argv.indexOf('-i');
        const before = argv.slice(0, input);
        expect(valuesOf(before, '-protocol_whitelist')).to.deep.equal(['file,pipe']);
        expect(valuesOf(before, '-f')).to.deep.equal(['matroska']);
        expect(before).to.include.members([
          '-codec_whitelist',
          '-max_streams',
          '-max_pixels',
          '-max_alloc',
          '-nostdin',
        ]);
        expect(valuesOf(before, '-t')).to.deep.equal(['12']);
        expect(valuesOf(argv, '-i')).to.deep.equal(['file:/scratch/recording']);
        expect(valuesOf(argv.slice(input), '-f')).to.have.lengthOf(
          argv.filter((token) => /^(?:file:.*out|pipe)/.test(token)).length,
        );
      });

      it('has no empty token and no half of a number', () => {
        for (const token of argv) expect(token).to.not.match(/^$|undefined|NaN|null$|\[object/);
      });
    });
  }

  it('reads the streams that were probed, not the first ones', () => {
    const [picture, sound] = valuesOf(commandFor({}), '-filter_complex');
    expect(picture?.startsWith('[0:2]')).to.equal(true);
    expect(sound?.startsWith('[0:1]')).to.equal(true);
  });

  it('keeps the picture and the sound in graphs of their own, so that a dead stream holds up only itself', () => {
    expect(valuesOf(commandFor({}), '-filter_complex')).to.have.lengthOf(2);
    expect(valuesOf(commandFor({ audio: null }), '-filter_complex')).to.have.lengthOf(1);
  });

  it('holds no word of the user’s but the path, behind its protocol', () => {
    const path = `/scratch/-i http://x;[a],'b'%2F\\:`;
    const argv = commandFor({ path, video: { codec: 'evil codec', profile: 'evil' } });
    expect(argv.filter((token) => token.includes('http'))).to.deep.equal([`file:${path}`]);
    expect(argv.join(' ')).to.not.include('evil');
  });

  it('loses no silence: ebur128 stands before silencedetect', () => {
    const sound = valuesOf(commandFor({}), '-filter_complex')[1] ?? '';
    expect(sound.indexOf('ebur128')).to.be.within(0, sound.indexOf('silencedetect'));
  });

  it('writes only into its folder and its pipes', () => {
    const outputs = commandFor({}).filter((token) => /^(?:file|pipe):/.test(token));
    expect(outputs).to.deep.equal([
      'file:/scratch/recording',
      ...Object.values(passFiles).map((name) => `file:/scratch/out/${name}`),
      'pipe:5',
    ]);
  });

  it('strips metadata and chapters, subtitles and data', () => {
    expect(commandFor({})).to.include.members(['-map_metadata', '-map_chapters', '-sn', '-dn']);
  });
});
