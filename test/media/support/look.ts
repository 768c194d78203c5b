// What is really in a media file? Asked of ffprobe and FFmpeg directly, past the code under test.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ffmpeg } from './clips.ts';

const run = promisify(execFile);

async function ffprobe(path: string, ...args: readonly string[]): Promise<string> {
  const options = { maxBuffer: 64 * 1024 ** 2 };
  const { stdout } = await run('ffprobe', ['-v', 'error', ...args, '-of', 'csv=p=0', path], options);
  return stdout;
}

const numbers = (text: string): number[] =>
  text
    .split('\n')
    .map((line) => Number.parseFloat(line))
    .filter((value) => Number.isFinite(value));

/** Times at which the pictures are shown, in seconds, ascending. */
export const frameTimes = async (path: string): Promise<number[]> =>
  numbers(
    await ffprobe(path, '-select_streams', 'v:0', '-show_entries', 'frame=best_effort_timestamp_time'),
  ).toSorted((a, b) => a - b);

interface Described {
  readonly streams: readonly Readonly<Record<string, string | number | undefined>>[];
  readonly format: Readonly<Record<string, unknown>>;
}

const described = new Map<string, Promise<Described>>();
/** Everything that ffprobe says of a file's headers, asked once per path. */
function describeFile(path: string): Promise<Described> {
  const args = ['-v', 'error', '-show_streams', '-show_format', '-show_chapters', '-of', 'json', path];
  const known =
    described.get(path) ?? run('ffprobe', args).then(({ stdout }) => JSON.parse(stdout) as Described);
  described.set(path, known);
  return known;
}

/** Entries of the first stream of a kind, joined by commas; empty when there is no such stream. */
export async function entry(path: string, kind: 'v' | 'a', names: string): Promise<string> {
  const type = kind === 'v' ? 'video' : 'audio';
  const stream = (await describeFile(path)).streams.find(({ codec_type: is }) => is === type);
  return stream
    ? names
        .split(',')
        .map((name) => String(stream[name] ?? ''))
        .join(',')
    : '';
}

export const durationOf = async (path: string): Promise<number> =>
  Number((await describeFile(path)).format['duration'] ?? NaN);

/** All that is said of the file and its streams, tags and chapters too. */
export const tagsOf = async (path: string): Promise<string> => JSON.stringify(await describeFile(path));

/** A hash of the packets of a stream, whatever the container. */
export const packetHash = async (path: string, stream: string): Promise<string> =>
  (await ffmpeg('-i', path, '-map', `0:${stream}`, '-c', 'copy', '-f', 'streamhash', '-hash', 'md5', '-'))
    .toString()
    .trim();

/** Mean red, green and blue of the pictures, each 0–255. */
export async function meanColours(path: string): Promise<(readonly [number, number, number])[]> {
  const raw = await ffmpeg(
    '-i',
    path,
    '-vf',
    'scale=1:1:flags=area',
    '-pix_fmt',
    'rgb24',
    '-f',
    'rawvideo',
    '-',
  );
  return Array.from({ length: raw.length / 3 }, (_, index) => [
    raw[3 * index] ?? 0,
    raw[3 * index + 1] ?? 0,
    raw[3 * index + 2] ?? 0,
  ]);
}

/** The lumas, 16–235, of the middles of the tiles of a sheet. */
export async function tileLumas(path: string, columns: number, rows: number): Promise<number[]> {
  const size = `${String(columns)}:${String(rows)}`;
  const raw = await ffmpeg('-i', path, '-vf', `scale=${size}:flags=area,format=gray`, '-f', 'rawvideo', '-');
  return [...raw].map((gray) => 16 + (gray * 219) / 255);
}

/** Peak of the sound, in dBFS, in each tenth of a second. */
export async function soundLevels(path: string): Promise<number[]> {
  const raw = await ffmpeg('-i', path, '-ac', '1', '-ar', '8000', '-f', 's16le', '-');
  const levels: number[] = [];
  for (let at = 0; at + 1600 <= raw.length; at += 1600) {
    let peak = 0;
    for (let sample = at; sample < at + 1600; sample += 2)
      peak = Math.max(peak, Math.abs(raw.readInt16LE(sample)));
    levels.push(20 * Math.log10(Math.max(1, peak) / 32_768));
  }
  return levels;
}
