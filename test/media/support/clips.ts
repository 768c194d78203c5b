// Which short recordings do the media tests look at? Made once per run by FFmpeg's own test sources.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MediaTools } from '../../../media/tools.ts';

const run = promisify(execFile);

/** What is tested; clips are always made by the FFmpeg on the path, which can do more than ours has to. */
export const tools: MediaTools = {
  ffmpeg: process.env['GREENROOM_FFMPEG'] ?? 'ffmpeg',
  ffprobe: process.env['GREENROOM_FFPROBE'] ?? 'ffprobe',
  threads: 2,
};

let root: string | undefined;
/** A new path in the folder that is taken away when the run ends. */
export function scratchPath(name: string): string {
  if (root === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'greenroom-media-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    root = made;
  }
  return join(root, name);
}

let folders = 0;
/** An empty folder of the test's own. */
export function scratchFolder(): string {
  folders += 1;
  return mkdtempSync(scratchPath(`folder-${String(folders)}-`));
}

/** Runs FFmpeg and gives its standard output; rejects with its words when it fails. */
export async function ffmpeg(...args: readonly string[]): Promise<Buffer> {
  const options = { encoding: 'buffer', maxBuffer: 64 * 1024 ** 2 } as const;
  const { stdout } = await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], options);
  return stdout;
}

const lavfi = (source: string): string[] => ['-f', 'lavfi', '-i', source];
export const picture = (seconds: number, size = '160x120', rate = 30): string[] =>
  lavfi(`testsrc2=s=${size}:r=${String(rate)}:d=${String(seconds)}`);
export const tone = (seconds: number): string[] => lavfi(`sine=f=300:r=48000:d=${String(seconds)}`);
export const silence = (seconds: number): string[] => lavfi(`anullsrc=r=48000:cl=mono:d=${String(seconds)}`);

/** Frame N has the luma 16 + 4 N all over, ten frames a second: each frame tells its own time. */
const counting = (seconds: number): string[] =>
  lavfi(`nullsrc=s=64x64:r=10:d=${String(seconds)},format=yuv420p,geq=lum='16+4*N':cb=128:cr=128`);

const argv = (line: string): string[] => line.split(' ');
export const vp8 = argv('-c:v libvpx -deadline realtime -cpu-used 8 -b:v 300k -threads 1');
const vp9 = argv('-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 300k -threads 1');
export const h264 = argv('-c:v libx264 -preset ultrafast -pix_fmt yuv420p -threads 1');
const hevc = argv('-c:v libx265 -preset ultrafast -x265-params log-level=error:pools=1 -tag:v hvc1');
const av1 = argv('-c:v libaom-av1 -cpu-used 8 -usage realtime -pix_fmt yuv420p -threads 1');
export const opus = argv('-c:a libopus -b:a 32k');
const aac = argv('-c:a aac -b:a 64k');
const live = argv('-f webm -live 1');
/** No frame for 1.5 s, and no constant rate. */
const hole = ['-vf', "select='not(between(t,1,2.45))'", '-fps_mode', 'vfr'];
const exact = argv('-c:v libx264 -preset ultrafast -crf 1');

const recipes = {
  'vp8.webm': [...picture(3), ...tone(3), ...hole, ...vp8, ...opus, ...live],
  /** Four frames, two of them after a hole. */
  'few.mp4': [
    ...picture(3),
    '-vf',
    "select='lt(n,2)+gte(t,2.499)*lt(t,2.56)'",
    '-fps_mode',
    'vfr',
    ...h264,
    '-bf',
    '2',
  ],
  'hole.mp4': [...picture(3), ...hole, ...h264, '-bf', '2', '-movflags', '+faststart'],
  'vp9.webm': [...picture(1), ...tone(1), ...vp9, ...opus],
  'h264.mp4': [...picture(2), ...tone(2), ...h264, '-bf', '2', ...aac],
  'hevc.mp4': [...picture(1), ...tone(1), ...hevc, ...aac],
  'av1.webm': [...picture(0.6, '64x64', 15), ...tone(0.6), ...av1, ...opus],
  'chromium.mkv': [
    ...picture(2),
    ...tone(2),
    ...h264,
    '-bf',
    '0',
    ...opus,
    ...argv('-f matroska -live 1 -fflags +bitexact'),
  ],
  'sound.webm': [...tone(2), ...opus],
  'sound.m4a': [...tone(2), ...aac, '-f', 'mp4'],
  'counting.mp4': [...counting(5), ...exact],
  'counting.webm': [...counting(5), ...argv('-c:v libvpx -crf 4 -b:v 4M -deadline realtime -cpu-used 4')],
  'slow.webm': [...picture(4, '160x120', 1), ...vp8],
  'odd.webm': [...picture(1, '321x241'), ...vp8],
  'odd.mp4': [
    ...picture(1, '160x120'),
    ...h264,
    '-vf',
    'scale=161:121,format=yuv444p',
    '-pix_fmt',
    'yuv444p',
  ],
  'wide-pixels.mp4': [...picture(1), '-vf', 'setsar=4/3', ...h264],
  'tall.mp4': [...picture(0.4, '1280x1600', 10), ...h264, '-pix_fmt', 'yuv422p'],
  'late-sound.mkv': [...picture(3), '-itsoffset', '1', ...tone(2), ...vp8, ...opus],
  'surround.mp4': [
    ...picture(1),
    ...lavfi('sine=d=1,pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0'),
    ...h264,
    ...aac,
  ],
  'telephone.mkv': [...picture(1), ...lavfi('sine=r=8000:d=1'), ...vp8, '-c:a', 'pcm_mulaw'],
  'two-tracks.mkv': [
    ...picture(1),
    ...tone(1),
    ...silence(1),
    ...argv('-map 0 -map 1 -map 2 -shortest'),
    ...vp8,
    ...opus,
  ],
  'tagged.mp4': [
    ...picture(1),
    ...tone(1),
    ...h264,
    ...aac,
    ...argv('-metadata title=Secret -metadata location=+48.2+16.3/ -metadata:s:a:0 handler_name=Secret'),
    ...argv('-movflags use_metadata_tags -metadata com.apple.quicktime.location.ISO6709=+48.2+16.3/'),
  ],
  'quiet-end.webm': [
    ...lavfi('testsrc2=s=160x120:r=10:d=2[a];color=black:s=160x120:r=10:d=3[b];[a][b]concat'),
    ...lavfi('sine=r=48000:d=2[a];anullsrc=r=48000:cl=mono:d=3[b];[a][b]concat=v=0:a=1'),
    ...vp8,
    ...opus,
  ],
  'red-green.mp4': [
    ...lavfi('color=red:s=160x120:r=10:d=1[a];color=0x00c000:s=160x120:r=10:d=1[b];[a][b]concat'),
    ...argv('-pix_fmt yuv444p -c:v libx264 -preset ultrafast'),
  ],
  'one-keyframe.mp4': [...picture(12, '64x64', 10), ...h264, ...argv('-g 1000 -sc_threshold 0')],
  'interlaced.mp4': [
    ...picture(1, '160x128', 50),
    ...argv('-vf tinterlace=interleave_top,setfield=tff -flags +ilme+ildct'),
    ...h264,
  ],
  'wavpack.mkv': [...picture(1), ...tone(1), ...vp8, ...argv('-c:a wavpack')],
  'prores.mov': [...picture(0.2), ...tone(0.2), ...argv('-c:v prores'), ...aac],
  'small.webm': [...picture(1), ...vp8],
  'large.webm': [...picture(1, '320x180'), ...vp8],
} as const satisfies Record<string, readonly string[]>;

export type ClipName = keyof typeof recipes;
const made = new Map<string, Promise<string>>();

/** Makes a file once per run. */
export function makeOnce(name: string, make: (path: string) => Promise<unknown>): Promise<string> {
  let path = made.get(name);
  if (!path) {
    path = make(scratchPath(name)).then(() => scratchPath(name));
    made.set(name, path);
  }
  return path;
}

export const clip = (name: ClipName): Promise<string> =>
  makeOnce(name, (path) => ffmpeg(...recipes[name], path));

/** A clip made from another one by copying, as `args` say. */
export const variant = async (of: ClipName, name: string, args: readonly string[]): Promise<string> => {
  const source = await clip(of);
  return makeOnce(name, (path) => ffmpeg('-i', source, '-c', 'copy', ...args, path));
};

/** A clip whose bytes are changed. */
export const altered = async (
  of: ClipName,
  name: string,
  change: (bytes: Buffer) => Buffer | undefined,
): Promise<string> => {
  const bytes = await readFile(await clip(of));
  return makeOnce(name, (path) => writeFile(path, change(bytes) ?? bytes));
};

/** The first part of a clip, in bytes. */
export const cutOff = (of: ClipName, fraction: number): Promise<string> =>
  altered(of, `${String(fraction)}-of-${of}`, (bytes) =>
    bytes.subarray(0, Math.floor(bytes.length * fraction)),
  );

/** The same clip turned by a display matrix, as phones store it: `degrees` clockwise. */
export const turned = async (degrees: 90 | 180 | 270): Promise<string> => {
  const source = await clip('red-green.mp4');
  return makeOnce(`turned-${String(degrees)}.mp4`, (path) =>
    ffmpeg('-i', source, '-c', 'copy', '-metadata:s:v:0', `rotate=${String(360 - degrees)}`, path),
  );
};

/** Cut in the middle of a group of pictures by an edit list, as phones trim. */
export const trimmed = async (): Promise<string> => {
  const source = await clip('h264.mp4');
  return makeOnce('trimmed.mp4', (path) => ffmpeg('-ss', '1.2', '-i', source, '-c', 'copy', path));
};

/** Two recordings of different size in one WebM. */
export const resized = async (): Promise<string> => {
  const names = ['small.webm', 'large.webm'] as const;
  const [small = '', large = ''] = await Promise.all(names.map(clip));
  return makeOnce('resized.webm', async (path) => {
    const list = scratchPath('resized.txt');

    await writeFile(list, `file '${small}'\nfile '${large}'\n`);
    await ffmpeg('-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', path);
  });
};
