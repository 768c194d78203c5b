// Which inputs are odd and still good recordings, or good in part?
import { writeFile } from 'node:fs/promises';
import { codecRows } from './codecs.ts';
import { both, type Row } from './rows.ts';
import { aac, clip, ffmpeg, h264, liveWebm, opus, picture, tone, vp8 } from './clips.ts';
import { partial, rejected, succeeds, type CorpusCase } from './corpus-case.ts';

const webm: readonly string[] = [...vp8, ...opus];
const hole = 'select=not(between(t\\,0.7\\,2.2))';
const title = '</script><script>alert(4711)</script>';

const streams: readonly Row[] = [
  [
    'no sound',
    'mute.webm',
    [...picture('160x120', 2), ...vp8, ...liveWebm],
    'A microphone that was not allowed: the picture still gets its report.',
    partial('NO_AUDIO'),
  ],
  [
    'no picture',
    'blind.webm',
    [...tone(2), ...opus, ...liveWebm],
    'A camera that was not allowed: the speech still gets its report.',
    partial('NO_VIDEO'),
  ],
  [
    'no picture in MP4',
    'voice.mp4',
    [...tone(2), ...aac],
    'The same as a phone writes it.',
    partial('NO_VIDEO'),
  ],
  [
    'silence',
    'silent.webm',
    [...picture('160x120', 2), '-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=mono:d=2', ...webm],
    'Digital silence has no loudness (-inf); that is a figure of null, not a fault.',
    succeeds,
  ],
  [
    'one frame and no sound',
    'frame.webm',
    [...picture('160x120', 1), '-frames:v', '1', ...vp8],
    'The shortest picture there is.',
    partial('NO_AUDIO'),
  ],
  [
    'one frame with two seconds of sound',
    'frame-sound.webm',
    [...both('160x120'), '-vf', 'select=eq(n\\,0)', '-fps_mode', 'passthrough', ...webm],
    'A shared still picture.',
    succeeds,
  ],
  [
    'a tenth of a second',
    'blink.webm',
    [...both('160x120', 0.1), ...webm],
    'Started and stopped with one click.',
    succeeds,
  ],
  [
    '5.1 sound',
    'surround.webm',
    [
      ...picture('160x120', 2),
      '-f',
      'lavfi',
      '-i',
      'sine=300:r=48000:d=2,pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0',
      ...webm,
    ],
    'Six channels become one.',
    succeeds,
  ],
  [
    '8 kHz sound',
    'narrow.mp4',
    [...picture('160x120', 2), '-f', 'lavfi', '-i', 'sine=300:r=8000:d=2', ...h264, ...aac],
    'A headset in telephone mode.',
    succeeds,
  ],
  [
    'sound that starts a second late',
    'late.webm',
    [...picture('160x120', 3), '-itsoffset', '1', ...tone(2), ...webm],
    'Chromium starts a track when its first data comes.',
    succeeds,
  ],
  [
    'sound that is two seconds longer than the picture',
    'long-sound.webm',
    [...picture('160x120', 2), ...tone(4), ...webm],
    'A camera that was unplugged.',
    succeeds,
  ],
  [
    'a picture that is two seconds longer than the sound',
    'long-picture.webm',
    [...picture('160x120', 4), ...tone(2), ...webm],
    'A microphone that was unplugged.',
    succeeds,
  ],
  [
    'eight streams',
    'eight.webm',
    [...both('64x64'), '-map', '0:v', ...Array.from({ length: 7 }, () => ['-map', '1:a']).flat(), ...webm],
    'The most that is read.',
    succeeds,
  ],
  [
    'nine streams',
    'nine.webm',
    [...both('64x64'), '-map', '0:v', ...Array.from({ length: 8 }, () => ['-map', '1:a']).flat(), ...webm],
    'One more than a recorder ever writes.',
    rejected('NOT_MEDIA'),
  ],
  [
    'a title and comments that are code',
    'title.webm',
    [
      ...both('160x120'),
      ...webm,
      '-metadata',
      `title=${title}`,
      '-metadata',
      `comment=':[in];movie=/etc/passwd`,
      '-metadata:s:a',
      `title=${title}`,
    ],
    'Tags are text from a stranger; they reach neither a filter graph nor a page.',
    succeeds,
  ],
];

const sizes: readonly Row[] = [
  ['a picture of 2 x 2', 'two.webm', [...both('2x2'), ...webm], 'Scaling by halves reaches 0.', succeeds],
  ['a picture of 16 x 16', 'small.webm', [...both('16x16'), ...webm], 'One macroblock.', succeeds],
  [
    'a picture of 321 x 241',
    'odd.webm',
    [...both('642x482'), '-vf', 'format=rgb24,scale=321:241', ...webm],
    'H.264 in 4:2:0 needs even sides.',
    succeeds,
  ],
  [
    'a picture of 32 x 2000',
    'tower.webm',
    [...both('32x2000', 1), ...webm],
    'At 720 lines it is 11 pixels wide.',
    succeeds,
  ],
  [
    'a picture of 2000 x 8',
    'strip.webm',
    [...both('2000x8', 1), ...webm],
    'At 320 pixels it is 1 line high.',
    succeeds,
  ],
  [
    'pixels that are not square',
    'wide-pixels.mp4',
    [...both('160x120'), '-vf', 'setsar=16/11', ...h264, ...aac],
    'The display size is not the coded size.',
    succeeds,
  ],
  [
    'a bare 240 frames in a second',
    'fast.webm',
    [...picture('64x64', 1, 240), ...tone(1), ...webm],
    'Slow-motion cameras.',
    succeeds,
  ],
  [
    'one frame in two seconds',
    'slow.webm',
    [...picture('160x120', 8, 0.5), ...tone(8), ...webm],
    'A nearly frozen share of a screen.',
    succeeds,
  ],
  [
    'a hole of 1.5 seconds in the frames',
    'hole.webm',
    [...picture('160x120', 4, 30), ...tone(4), '-vf', hole, '-fps_mode', 'passthrough', ...webm, ...liveWebm],
    'A variable frame rate is normal; the declared one hides the hole.',
    succeeds,
  ],
  [
    'times that start below zero',
    'negative.mp4',
    [
      ...both('160x120'),
      ...h264,
      '-bf',
      '2',
      '-x264-params',
      'bframes=2',
      ...aac,
      '-output_ts_offset',
      '-0.5',
      '-avoid_negative_ts',
      'disabled',
      '-movflags',
      '+negative_cts_offsets',
    ],
    'Edit lists and encoder delay make them.',
    { status: ['SUCCEEDED', 'PARTIAL'], code: 'TRUNCATED' },
  ],
];

async function rotated(file: string): Promise<void> {
  const upright = `${file}.mp4`;
  await ffmpeg([...both('160x120'), ...h264, ...aac, upright]);
  await ffmpeg(['-i', upright, '-c', 'copy', '-metadata:s:v', 'rotate=90', file]);
}

/** The picture becomes smaller in the middle of the stream, as when a shared window is resized. */
async function resized(file: string): Promise<void> {
  const list = `${file}.txt`;
  await ffmpeg([...both('160x120', 1), ...webm, `${file}-1.webm`]);
  await ffmpeg([...both('96x80', 1), ...webm, `${file}-2.webm`]);
  await writeFile(list, `ffconcat version 1.0\nfile '${file}-1.webm'\nfile '${file}-2.webm'\n`);
  await ffmpeg(['-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', ...liveWebm, file]);
}

async function withSubtitles(file: string, maps: readonly string[]): Promise<void> {
  await writeFile(`${file}.srt`, '1\n00:00:00,000 --> 00:00:02,000\nHello.\n');
  const inputs = ['-i', await clip('live.webm'), '-i', `${file}.srt`, '-attach', `${file}.srt`];
  await ffmpeg([
    ...inputs,
    '-metadata:s:t',
    'mimetype=text/plain',
    ...maps,
    '-c',
    'copy',
    '-f',
    'matroska',
    file,
  ]);
}

const made: readonly CorpusCase[] = [
  {
    name: 'a phone recording stored on its side',
    fileName: 'phone.mp4',
    make: rotated,
    expect: succeeds,
    why: 'The display matrix says 90 degrees; the picture is 120 x 160.',
  },
  {
    name: 'a picture that changes its size in the middle',
    fileName: 'resized.webm',
    make: resized,
    expect: succeeds,
    why: 'A filter graph is built anew, and its raw frames must keep their size.',
  },
  {
    name: 'Matroska with subtitles and an attachment',
    fileName: 'attached.webm',
    make: async (file) => withSubtitles(file, ['-map', '0', '-map', '1']),
    expect: succeeds,
    why: 'What is neither picture nor sound is left alone.',
  },
  {
    name: 'only subtitles and an attachment',
    fileName: 'subtitles.webm',
    make: async (file) => withSubtitles(file, ['-map', '1']),
    expect: rejected(['NO_VIDEO', 'NO_AUDIO', 'NOT_MEDIA']),
    why: 'A right container with nothing to see or hear.',
  },
];

export const oddCases: readonly CorpusCase[] = [
  ...[...streams, ...sizes, ...codecRows].map(([name, fileName, args, why, expect = succeeds]) => ({
    name,
    fileName,
    why,
    expect,
    make: async (file: string) => ffmpeg([...args, file]),
  })),
  ...made,
];
