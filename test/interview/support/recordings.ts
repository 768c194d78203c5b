// Which short recordings do the journeys start from?
import { join } from 'node:path';
import { aac, ffmpeg, h264, liveWebm, opus, picture, tone, vp8 } from '../../corpus/clips.ts';
import { projectFolder } from './command-line.ts';

const sample = (name: string): string => join(projectFolder, 'samples', name);
export const bundledSample = {
  recording: sample('interview.webm'),
  transcript: sample('interview.vtt'),
  truth: sample('interview.truth.json'),
} as const;

/** The first four seconds of the bundled sample, bit for bit: a face and "Um, at my last company our nightly build". */
export async function speakingClip(folder: string): Promise<string> {
  const path = join(folder, 'speaking.webm');
  await ffmpeg(['-i', bundledSample.recording, '-t', '4', '-map', '0', '-c', 'copy', path]);
  return path;
}

/** Two seconds of a test picture and a tone, as a browser records them. */
export async function shortClip(folder: string): Promise<string> {
  const path = join(folder, 'short.webm');
  await ffmpeg([...picture('160x120', 2), ...tone(2), ...vp8, ...opus, ...liveWebm, path]);
  return path;
}

/** A recording that takes some seconds to convert, so that it can be disturbed. */
export async function longClip(folder: string): Promise<string> {
  const path = join(folder, 'long.webm');
  await ffmpeg([...picture('960x540', 8, 30), ...tone(8), ...vp8, ...opus, ...liveWebm, path]);
  return path;
}

/** H.264 and AAC: its picture is copied, not encoded again. */
export async function remuxableClip(folder: string): Promise<string> {
  const path = join(folder, 'remuxable.mp4');
  await ffmpeg([...picture('320x240', 3), ...tone(3), ...h264, '-g', '30', ...aac, path]);
  return path;
}
