// Which inputs were a recording once and lost something?
import { writeFile } from 'node:fs/promises';
import { boxesOf, ebmlHeader, ebmlId, flipBits, headAsABrowserWritesIt, noise, positionOf } from './bytes.ts';
import { clipBytes, type ClipName } from './clips.ts';
import { partial, rejected, type CorpusCase, type Expectation } from './corpus-case.ts';

interface Damage {
  readonly name: string;
  readonly fileName: string;
  readonly clip: ClipName;
  readonly damage: (data: Buffer) => Buffer;
  readonly expect: Expectation;
  readonly why: string;
}

const first = (share: number) => (data: Buffer) => data.subarray(0, Math.floor(data.length * share));
const crashed =
  'A tab that crashed leaves the only copy: what can be decoded is analysed and the loss is said.';
const anyHonest: Expectation = {
  status: ['SUCCEEDED', 'PARTIAL', 'FAILED'],
  code: ['TRUNCATED', 'NOT_MEDIA', 'NO_AUDIO', 'NO_VIDEO', 'CHECKSUM', 'TOO_MANY_PIXELS', 'TOO_LONG'],
};
const lossSaid: Expectation = { status: ['PARTIAL', 'FAILED'], code: ['TRUNCATED', 'NOT_MEDIA', 'CHECKSUM'] };

const truncated: readonly Damage[] = [
  {
    name: 'a live WebM cut off at 90 %',
    fileName: 'cut-90.webm',
    clip: 'live.webm',
    damage: first(0.9),
    expect: partial('TRUNCATED'),
    why: crashed,
  },
  {
    name: 'a live WebM cut off at 50 %',
    fileName: 'cut-50.webm',
    clip: 'live.webm',
    damage: first(0.5),
    expect: partial('TRUNCATED'),
    why: crashed,
  },
  {
    name: 'a live WebM cut off at 10 %',
    fileName: 'cut-10.webm',
    clip: 'long.webm',
    damage: first(0.1),
    expect: partial('TRUNCATED'),
    why: crashed,
  },
  {
    name: 'a live WebM cut off at 1 %',
    fileName: 'cut-1.webm',
    clip: 'live.webm',
    damage: first(0.01),
    expect: { status: ['FAILED', 'PARTIAL'], code: 'TRUNCATED' },
    why: 'A fiftieth of a second of sound at most is left.',
  },
  {
    name: 'a live WebM cut off inside its first frame',
    fileName: 'cut-first.webm',
    clip: 'live.webm',
    damage: (data) => data.subarray(0, positionOf(data, ebmlId.cluster).body + 20),
    expect: rejected('TRUNCATED'),
    why: 'No whole frame is left.',
  },
  {
    name: 'a live WebM cut off before its first cluster',
    fileName: 'head.webm',
    clip: 'live.webm',
    damage: headAsABrowserWritesIt,
    expect: rejected('TRUNCATED'),
    why: 'The streams are described and there is not one frame.',
  },
  {
    name: 'an EBML header and nothing else',
    fileName: 'ebml.webm',
    clip: 'live.webm',
    damage: () => ebmlHeader('webm'),
    expect: rejected(['TRUNCATED', 'NOT_MEDIA']),
    why: 'A recording that was stopped before it began.',
  },
  {
    name: 'an indexed WebM cut off at 50 %',
    fileName: 'indexed-50.webm',
    clip: 'indexed.webm',
    damage: first(0.5),
    expect: partial('TRUNCATED'),
    why: 'The Duration still claims the whole length.',
  },
  {
    name: 'an MP4 with moov at its end cut off at 50 %',
    fileName: 'late-50.mp4',
    clip: 'plain.mp4',
    damage: first(0.5),
    expect: rejected('TRUNCATED'),
    why: 'Without moov nothing says where the frames stand.',
  },
  {
    name: 'an MP4 with moov at its end cut off at 99 %',
    fileName: 'late-99.mp4',
    clip: 'plain.mp4',
    damage: first(0.99),
    expect: { status: ['PARTIAL', 'FAILED'], code: ['TRUNCATED', 'NO_AUDIO'] },
    why: 'The index of the picture is whole and the one of the sound is cut: FFmpeg says nothing about it.',
  },
  {
    name: 'a faststart MP4 cut off at 50 %',
    fileName: 'early-50.mp4',
    clip: 'faststart.mp4',
    damage: first(0.5),
    expect: partial('TRUNCATED'),
    why: 'moov is whole, the second half of the frames is not there.',
  },
  {
    name: 'a faststart MP4 without its media',
    fileName: 'early-0.mp4',
    clip: 'faststart.mp4',
    damage: (data) => data.subarray(0, data.indexOf('mdat') - 4),
    expect: rejected('TRUNCATED'),
    why: 'An index of frames that are not there.',
  },
  {
    name: 'a fragmented MP4 cut off at 50 %',
    fileName: 'fragments-50.mp4',
    clip: 'fragmented.mp4',
    damage: first(0.5),
    expect: partial('TRUNCATED'),
    why: 'The cut lies inside a fragment.',
  },
  {
    name: 'a fragmented MP4 that ends behind its third fragment',
    fileName: 'fragments-3.mp4',
    clip: 'fragmented.mp4',
    damage: wholeFragments,
    expect: { status: ['SUCCEEDED', 'PARTIAL'], code: 'TRUNCATED' },
    why: 'A cut at the edge of a fragment cannot be told from a recording that was stopped there.',
  },
];

/** The file up to the end of its third `mdat`. */
function wholeFragments(data: Buffer): Buffer {
  let end = 0;
  let count = 0;
  for (const { type, body } of boxesOf(data)) {
    if (count === 3) break;
    end += 8 + body.length;
    if (type === 'mdat') count += 1;
  }
  return data.subarray(0, end);
}

function zeroMiddle(data: Buffer): Buffer {
  return Buffer.from(data).fill(0, Math.floor(data.length / 3), Math.floor((data.length * 2) / 3));
}

function headOf(data: Buffer): number {
  return positionOf(data, ebmlId.cluster).at;
}

const flipped: readonly Damage[] = [1, 100, 1000].map((count) => ({
  name: `a WebM with ${count} bits turned over`,
  fileName: `flips-${count}.webm`,
  clip: 'live.webm',
  damage: (data: Buffer) => flipBits(data, { count, seed: count, from: headOf(data) }),
  expect: anyHonest,
  why: 'Damage may be invisible or fatal; what FFmpeg reports must be said, and nothing may be called our bug.',
}));

const others: readonly Damage[] = [
  {
    name: 'a WebM with bits turned over in its header',
    fileName: 'flips-head.webm',
    clip: 'live.webm',
    damage: (data) =>
      Buffer.concat([
        flipBits(data.subarray(0, headOf(data)), { count: 12, seed: 5, from: 48 }),
        data.subarray(headOf(data)),
      ]),
    expect: anyHonest,
    why: 'Codec names, sizes and ids are wrong.',
  },
  {
    name: 'an MP4 with 100 bits turned over',
    fileName: 'flips.mp4',
    clip: 'faststart.mp4',
    damage: (data) => flipBits(data, { count: 100, seed: 6, from: 40 }),
    expect: anyHonest,
    why: 'Sample tables are hit as well as frames.',
  },
  {
    name: 'a WebM whose middle third is zeros',
    fileName: 'zeros.webm',
    clip: 'live.webm',
    damage: zeroMiddle,
    expect: lossSaid,
    why: 'A disk block that was never written: two seconds are gone and that must be said.',
  },
  {
    name: 'a WebM whose middle third is noise',
    fileName: 'noise.webm',
    clip: 'live.webm',
    damage: (data) => {
      const third = Math.floor(data.length / 3);
      return Buffer.concat([data.subarray(0, third), noise(third, 7), data.subarray(2 * third)]);
    },
    expect: lossSaid,
    why: 'The same with another content.',
  },
  {
    name: 'a WebM with its middle third missing',
    fileName: 'gap.webm',
    clip: 'live.webm',
    damage: (data) =>
      Buffer.concat([
        data.subarray(0, Math.floor(data.length / 3)),
        data.subarray(Math.floor((data.length * 2) / 3)),
      ]),
    expect: { ...lossSaid, status: ['PARTIAL', 'FAILED'] },
    why: 'A part of an upload that was lost: the reader finds its way again, two seconds are gone.',
  },
  {
    name: 'two recordings in one file',
    fileName: 'two.webm',
    clip: 'live.webm',
    damage: (data) => Buffer.concat([data, data]),
    expect: { status: ['SUCCEEDED', 'PARTIAL'], code: 'TRUNCATED' },
    why: 'A recorder that was restarted and appended.',
  },
  {
    name: 'junk before the recording',
    fileName: 'junk-first.webm',
    clip: 'live.webm',
    damage: (data) => Buffer.concat([Buffer.from('junk'.repeat(50)), data]),
    expect: rejected('NOT_MEDIA'),
    why: 'The signature does not stand at the start.',
  },
  {
    name: 'junk behind an MP4',
    fileName: 'junk-last.mp4',
    clip: 'faststart.mp4',
    damage: (data) => Buffer.concat([data, noise(5000, 8)]),
    expect: { status: ['SUCCEEDED', 'PARTIAL'], code: 'TRUNCATED' },
    why: 'Everything that the index names is there.',
  },
];

export const damagedCases: readonly CorpusCase[] = [...truncated, ...flipped, ...others].map(
  ({ name, fileName, clip, damage, expect, why }) => ({
    name,
    fileName,
    expect,
    why,
    make: async (file) => writeFile(file, damage(await clipBytes(clip))),
  }),
);
