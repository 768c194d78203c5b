// Which inputs are small and would cost much, or lie about their size and length?
import { truncate, writeFile } from 'node:fs/promises';
import { box, boxesOf, ebmlId, positionOf, replaceBoxes, vp8Sizes, writeVp8Size } from './bytes.ts';
import { clip, clipBytes, copyClip, ffmpeg, h264, liveWebm, opus, picture, tone, vp8 } from './clips.ts';
import { rejected, succeeds, type CorpusCase, type Expectation } from './corpus-case.ts';

const side = 16_000;
const saved: Expectation = { status: ['SUCCEEDED', 'PARTIAL'], code: 'TRUNCATED' };
const tooManyPixels = rejected('TOO_MANY_PIXELS');
const tooLong = rejected('TOO_LONG');
const thirtyHours = "setpts='if(eq(N,3),108000/TB,PTS)'";
const fiftyMinutes = "setpts='if(eq(N,14),3000/TB,PTS)'";

interface Patch {
  readonly name: string;
  readonly fileName: string;
  readonly patch: (data: Buffer) => void;
  readonly expect: Expectation;
  readonly why: string;
}

/** Turns the PixelWidth and PixelHeight of a 320 x 320 track, which take two bytes each, into the bomb's. */
function writeTrackSize(data: Buffer): void {
  const at = data.indexOf(Buffer.from('b0820140ba820140', 'hex'));
  if (at < 0) throw new Error('no 320 x 320 track in this file');
  data.writeUInt16BE(side, at + 2);
  data.writeUInt16BE(side, at + 6);
}

function writeFrameSizes(data: Buffer, from: number): void {
  for (const at of vp8Sizes(data).slice(from)) writeVp8Size(data, at, side);
}

const patches: readonly Patch[] = [
  {
    name: 'frames of 16,000 x 16,000',
    fileName: 'huge.webm',
    patch: (data) => {
      writeTrackSize(data);
      writeFrameSizes(data, 0);
    },
    expect: tooManyPixels,
    why: 'One decoded frame takes 384 MB.',
  },
  {
    name: 'frames of 16,000 x 16,000 behind a header that says 320 x 320',
    fileName: 'huge-frame.webm',
    patch: (data) => writeFrameSizes(data, 0),
    expect: { status: ['FAILED', 'PARTIAL'], code: ['TOO_MANY_PIXELS', 'TRUNCATED'] },
    why: 'The header is a claim; the decoder believes the frame, and only the sound can be saved.',
  },
  {
    name: 'a header that says 16,000 x 16,000 before frames of 320 x 320',
    fileName: 'huge-header.webm',
    patch: writeTrackSize,
    expect: { status: ['FAILED', 'SUCCEEDED'], code: 'TOO_MANY_PIXELS' },
    why: 'Either the claim is refused or the frames are looked at.',
  },
  {
    name: 'a picture that becomes 16,000 x 16,000 in the middle',
    fileName: 'growing.webm',
    patch: (data) => writeFrameSizes(data, 1),
    expect: { status: ['PARTIAL', 'FAILED'], code: ['TRUNCATED', 'TOO_MANY_PIXELS'] },
    why: 'The probe has seen only the start.',
  },
];

const encoded: readonly (readonly [
  name: string,
  fileName: string,
  args: readonly string[],
  expect: Expectation,
  why: string,
])[] = [
  [
    'a picture of 3,000 x 3,000',
    'above.webm',
    [...picture('3000x3000', 0.2), ...tone(1), ...vp8, ...opus],
    tooManyPixels,
    'Just above the limit of 8,912,896 pixels.',
  ],
  [
    'a picture of 4,096 x 2,176',
    'limit.webm',
    [...picture('4096x2176', 0.2), ...tone(0.2), ...vp8, ...opus],
    succeeds,
    'Just at the limit.',
  ],
  [
    'H.264 of 5,000 x 5,000',
    'above.mp4',
    ['-f', 'lavfi', '-i', 'color=size=5000x5000:rate=5:duration=0.2', ...h264],
    tooManyPixels,
    'The same in MP4.',
  ],
  [
    'a PNG of 6,000 x 6,000 in Matroska',
    'picture.webm',
    [
      '-f',
      'lavfi',
      '-i',
      'color=size=6000x6000:rate=5:duration=0.2,format=gray',
      '-c:v',
      'png',
      '-f',
      'matroska',
    ],
    rejected(['TOO_MANY_PIXELS', 'NOT_MEDIA']),
    'A few kilobytes that unpack to 36 million pixels.',
  ],
  [
    'a frame at 30 hours',
    'far.webm',
    [...picture('64x64', 0.3), ...vp8, '-vf', thirtyHours, '-fps_mode', 'passthrough', ...liveWebm],
    tooLong,
    'Filters that fill holes would make millions of frames.',
  ],
  [
    'a frame at 30 hours in MP4',
    'far.mp4',
    [...picture('64x64', 0.3), ...h264, '-vf', thirtyHours, '-fps_mode', 'passthrough', '-bf', '0'],
    tooLong,
    'The same in MP4.',
  ],
  [
    'sound at 30 hours',
    'far-sound.webm',
    [
      ...picture('64x64', 1),
      '-itsoffset',
      '108000',
      ...tone(1),
      '-map',
      '0',
      '-map',
      '1',
      ...vp8,
      ...opus,
      ...liveWebm,
    ],
    tooLong,
    'Filters that fill holes would write hours of silence.',
  ],
  [
    'a recording of 61 minutes',
    'hour.webm',
    [...picture('16x16', 3660, 0.1), ...vp8, ...liveWebm],
    tooLong,
    'A minute above the limit, and only a few kilobytes.',
  ],
  [
    'a hole of 50 minutes',
    'pause.webm',
    [
      ...picture('64x64', 1),
      ...tone(1),
      ...vp8,
      ...opus,
      '-vf',
      fiftyMinutes,
      '-fps_mode',
      'passthrough',
      ...liveWebm,
    ],
    saved,
    'A laptop that slept; below the limit, so it must be cheap as well.',
  ],
  [
    'a hole of 50 minutes in MP4',
    'pause.mp4',
    [...picture('64x64', 1), ...h264, '-vf', fiftyMinutes, '-fps_mode', 'passthrough', '-bf', '0'],
    rejected('TRUNCATED'),
    'It cannot be cut by bytes, and filling it would cost minutes.',
  ],
];

const manyTracks = Array.from({ length: 1000 }, () => ['-map', '0:a']).flat();

async function lyingMovieHeader(file: string): Promise<void> {
  const boxes = boxesOf(await clipBytes('faststart.mp4')).map(({ type, body }) => {
    const content = type === 'moov' ? replaceBoxes(body, 'mvhd', tenHours) : body;
    return box(type, content);
  });
  await writeFile(file, Buffer.concat(boxes));
}

/** The body of an mvhd box (version 0) with a duration of ten hours. */
function tenHours(old: Buffer): Buffer {
  const body = Buffer.from(old);
  body.writeUInt32BE(body.readUInt32BE(12) * 36_000, 16);
  return body;
}

const lyingDuration = (seconds: number) => async (file: string) => {
  const data = await clipBytes('indexed.webm');
  const info = positionOf(data, ebmlId.info);
  const at = data.indexOf(Buffer.from('448988', 'hex'), info.body);
  if (at < 0 || at > info.end) throw new Error('no Duration in this file');
  data.writeDoubleBE(seconds * 1000, at + 3);
  await writeFile(file, data);
};

async function manyChannels(file: string): Promise<void> {
  const data = await clipBytes('live.webm');
  data.writeUInt8(255, data.indexOf('OpusHead') + 9);
  await writeFile(file, data);
}

async function sparse(file: string): Promise<void> {
  await copyClip('live.webm', file);
  await truncate(file, 2 * 1024 ** 3 + 1);
}

const made: readonly CorpusCase[] = [
  {
    name: '1,000 streams',
    fileName: 'thousand.webm',
    make: async (file) =>
      ffmpeg([
        '-t',
        '0.02',
        '-i',
        await clip('tone.wav'),
        ...manyTracks,
        '-c',
        'copy',
        '-f',
        'matroska',
        file,
      ]),
    expect: rejected('NOT_MEDIA'),
    why: 'Every stream costs a decoder.',
  },
  {
    name: '1,000 streams in MP4',
    fileName: 'thousand.mp4',
    make: async (file) =>
      ffmpeg(['-t', '0.02', '-i', await clip('tone.wav'), ...manyTracks, '-c:a', 'copy', '-f', 'mov', file]),
    expect: rejected('NOT_MEDIA'),
    why: 'The same in MP4.',
  },
  {
    name: 'an MP4 header that claims 10 hours for 6 seconds',
    fileName: 'lie.mp4',
    make: lyingMovieHeader,
    expect: saved,
    why: 'The length is what the frames say.',
  },
  {
    name: 'a WebM header that claims 10 hours for 6 seconds',
    fileName: 'lie-long.webm',
    make: lyingDuration(36_000),
    expect: saved,
    why: 'The length is what the frames say.',
  },
  {
    name: 'a WebM header that claims 0.1 seconds for 6',
    fileName: 'lie-short.webm',
    make: lyingDuration(0.1),
    expect: succeeds,
    why: 'Nothing may be cut off because of a header.',
  },
  {
    name: 'sound that claims 255 channels',
    fileName: 'channels.webm',
    make: manyChannels,
    expect: { status: ['PARTIAL', 'FAILED'], code: ['NO_AUDIO', 'NOT_MEDIA', 'TRUNCATED'] },
    why: 'A decoder that cannot be opened must not take the picture with it, or must say so.',
  },
  {
    name: 'a file of more than 2 GiB',
    fileName: 'large.webm',
    make: sparse,
    expect: rejected('TOO_LARGE'),
    why: 'A sparse file costs the sender nothing.',
  },
];

async function patched(file: string, patch: (data: Buffer) => void): Promise<void> {
  const data = await clipBytes('square.webm');
  patch(data);
  await writeFile(file, data);
}

export const bombCases: readonly CorpusCase[] = [
  ...patches.map(({ name, fileName, patch, expect, why }) => ({
    name,
    fileName,
    expect,
    why,
    make: async (file: string) => patched(file, patch),
  })),
  ...encoded.map(([name, fileName, args, expect, why]) => ({
    name,
    fileName,
    expect,
    why,
    make: async (file: string) => ffmpeg([...args, file]),
  })),
  ...made,
];
