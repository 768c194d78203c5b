// Which small media files do the cases start from?
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs ffmpeg with these arguments behind the usual ones; rejects with its stderr when it fails. */
export async function ffmpeg(args: readonly string[]): Promise<void> {
  await run('ffmpeg', ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', ...args]);
}

const argv = (line: string): readonly string[] => line.split(' ');

/** Input arguments of a moving test picture without sound. */
export const picture = (size: string, seconds: number, rate = 15): readonly string[] => [
  '-f',
  'lavfi',
  '-i',
  `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`,
];

/** Input arguments of a tone: mono, 48 kHz. */
export const tone = (seconds: number): readonly string[] => [
  '-f',
  'lavfi',
  '-i',
  `sine=frequency=300:sample_rate=48000:duration=${seconds}`,
];

export const vp8: readonly string[] = argv(
  '-c:v libvpx -deadline realtime -cpu-used 8 -b:v 40k -g 30 -threads 1',
);
export const opus: readonly string[] = ['-c:a', 'libopus', '-b:a', '24k'];
export const h264: readonly string[] = argv('-c:v libx264 -preset ultrafast -pix_fmt yuv420p -threads 1');
export const aac: readonly string[] = ['-c:a', 'aac', '-b:a', '48k'];
export const liveWebm: readonly string[] = ['-fflags', '+bitexact', '-f', 'webm', '-live', '1'];

const magenta = argv('-f lavfi -i color=c=magenta:size=160x120:rate=15:duration=7');

const recipes = {
  /** Six seconds as a browser records them: no Duration, no Cues, VP8 and Opus. */
  'live.webm': [...picture('160x120', 6), ...tone(6), ...vp8, ...opus, ...liveWebm],
  /** A second of the same, for cases in which the content does not matter. */
  'short.webm': [...picture('160x120', 1), ...tone(1), ...vp8, ...opus, ...liveWebm],
  /** Long enough that a tenth of its bytes is more than a second. */
  'long.webm': [...picture('160x120', 16), ...tone(16), ...vp8, ...opus, ...liveWebm],
  /** Six seconds with Duration and Cues. */
  'indexed.webm': [...picture('160x120', 6), ...tone(6), ...vp8, ...opus],
  /** The `moov` box stands at the end. */
  'plain.mp4': [...picture('160x120', 6), ...tone(6), ...h264, ...aac],
  'faststart.mp4': [...picture('160x120', 6), ...tone(6), ...h264, ...aac, '-movflags', '+faststart'],
  /** H.264 and Opus in fragments of one second, as Chromium records MP4. */
  'fragmented.mp4': [
    ...picture('160x120', 6),
    ...tone(6),
    ...h264,
    ...opus,
    ...argv('-g 15 -profile:v baseline -strict -2 -movflags +frag_keyframe+empty_moov+default_base_moof'),
  ],
  /** Both sides take two bytes in the track's header. */
  'square.webm': [...picture('320x320', 3), ...tone(3), ...vp8, ...opus, ...liveWebm],
  'tone.wav': tone(1),
  'secret.mp4': [...magenta, ...tone(7), ...h264, ...aac],
  'secret.webm': [...magenta, ...tone(7), ...vp8, ...opus],
} satisfies Record<string, readonly string[]>;

export type ClipName = keyof typeof recipes;

let directory: Promise<string> | undefined;
const made = new Map<ClipName, Promise<string>>();

async function makeClip(name: ClipName): Promise<string> {
  directory ??= mkdtemp(join(tmpdir(), 'greenroom-clips-'));
  const file = join(await directory, name);
  const unfinished = join(await directory, `${randomUUID()}-${name}`);
  await ffmpeg([...recipes[name], unfinished]);
  await rename(unfinished, file);
  return file;
}

/** The path of a base clip, made at its first use in this process; never to be written to. */
export async function clip(name: ClipName): Promise<string> {
  const known = made.get(name) ?? makeClip(name);
  made.set(name, known);
  return known;
}

/** The bytes of a base clip. */
export async function clipBytes(name: ClipName): Promise<Buffer> {
  return readFile(await clip(name));
}

/** Puts a base clip under another name. */
export async function copyClip(name: ClipName, file: string): Promise<void> {
  await copyFile(await clip(name), file);
}

/** Removes every base clip of this process. */
export async function removeClips(): Promise<void> {
  if (directory !== undefined) await rm(await directory, { recursive: true, force: true });
  directory = undefined;
  made.clear();
}
