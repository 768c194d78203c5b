// What do the files say that an analysis made, when somebody else than Greenroom reads them?
import { readFile } from 'node:fs/promises';
import { run } from './command-line.ts';

interface Probed {
  readonly streams: readonly { readonly [field: string]: string | number }[];
  readonly format: { readonly [field: string]: string };
}

/** ffprobe's answer; with the packets of every stream counted. */
export async function ffprobe(path: string): Promise<Probed> {
  const { stdout, stderr } = await run('ffprobe', [
    '-v',
    'error',
    '-count_packets',
    '-show_streams',
    '-show_format',
    '-of',
    'json',
    `file:${path}`,
  ]);
  if (stderr.trim() !== '') throw new Error(stderr);
  return JSON.parse(stdout) as Probed;
}

/** Where the last picture or sound ends, found by a full decode: a live recording states no duration. */
export async function decodedSeconds(path: string): Promise<number> {
  const read = ['-v', 'error', '-nostdin', '-xerror', '-i', `file:${path}`];
  const discard = ['-map', '0', '-fps_mode', 'passthrough', '-f', 'null', '-progress', 'pipe:1', '-'];
  const { stdout, stderr } = await run('ffmpeg', [...read, ...discard]);
  if (stderr.trim() !== '') throw new Error(stderr);
  return Number(/.*out_time_us=(\d+)/s.exec(stdout)?.[1]) / 1e6;
}

/** The types of the top-level boxes of an MP4 file, in order. */
export async function boxesOf(path: string): Promise<string[]> {
  const bytes = await readFile(path);
  const types: string[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    types.push(bytes.toString('latin1', at + 4, at + 8));
    const short = bytes.readUInt32BE(at);
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    at += size >= 8 ? size : bytes.length;
  }
  return types;
}

export interface Cue {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly text: string;
}

const seconds = (time: string): number => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

/** The cues of a WebVTT file that ffmpeg accepts too; settings and markup are left out. */
export async function cuesOf(path: string): Promise<Cue[]> {
  const { stderr } = await run('ffmpeg', [
    '-v',
    'error',
    '-i',
    `file:${path}`,
    '-map',
    '0:s',
    '-c',
    'copy',
    '-f',
    'null',
    '-',
  ]);
  if (stderr.trim() !== '') throw new Error(stderr);
  const text = await readFile(path, 'utf8');
  if (!text.startsWith('WEBVTT')) throw new Error(`no WebVTT: ${text.slice(0, 40)}`);
  return text.split(/\n\n+/).flatMap((block) => {
    const match = /([\d:.]+) --> ([\d:.]+)[^\n]*\n(.+)$/s.exec(block);
    const [, start = '', end = '', body = ''] = match ?? [];
    return match
      ? [
          {
            startSeconds: seconds(start),
            endSeconds: seconds(end),
            text: body.replaceAll(/<[^>]*>/g, '').trim(),
          },
        ]
      : [];
  });
}
