// How does a recording become the 16 kHz mono sound that recognisers read?
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '../../../domain/recording.ts';
import { ServiceRejected, TemporaryFailure } from '../../../domain/errors.ts';
import { systemCode } from '../../files.ts';
import type { Recognition, RecogniserTools } from './recogniser.ts';

/** The demuxers that may read a file, by its first bytes; nothing in the file can call another one. */
async function demuxerOf(path: string): Promise<string | null> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(12), 0, 12, 0);
    if (buffer.subarray(0, 4).equals(Buffer.from([0x1a, 0x45, 0xdf, 0xa3]))) return 'matroska,webm';
    if (buffer.toString('latin1', 4, 8) === 'ftyp') return 'mov,mp4,m4a,3gp,3g2,mj2';
    if (buffer.toString('latin1', 0, 4) === 'RIFF' && buffer.toString('latin1', 8) === 'WAVE') return 'wav';
    return null;
  } finally {
    await file.close();
  }
}

/** Sound only; holes and a late start are filled with silence, so that times are those of the recording. */
const speechArguments = (demuxers: string, input: string, output: string): readonly string[] =>
  [
    ['-nostdin', '-hide_banner', '-v', 'error'],
    ['-protocol_whitelist', 'file,pipe', '-format_whitelist', demuxers],
    ['-max_streams', String(limits.maximumStreams), '-probesize', '5M', '-analyzeduration', '5M'],
    ['-f', demuxers.split(',', 1).join(''), '-i', `file:${input}`],
    ['-map', '0:a:0', '-map_metadata', '-1', '-t', String(limits.maximumSeconds)],
    ['-af', 'aresample=16000:async=1:first_pts=0', '-ac', '1', '-c:a', 'pcm_s16le'],
    ['-fflags', '+bitexact', '-flags:a', '+bitexact', '-f', 'wav', `file:${output}`],
  ].flat();

const wavHeaderBytes = 44;

async function sampleBytes(path: string): Promise<number> {
  try {
    return Math.max(0, (await stat(path)).size - wavHeaderBytes);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

/**
 * Makes `speech.wav` (16 kHz, mono, 16 bits) in the work folder. What a damaged recording still holds is used. The
 * answer is a reason when there is no sound; `ServiceRejected` when ffmpeg is missing, `TemporaryFailure` when it was
 * killed or the disk is full.
 */
export async function makeSpeechAudio(
  { objects, runProcess, ffmpegCommand }: RecogniserTools,
  { job, workFolder, signal }: Recognition,
): Promise<{ readonly path: string } | { readonly reason: string }> {
  const input = join(workFolder, 'recording');
  const path = join(workFolder, 'speech.wav');
  await objects.download(job.objectKey, input, signal);
  const demuxers = await demuxerOf(input);
  if (demuxers === null) {
    throw new ServiceRejected(
      'NOT_MEDIA',
      'The recording is neither WebM, MP4 nor WAV, so no words can be found.',
    );
  }
  const args = speechArguments(demuxers, input, path);
  const { exitCode, stderrTail } = await runProcess({
    command: ffmpegCommand,
    args,
    signal,
    whenMissing: `${ffmpegCommand} is not installed; the sound of a recording cannot be read without ffmpeg.`,
  });
  await rm(input, { force: true });
  if (stderrTail.includes('No space left on device')) {
    throw new TemporaryFailure(
      'DISK_FULL',
      'The sound of the recording could not be written: the disk is full.',
    );
  }
  if (exitCode === null) {
    throw new TemporaryFailure('UPSTREAM', 'ffmpeg was killed while it read the sound of the recording.');
  }
  if ((await sampleBytes(path)) > 0) return { path };
  return stderrTail.includes('matches no streams')
    ? { reason: 'The recording has no sound.' }
    : { reason: 'The sound of the recording could not be decoded.' };
}
