// What is measured: a minute of 720p as a browser records it, and the same minute as H.264.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const sample = join(import.meta.dirname, '..', 'samples', 'interview.webm');

function ffmpeg(args: readonly string[]): void {
  const { status, stderr } = spawnSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`ffmpeg could not make an input of the benchmark: ${stderr}`);
}

export interface Inputs {
  /** 60 s, 1280 × 720, 30 frames a second, VP8 at 2.5 Mb/s with Opus, live. */
  readonly webm: string;
  /** The same pictures as H.264 with AAC, which the remux path copies. */
  readonly mp4: string;
}

/** The sample is played one and a half times, with a camera's noise: without it an encoder has too little to do. */
export function makeInputs(folder: string): Inputs {
  const webm = join(folder, 'minute.webm');
  const mp4 = join(folder, 'minute.mp4');
  const codec = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2500k', '-g', '100'];
  ffmpeg(
    [
      ['-stream_loop', '1', '-i', sample, '-t', '60', '-vf', 'noise=alls=6:allf=t:all_seed=1'],
      codec,
      ['-c:a', 'copy', '-live', '1', '-f', 'webm', webm],
    ].flat(),
  );
  ffmpeg(
    [
      ['-i', webm, '-c:v', 'libx264', '-preset', 'veryfast', '-b:v', '2500k', '-pix_fmt', 'yuv420p'],
      ['-c:a', 'aac', mp4],
    ].flat(),
  );
  return { webm, mp4 };
}
