// Which commands are compared? The bare encode, the naive way, and ours.
import { join } from 'node:path';
import { probe } from '../media/probe.ts';
import { passCommand } from '../media/pass-command.ts';
import { planPass } from '../media/plan.ts';

export type Argv = readonly string[];

const quiet = ['-nostdin', '-v', 'error', '-y'] as const;
const encode = [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-crf',
  '23',
  '-maxrate',
  '4M',
  '-bufsize',
  '8M',
] as const;

/** Nothing but the playback file, with the settings of the media pass. */
export const bareEncode = (input: string, folder: string, threads: number): Argv =>
  [
    [...quiet, '-i', input],
    encode,
    ['-profile:v', 'high', '-pix_fmt', 'yuv420p', '-g', '60', '-keyint_min', '30', '-fps_mode', 'vfr'],
    ['-threads', String(threads), '-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart'],
    [join(folder, 'bare.mp4')],
  ].flat();

/** One FFmpeg process for each output and each measurement, as most programs do it: eleven decodes. */
export function naivePasses(input: string, folder: string, threads: number): readonly Argv[] {
  const measure = (option: '-vf' | '-af', filter: string): Argv => [
    ...quiet,
    '-i',
    input,
    option,
    filter,
    '-f',
    'null',
    '-',
  ];
  return [
    bareEncode(input, folder, threads),
    [...quiet, '-i', input, '-vn', '-ac', '1', '-ar', '16000', join(folder, 'naive.wav')],
    [
      ...quiet,
      '-i',
      input,
      '-vf',
      'fps=1/2,scale=160:-2,tile=10x4',
      '-frames:v',
      '1',
      join(folder, 'naive.png'),
    ],
    [
      ...quiet,
      '-i',
      input,
      '-vf',
      'fps=2,scale=320:-2',
      '-pix_fmt',
      'rgb24',
      '-f',
      'rawvideo',
      join(folder, 'naive.rgb'),
    ],
    measure('-vf', 'scdet=threshold=8'),
    measure('-vf', 'blackdetect=d=0.5'),
    measure('-vf', 'freezedetect=n=0.003:d=2'),
    measure('-vf', 'blurdetect=block_width=32:block_height=32'),
    measure('-vf', 'signalstats'),
    measure('-af', 'ebur128=peak=sample'),
    measure('-af', 'silencedetect=n=-35dB:d=0.25'),
  ];
}

/** The command of the media pass for this very file; it writes metadata and frames to the descriptors 3 to 5. */
export async function mediaPass(input: string, folder: string, threads: number): Promise<Argv> {
  const tools = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe', threads };
  const recording = await probe(input, tools, new AbortController().signal);
  return passCommand(planPass(input, recording), { folder, threads });
}
