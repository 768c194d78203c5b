// How is a file from a stranger given to FFmpeg?
import { limits, type Container } from '../domain/recording.ts';
import type { ProcessLimits } from './process.ts';

/** The demuxer is forced, so that a playlist named .webm is never followed. */
const demuxers: { readonly [C in Container]: string } = {
  webm: 'matroska',
  matroska: 'matroska',
  mp4: 'mov',
};

const codecs =
  'vp8,libvpx,vp9,libvpx-vp9,av1,libdav1d,libaom-av1,h264,hevc,mpeg4,h263,mjpeg,opus,libopus,vorbis,libvorbis,aac,mp3,mp3float,alac,flac,ac3,eac3,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_f32le,pcm_mulaw,pcm_alaw,amrnb,amr_nb,rawvideo,' +
  // Never looked at, but a file that holds them as well, as its cover or its captions, must open.
  'png,srt,subrip,ass,ssa,webvtt,mov_text,text';

/** Whether FFmpeg may decode it; where its decoder is not compiled in, the whitelist alone says nothing. */
export const mayDecode = (codec: string): boolean => codecs.split(',').includes(codec);

/** Options before `-i` that both ffprobe and ffmpeg take: one demuxer, no network, no other file, no bomb. */
export const safeInput = (path: string, container: Container): readonly string[] => [
  '-protocol_whitelist',
  'file,pipe',
  '-format_whitelist',
  'matroska,webm,mov,mp4,m4a,3gp,3g2,mj2',
  '-codec_whitelist',
  codecs,
  '-max_streams',
  String(limits.maximumStreams),
  '-max_pixels',
  String(limits.maximumPixels),
  '-probesize',
  '5M',
  '-analyzeduration',
  '5M',
  '-f',
  demuxers[container],
  '-i',
  // The explicit protocol keeps a path with a colon or a leading dash a path.
  `file:${path}`,
];

/** One picture or packet may not ask for more than 256 MiB at once. */
export const memoryGuard = ['-max_alloc', String(256 * 1024 ** 2)] as const;

/** What one FFmpeg process over one recording may use. */
export const passLimits = (timeoutSeconds: number): ProcessLimits => ({
  cpuSeconds: Math.ceil(timeoutSeconds * 8),
  addressSpaceBytes: 4 * 1024 ** 3,
  fileBytes: 8 * 1024 ** 3,
});

/** The most that one look at a file may take, wall clock; a conversion gets all the time that its stage has left. */
export const processSeconds = { headers: 60, packets: 120, frame: 60 } as const;

/** What a look at the headers and packets may use. */
export const probeLimits: ProcessLimits = {
  cpuSeconds: 120,
  addressSpaceBytes: 2 * 1024 ** 3,
  fileBytes: 1024 ** 2,
};
