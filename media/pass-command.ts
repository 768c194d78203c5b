// Which single FFmpeg command makes every output of a recording in one decode?
import { join } from 'node:path';
import { filter, writeGraph, type Chain } from './filtergraph.ts';
import { memoryGuard, safeInput } from './input-arguments.ts';
import { analysisRate, shortest, type PassPlan } from './plan.ts';

/** File descriptors of the child on which it writes what Node reads while it encodes. */
export const passPipes = { picture: 3, sound: 4, vision: 5 } as const;

/** What the pass leaves in its folder; the sheet still has its unused tiles. */
export const passFiles = {
  playback: 'playback.mp4',
  speech: 'speech.wav',
  sheet: 'storyboard-sheet.png',
} as const;

const pipe = (descriptor: number): string => `pipe:${String(descriptor)}`;

/** Prints what the filters before it measured, frame by frame. */
const print = (name: 'metadata' | 'ametadata', descriptor: number) =>
  filter(name, { mode: 'print', file: pipe(descriptor) });

function pictureChains({ picture, method, recording }: PassPlan, isWatched: boolean): Chain[] {
  if (!picture) return [];
  const { playback, small, storyboard, stream } = picture;
  const rows = Math.ceil(storyboard.tileCount / storyboard.columns);
  const input = `0:${String(recording.video?.index ?? 0)}`;
  const encode = method === 'transcode';
  return [
    encode ? { from: [input], filters: [filter('split', { outputs: 2 })], to: ['full', 'low'] } : null,
    encode
      ? {
          from: ['full'],
          filters: [
            // One frame out for each frame in: what is weaved is no picture of one moment.
            ...(stream.interlaced ? [filter('bwdif', { mode: 'send_frame' })] : []),
            filter('scale', { w: playback.width, h: playback.height }),
            filter('setsar', { sar: 1 }),
            filter('format', { pix_fmts: 'yuv420p' }),
          ],
          to: ['encode'],
        }
      : null,
    {
      from: [encode ? 'low' : input],
      filters: [
        // `round=up` shows at each tick the picture of that very moment; `near` shows one of up to half a tick later.
        filter('fps', { fps: analysisRate.picturePerSecond, round: 'up', start_time: 0 }),
        filter('scale', { w: small.width, h: small.height, flags: 'fast_bilinear' }),
        filter('setsar', { sar: 1 }),
        filter('split', { outputs: isWatched ? 3 : 2 }),
      ],
      to: isWatched ? ['measure', 'tiles', 'watch'] : ['measure', 'tiles'],
    },
    {
      from: ['measure'],
      filters: [
        filter('format', { pix_fmts: 'yuv420p' }),
        filter('scdet', { threshold: 8 }),
        filter('blackdetect', { d: shortest.darkSeconds }),
        filter('freezedetect', { n: 0.003, d: shortest.frozenSeconds }),
        filter('signalstats'),
        filter('blurdetect', { block_width: 32, block_height: 32 }),
        print('metadata', passPipes.picture),
        filter('nullsink'),
      ],
      to: [],
    },
    isWatched
      ? {
          from: ['watch'],
          filters: [
            filter('fps', { fps: analysisRate.visionPerSecond, round: 'up', start_time: 0 }),
            filter('format', { pix_fmts: 'rgb24' }),
          ],
          to: ['vision'],
        }
      : null,
    {
      from: ['tiles'],
      filters: [
        filter('fps', { fps: `1/${String(storyboard.secondsPerTile)}`, round: 'up', start_time: 0 }),
        filter('scale', { w: storyboard.tileWidth, h: storyboard.tileHeight }),
        filter('tile', { layout: `${String(storyboard.columns)}x${String(rows)}` }),
        filter('format', { pix_fmts: 'rgb24' }),
      ],
      to: ['sheet'],
    },
  ].filter((chain) => chain !== null);
}

function soundChains({ sound }: PassPlan): Chain[] {
  if (!sound) return [];
  return [
    {
      from: [`0:${String(sound.index)}`],
      filters: [
        // A microphone that starts late or drops out keeps its place on the time line.
        filter('aresample', { async: 1, first_pts: 0 }),
        filter('asplit', { outputs: 3 }),
      ],
      to: ['aac', 'low16', 'listen'],
    },
    {
      from: ['low16'],
      filters: [
        filter('aresample', { sample_rate: 16_000 }),
        filter('aformat', { sample_fmts: 's16', channel_layouts: 'mono' }),
      ],
      to: ['speech'],
    },
    {
      from: ['listen'],
      filters: [
        // The other order loses silences: ebur128 re-cuts the frames that silencedetect marked.
        filter('ebur128', { metadata: 1, framelog: 'verbose', peak: 'sample' }),
        filter('silencedetect', { n: '-35dB', d: shortest.silenceSeconds }),
        print('ametadata', passPipes.sound),
        filter('anullsink'),
      ],
      to: [],
    },
  ];
}

const ticksPerSecond = 90_000;

const pictureCodec = (plan: PassPlan, threads: number): readonly string[] =>
  plan.method === 'remux'
    ? ['-map', `0:${String(plan.recording.video?.index ?? 0)}`, '-c:v', 'copy']
    : [
        ['-map', '[encode]', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23'],
        ['-maxrate', '4M', '-bufsize', '8M', '-profile:v', 'high', '-g', '60', '-keyint_min', '30'],
        // A variable frame rate stays one, to the millisecond: no frame is doubled or dropped.
        ['-fps_mode', 'vfr', '-enc_time_base', `1/${String(ticksPerSecond)}`],
        ['-video_track_timescale', String(ticksPerSecond)],
        ['-threads', String(threads)],
      ].flat();

const soundCodec = (channels: 1 | 2): readonly string[] => [
  '-map',
  '[aac]',
  '-c:a',
  'aac',
  '-b:a',
  channels === 1 ? '96k' : '128k',
  '-ac',
  String(channels),
];

/** One graph for each kind: a stream of which nothing can be decoded holds up only its own. */
const graphs = (plan: PassPlan, isWatched: boolean): readonly string[] =>
  [pictureChains(plan, isWatched), soundChains(plan)].flatMap((chains) =>
    chains.length === 0 ? [] : ['-filter_complex', writeGraph(chains)],
  );

export interface CommandOptions {
  /** Where every output is written. */
  readonly folder: string;
  /** For decoding, filtering and encoding each; memory grows with them. */
  readonly threads: number;
  /** Whether somebody reads the frames for vision. Default: true. */
  readonly isWatched?: boolean;
}

/** A pure function from plan to argv, one token an element. */
export function passCommand(plan: PassPlan, options: CommandOptions): readonly string[] {
  const { picture, sound, recording } = plan;
  const { folder, threads, isWatched = true } = options;
  const file = (name: string): string => `file:${join(folder, name)}`;
  const inputs = [
    ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y'],
    memoryGuard,
    ['-filter_complex_threads', String(threads), '-threads', String(threads)],
    // A picture that changes its size in the middle must not restart the measuring filters.
    picture ? ['-reinit_filter:v', '0'] : [],
    // A second more than was counted: a bomb ends, the last frame does not.
    ['-t', String(Math.ceil(recording.durationSeconds) + 1)],
    safeInput(plan.path, recording.container),
    graphs(plan, isWatched),
  ];
  const playback = [
    picture ? pictureCodec(plan, threads) : [],
    sound ? soundCodec(sound.channels) : [],
    ['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn', '-movflags', '+faststart'],
    ['-f', 'mp4', file(passFiles.playback)],
  ];
  const speech = ['-map', '[speech]', '-c:a', 'pcm_s16le', '-map_metadata', '-1', '-f', 'wav'];
  const sheet = [
    ['-map', '[sheet]', '-fps_mode', 'passthrough', '-frames:v', '1', '-c:v', 'png', '-threads', '1'],
    ['-f', 'image2', '-update', '1', file(passFiles.sheet)],
  ].flat();
  const vision = ['-map', '[vision]', '-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-f', 'rawvideo'];
  return [
    ...inputs,
    ...playback,
    ...(sound ? [speech, file(passFiles.speech)] : []),
    ...(picture ? [sheet] : []),
    ...(picture && isWatched ? [vision, pipe(passPipes.vision)] : []),
  ].flat();
}
