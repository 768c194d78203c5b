// What does the browser's camera see, and its microphone hear? The beginning of the sample, again and again.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const sample = new URL('../../../samples/interview.webm', import.meta.url).pathname;

export interface FakeCamera {
  /** Motion JPEG and WAV, as Chromium's fake devices read them. */
  readonly videoPath: string;
  readonly audioPath: string;
}

const ffmpeg = (...args: readonly string[]): void =>
  void execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-t', '11.5', '-i', sample, ...args]);

/** Twelve seconds with a face, speech and fillers; 640 × 360 at 15 pictures a second, so that two cores can encode it. */
export function makeFakeCamera(folder: string): FakeCamera {
  const camera = { videoPath: join(folder, 'camera.mjpeg'), audioPath: join(folder, 'microphone.wav') };
  ffmpeg('-an', '-vf', 'scale=640:360,fps=15', '-c:v', 'mjpeg', '-q:v', '5', '-f', 'mjpeg', camera.videoPath);
  ffmpeg('-vn', '-ac', '1', '-ar', '48000', '-c:a', 'pcm_s16le', camera.audioPath);
  return camera;
}
