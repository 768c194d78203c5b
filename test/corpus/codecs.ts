// Which codecs and pixel formats may a recording come in?
import { aac, h264, opus } from './clips.ts';
import { succeeds } from './corpus-case.ts';
import { both, type Row } from './rows.ts';

const bt = ['-pix_fmt', 'yuv420p10le'];
const x265 = [
  '-c:v',
  'libx265',
  '-preset',
  'ultrafast',
  '-x265-params',
  'log-level=error:pools=1',
  '-tag:v',
  'hvc1',
];
const av1 = [
  '-c:v',
  'libaom-av1',
  '-cpu-used',
  '8',
  '-usage',
  'realtime',
  '-pix_fmt',
  'yuv420p',
  '-threads',
  '1',
];

export const codecRows: readonly Row[] = [
  ['HEVC in MP4', 'hevc.mp4', [...both('160x120', 1), ...x265, ...aac], 'What iPhones record.', succeeds],
  [
    'HEVC with 10 bits in MP4',
    'hevc10.mp4',
    [...both('160x120', 1), ...x265, ...bt, ...aac],
    'What iPhones record in HDR.',
    succeeds,
  ],
  ['AV1 in MP4', 'av1.mp4', [...both('64x64', 0.4), ...av1, ...aac], 'New Chromium.', succeeds],
  ['AV1 in WebM', 'av1.webm', [...both('64x64', 0.4), ...av1, ...opus], 'New Chromium.', succeeds],
  [
    'VP9',
    'vp9.webm',
    [...both('160x120', 1), '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', ...opus],
    'Chromium and Firefox.',
    succeeds,
  ],
  [
    'VP9 with 10 bits',
    'vp9-10.webm',
    [
      ...both('64x64', 1),
      '-c:v',
      'libvpx-vp9',
      '-deadline',
      'realtime',
      '-cpu-used',
      '8',
      '-profile:v',
      '2',
      ...bt,
      ...opus,
    ],
    'HDR cameras.',
    succeeds,
  ],
  [
    'H.264 with 10 bits and 4:2:2',
    'h264-422.mp4',
    [...both('160x120', 1), '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv422p10le', ...aac],
    'Better cameras; it must not be copied into a page that cannot play it.',
    succeeds,
  ],
  [
    'H.264 in Matroska',
    'h264.webm',
    [...both('160x120'), ...h264, '-bf', '0', ...opus, '-f', 'matroska', '-live', '1'],
    'What Chromium writes for video/webm;codecs=h264: DocType matroska.',
    succeeds,
  ],
  [
    'H.264 and Opus in fragments',
    'chromium.mp4',
    [
      ...both('160x120'),
      ...h264,
      '-bf',
      '0',
      ...opus,
      '-strict',
      '-2',
      '-movflags',
      '+frag_keyframe+empty_moov+default_base_moof',
    ],
    'What Chromium writes for video/mp4.',
    succeeds,
  ],
  [
    'H.264 and PCM in QuickTime',
    'camera.mov',
    [...both('160x120'), ...h264, '-c:a', 'pcm_s16le'],
    'Cameras and screen recorders.',
    succeeds,
  ],
  [
    'VP8 with transparency',
    'alpha.webm',
    [
      ...both('160x120'),
      '-c:v',
      'libvpx',
      '-deadline',
      'realtime',
      '-auto-alt-ref',
      '0',
      '-pix_fmt',
      'yuva420p',
      ...opus,
    ],
    'Chromium marks every VP8 recording as transparent.',
    succeeds,
  ],
];
