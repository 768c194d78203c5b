// Which inputs try to make the reader open another file or call a server?
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { box, boxesOf, ebmlId, ebmlNumber, ebmlText, element, positionOf, replaceBoxes } from './bytes.ts';
import { clipBytes, copyClip } from './clips.ts';
import { rejected, type Bait, type CorpusCase } from './corpus-case.ts';

interface Text {
  readonly name: string;
  readonly fileName: string;
  readonly text: (bait: Bait) => string;
  readonly why: string;
}

const secret = (bait: Bait): string => join(bait.secretDirectory, 'secret.mp4');
const address = (bait: Bait): string => `http://127.0.0.1:${bait.canaryPort}`;
const playlist = (uri: string, extra = ''): string =>
  `#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-TARGETDURATION:7\n${extra}#EXTINF:7,\n${uri}\n#EXT-X-ENDLIST\n`;
const manifest = (uri: string): string => `<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT7S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">
<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1" codecs="avc1.42c00a"><BaseURL>${uri}</BaseURL></Representation></AdaptationSet></Period></MPD>`;

const texts: readonly Text[] = [
  {
    name: 'an HLS playlist renamed .webm that names a private file',
    fileName: 'hls-file.webm',
    text: (bait) => playlist(secret(bait)),
    why: 'With default flags FFmpeg copies the other file into the result.',
  },
  {
    name: 'an HLS playlist renamed .mp4 that names a private file',
    fileName: 'hls-file.mp4',
    text: (bait) => playlist(`file://${secret(bait)}`),
    why: 'The same with the other name and a file: address.',
  },
  {
    name: 'an HLS playlist renamed .webm that names a server',
    fileName: 'hls-http.webm',
    text: (bait) => playlist(`${address(bait)}/segment.ts`),
    why: 'A request from our side is a request forgery.',
  },
  {
    name: 'an HLS playlist whose key stands on a server',
    fileName: 'hls-key.webm',
    text: (bait) => playlist(secret(bait), `#EXT-X-KEY:METHOD=AES-128,URI="${address(bait)}/key"\n`),
    why: 'Keys are fetched before segments.',
  },
  {
    name: 'a concat file renamed .webm',
    fileName: 'concat.webm',
    text: () => 'ffconcat version 1.0\nfile secret.mp4\n',
    why: 'The concat demuxer is probed by content and takes neighbours for safe.',
  },
  {
    name: 'a concat file renamed .mp4',
    fileName: 'concat.mp4',
    text: () => 'ffconcat version 1.0\nfile secret.mp4\nduration 7\n',
    why: 'The same with the other name.',
  },
  {
    name: 'a DASH manifest renamed .mp4 that names a server',
    fileName: 'dash.mp4',
    text: (bait) => manifest(`${address(bait)}/video.mp4`),
    why: 'Manifests are fetched from wherever they say.',
  },
  {
    name: 'a DASH manifest renamed .webm that names a private file',
    fileName: 'dash.webm',
    text: (bait) => manifest(secret(bait)),
    why: 'The same with a file.',
  },
  {
    name: 'an SDP session renamed .webm',
    fileName: 'session.webm',
    text: (bait) =>
      `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${bait.canaryPort} RTP/AVP 96\na=rtpmap:96 H264/90000\n`,
    why: 'SDP opens a UDP port and waits.',
  },
];

function tagged(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc(value.length % 2)]);
}

/** A classic Mac alias record as QuickTime keeps it in `dref`: an absolute and a relative path. */
function alias(path: string): Buffer {
  const fixed = Buffer.alloc(150);
  fixed.writeUInt16BE(1, 130);
  fixed.writeUInt16BE(1, 132);
  return Buffer.concat([fixed, tagged(2, Buffer.from(path)), Buffer.from('ffff0000', 'hex')]);
}

async function externalReference(file: string, bait: Bait): Promise<void> {
  const boxes = boxesOf(await clipBytes('secret.mp4'));
  const kept = boxes.filter((one) => one.type === 'ftyp' || one.type === 'moov');
  const entries = Buffer.from('0000000000000001', 'hex');
  const body = Buffer.concat([entries, box('alis', Buffer.alloc(4), alias(secret(bait)))]);
  const header = Buffer.concat(kept.map((one) => box(one.type, one.body)));
  await writeFile(
    file,
    replaceBoxes(header, 'dref', () => body),
  );
}

/** Matroska's linked segments: the next file by name and id, and an ordered chapter that lies in it. */
async function linkedSegment(file: string): Promise<void> {
  const base = await clipBytes('live.webm');
  const uid = Buffer.alloc(16, 7);
  const link = [element(0x3eb923, uid), ebmlText(0x3e83bb, 'secret.webm'), element(0x4444, uid)];
  const times = [ebmlNumber(0x91, 0), element(0x92, Buffer.from('000000019bfcc0', 'hex'))];
  const atom = element(0xb6, Buffer.concat([ebmlNumber(ebmlId.trackUid, 1), ...times, element(0x6e67, uid)]));
  const edition = element(0x45b9, Buffer.concat([ebmlNumber(0x45dd, 1), atom]));
  const info = element(ebmlId.info, Buffer.concat([ebmlNumber(0x2ad7b1, 1_000_000), ...link]));
  const tracks = base.subarray(positionOf(base, ebmlId.tracks).at);
  const head = Buffer.concat([
    base.subarray(0, positionOf(base, ebmlId.segment).at),
    element(ebmlId.segment),
  ]);
  await writeFile(file, Buffer.concat([head, info, element(ebmlId.chapters, edition), tracks]));
  await copyClip('secret.webm', join(file, '..', 'secret.webm'));
}

export const pointerCases: readonly CorpusCase[] = [
  ...texts.map(({ name, fileName, text, why }) => ({
    name,
    fileName,
    why,
    expect: rejected('NOT_MEDIA'),
    traced: true as const,
    make: async (file: string, bait: Bait) => {
      await writeFile(file, text(bait));
      await copyClip('secret.mp4', join(file, '..', 'secret.mp4'));
    },
  })),
  {
    name: 'an MP4 whose samples stand in another file (dref)',
    fileName: 'external.mp4',
    make: externalReference,
    expect: rejected(['NOT_MEDIA', 'TRUNCATED']),
    why: 'QuickTime references are followed when FFmpeg is asked to; there is nothing in the file itself.',
    traced: true,
  },
  {
    name: 'a Matroska file that names its neighbour as its continuation',
    fileName: 'linked.webm',
    make: linkedSegment,
    expect: { status: ['SUCCEEDED', 'PARTIAL'], code: 'TRUNCATED' },
    why: 'Some players follow linked segments and ordered chapters; the recording is what stands in the file.',
    traced: true,
  },
];
