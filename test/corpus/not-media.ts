// Which inputs are no recording at all, whatever they are called?
import { execFile } from 'node:child_process';
import { rename, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { box, ebmlHeader, element, noise, ebmlId } from './bytes.ts';
import { clip, ffmpeg, h264, picture, tone, vp8 } from './clips.ts';
import { rejected, type CorpusCase, type Expectation } from './corpus-case.ts';

const run = promisify(execFile);
const bySignature =
  'The container is known by its first bytes, not by the name; this one is neither Matroska nor MP4.';

interface Bytes {
  readonly name: string;
  readonly fileName: string;
  readonly bytes: () => Buffer;
  readonly expect?: Expectation;
  readonly why?: string;
}

function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.write('PK\u0003\u0004', 0, 'latin1');
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(content.length, 22);
  local.writeUInt16LE(name.length, 26);
  return Buffer.concat([local, Buffer.from(name), packed]);
}

function elf(): Buffer {
  const header = Buffer.alloc(4096);
  header.write('\u007fELF\u0002\u0001\u0001', 0, 'latin1');
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(62, 18);
  return header;
}

const text = Buffer.from('I have nothing to say, and I am saying it.\n'.repeat(40));
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd"/></svg>';

const written: readonly Bytes[] = [
  {
    name: 'a file of 0 bytes',
    fileName: 'nothing.webm',
    bytes: () => Buffer.alloc(0),
    expect: rejected('EMPTY'),
    why: 'There is nothing to read, which is another fault than a wrong format.',
  },
  {
    name: 'a file of one byte',
    fileName: 'one.webm',
    bytes: () => Buffer.from([0x1a]),
    why: 'A file shorter than any signature.',
  },
  { name: 'text renamed .webm', fileName: 'text.webm', bytes: () => text },
  {
    name: 'HTML renamed .mp4',
    fileName: 'page.mp4',
    bytes: () => Buffer.from('<!doctype html><video src="/etc/passwd"></video>'),
  },
  { name: 'zip renamed .webm', fileName: 'zip.webm', bytes: () => zipOf('a.txt', text) },
  { name: 'gzip renamed .webm', fileName: 'gzip.webm', bytes: () => gzipSync(text) },
  {
    name: 'PDF renamed .webm',
    fileName: 'paper.webm',
    bytes: () => Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'),
  },
  { name: 'a program (ELF) renamed .webm', fileName: 'program.webm', bytes: elf },
  { name: 'SVG renamed .webm', fileName: 'drawing.webm', bytes: () => Buffer.from(svg) },
  { name: 'random bytes', fileName: 'random.webm', bytes: () => noise(50_000, 1) },
  {
    name: 'random bytes behind a right EBML header',
    fileName: 'random-tail.webm',
    bytes: () => Buffer.concat([ebmlHeader('webm'), noise(50_000, 2)]),
    expect: rejected(['NOT_MEDIA', 'TRUNCATED']),
    why: 'The first bytes are right and nothing behind them is.',
  },
  {
    name: 'an EBML file of another DocType',
    fileName: 'other.webm',
    bytes: () => Buffer.concat([ebmlHeader('notes'), element(ebmlId.segment, noise(500, 3))]),
    why: 'EBML carries more than media; only the DocTypes webm and matroska are read.',
  },
  {
    name: 'an ftyp box and nothing else',
    fileName: 'ftyp.mp4',
    bytes: () => box('ftyp', Buffer.from('isom\0\0\u0002\0isomavc1', 'latin1')),
    expect: rejected(['NOT_MEDIA', 'TRUNCATED']),
    why: 'The signature of MP4 with no movie behind it.',
  },
  {
    name: 'random bytes behind an ftyp box',
    fileName: 'ftyp-noise.mp4',
    bytes: () =>
      Buffer.concat([box('ftyp', Buffer.from('isom\0\0\u0002\0isomavc1', 'latin1')), noise(20_000, 4)]),
    expect: rejected(['NOT_MEDIA', 'TRUNCATED']),
    why: 'Box sizes are random: the reader must neither loop nor allocate what they claim.',
  },
  {
    name: 'a box that claims to hold itself for ever',
    fileName: 'loop.mp4',
    bytes: () =>
      Buffer.concat([
        box('ftyp', Buffer.from('isom\0\0\u0002\0isomavc1', 'latin1')),
        Buffer.from('0000000000000000', 'hex'),
        box('moov', Buffer.from('0000000174726b6100000000', 'hex')),
      ]),
    expect: rejected(['NOT_MEDIA', 'TRUNCATED']),
    why: 'Sizes 0 and 1 have special meanings that endless loops are made of.',
  },
];

const encoded: readonly (readonly [name: string, format: string, args: () => readonly string[]])[] = [
  ['PNG', 'image2pipe', () => [...picture('64x64', 1, 1), '-c:v', 'png']],
  ['JPEG', 'image2pipe', () => [...picture('64x64', 1, 1), '-c:v', 'mjpeg']],
  ['GIF', 'gif', () => picture('64x64', 1, 5)],
  ['BMP', 'image2pipe', () => [...picture('64x64', 1, 1), '-c:v', 'bmp']],
  ['WAV', 'wav', () => tone(1)],
  ['MP3', 'mp3', () => tone(1)],
  ['Ogg', 'ogg', () => [...tone(1), '-c:a', 'libopus']],
  ['AVI', 'avi', () => picture('64x64', 1)],
  ['FLV', 'flv', () => [...picture('64x64', 1), ...h264]],
  ['MPEG-TS', 'mpegts', () => [...picture('64x64', 1), ...h264]],
  ['YUV4MPEG', 'yuv4mpegpipe', () => [...picture('64x64', 1), '-pix_fmt', 'yuv420p']],
  ['IVF', 'ivf', () => [...picture('64x64', 1), ...vp8]],
];

const tar: CorpusCase = {
  name: 'tar with a recording in it, renamed .webm',
  fileName: 'tar.webm',
  make: async (file) => {
    const inner = await clip('tone.wav');
    await run('tar', ['-cf', `${file}.tar`, '-C', inner.slice(0, inner.lastIndexOf('/')), 'tone.wav']);
    await rename(`${file}.tar`, file);
  },
  expect: rejected('NOT_MEDIA'),
  why: bySignature,
};

export const notMediaCases: readonly CorpusCase[] = [
  ...written.map(({ name, fileName, bytes, expect = rejected('NOT_MEDIA'), why = bySignature }) => ({
    name,
    fileName,
    expect,
    why,
    make: async (file: string) => writeFile(file, bytes()),
  })),
  ...encoded.map(([name, format, args]) => ({
    name: `${name} renamed .webm`,
    fileName: `${name.toLowerCase()}.webm`,
    make: async (file: string) => ffmpeg([...args(), '-f', format, file]),
    expect: rejected('NOT_MEDIA'),
    why: bySignature,
  })),
  tar,
];
