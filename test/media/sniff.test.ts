// Is a container known by its first bytes alone?
import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { containerOf, sniff } from '../../media/sniff.ts';
import { clip, ffmpeg, makeOnce, picture, scratchPath } from './support/clips.ts';

const ebml = (docType: string): Buffer =>
  Buffer.concat([
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80 + docType.length + 3, 0x42, 0x82, 0x80 + docType.length]),
    Buffer.from(docType, 'latin1'),
  ]);
const ftyp = (brand: string): Buffer =>
  Buffer.concat([Buffer.from([0, 0, 0, 20]), Buffer.from(`ftyp${brand}`)]);

describe('sniff', () => {
  for (const [name, container] of [
    ['vp8.webm', 'webm'],
    ['chromium.mkv', 'matroska'],
    ['h264.mp4', 'mp4'],
    ['sound.m4a', 'mp4'],
  ] as const) {
    it(`finds ${container} in ${name}, whatever the file is called`, async () => {
      expect(await sniff(await clip(name))).to.equal(container);
    });
  }

  it('finds QuickTime', async () => {
    const path = await makeOnce('camera.mov', (file) => ffmpeg(...picture(0.1), '-c:v', 'mpeg4', file));
    expect(await sniff(path)).to.equal('mp4');
  });

  for (const [what, head] of [
    ['a playlist', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'],
    ['a list of files', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
    ['text that names a box', 'the ftyp is isom'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ['a ZIP archive', Buffer.from('PK\u0003\u0004')],
    ['an AVI', Buffer.from('RIFF\0\0\0\0AVI LIST')],
    ['an AVIF picture', ftyp('avif')],
    ['an iPhone photograph', ftyp('heic')],
    ['EBML of another kind', ebml('fancydoc')],
    ['EBML without a kind', Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80])],
    ['half a magic number', Buffer.from([0x1a, 0x45])],
  ] as const) {
    it(`takes ${what} for no recording`, async () => {
      const path = scratchPath('sniffed.webm');
      await writeFile(path, head);
      const error = await sniff(path).catch((caught: unknown) => caught);
      expect(error).to.include({ name: 'RecordingRejected', code: 'NOT_MEDIA' });
    });
  }

  it('says EMPTY of an empty file', async () => {
    const path = scratchPath('empty.webm');
    await writeFile(path, '');
    const error = await sniff(path).catch((caught: unknown) => caught);
    expect(error).to.include({ name: 'RecordingRejected', code: 'EMPTY' });
  });

  it('reads any bytes without failing, and only magic ones as a recording', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.constantFrom(ebml('webm'), Buffer.alloc(0)),
        (bytes, head) => {
          const found = containerOf(Buffer.concat([head, bytes]));
          return found === (head.length > 0 ? 'webm' : null);
        },
      ),
    );
  });
});
