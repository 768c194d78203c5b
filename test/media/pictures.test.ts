// Are the poster and the storyboard whole pictures of the right size, with cues that fit?
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { InternalError } from '../../domain/errors.ts';
import type { Storyboard } from '../../domain/report.ts';
import { makePoster, makeStoryboard } from '../../media/pictures.ts';
import { renderPoster } from '../../media/pictures/render-poster.ts';
import { storyboardVtt, trimStoryboard } from '../../media/pictures/storyboard.ts';
import { collectText, runProcess } from '../../media/process.ts';
import { tools as mediaTools } from './support/clips.ts';

const layout = { secondsPerTile: 2, tileWidth: 48, tileHeight: 32, columns: 10 };
const storyboardOf = (tileCount: number): Storyboard => ({ ...layout, tileCount });
const tools = { ...mediaTools, threads: 1 };
const { signal } = new AbortController();

/** A sheet as FFmpeg's tile filter leaves it: `count` red tiles, black for the rest. */
async function makeSheet(path: string, count: number, rows: number): Promise<void> {
  const { tileWidth, tileHeight, columns } = layout;
  const tile = {
    create: { width: tileWidth, height: tileHeight, channels: 3, background: '#c82828' },
  } as const;
  const input = await sharp(tile).png().toBuffer();
  const black = {
    width: columns * tileWidth,
    height: rows * tileHeight,
    channels: 3,
    background: '#000',
  } as const;
  const tiles = Array.from({ length: count }, (_, index) => ({
    input,
    left: (index % columns) * tileWidth,
    top: Math.floor(index / columns) * tileHeight,
  }));
  await sharp({ create: black }).composite(tiles).png().toFile(path);
}

/** A finished pass whose only measured moment is `atSeconds`. */
const passAt = (atSeconds: number, durationSeconds: number) => ({
  playback: { method: 'transcode', durationSeconds, frameCount: 20, width: 64, height: 36 } as const,
  measurements: {
    picture: {
      samplesPerSecond: 4,
      samples: [{ atSeconds, luma: 100, blur: 1 }],
      dark: [],
      frozen: [],
      sceneChangesAtSeconds: [],
    },
    vision: null,
    visionReason: null,
    pictureReason: null,
    audioReason: null,
    audio: null,
  },
});

describe('pictures', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-pictures-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('render the poster as JPEG and WebP in the size of the frame, and leave no half file', async () => {
    const framePath = join(folder, 'frame.png');
    await sharp({ create: { width: 64, height: 36, channels: 3, background: '#2880c8' } })
      .png()
      .toFile(framePath);
    await renderPoster({ framePath, folder });
    for (const [file, format] of [
      ['poster.jpg', 'jpeg'],
      ['poster.webp', 'webp'],
    ] as const) {
      expect(await sharp(join(folder, file)).metadata()).to.include({ format, width: 64, height: 36 });
    }
    expect(await readdir(folder)).to.have.members(['frame.png', 'poster.jpg', 'poster.webp']);
  });

  for (const [tileCount, width, height] of [
    [1, 48, 32],
    [7, 336, 32],
    [10, 480, 32],
    [13, 480, 64],
  ] as const) {
    it(`cut a sheet of 30 places down to its ${tileCount} tiles`, async () => {
      const sheetPath = join(folder, 'sheet.png');
      await makeSheet(sheetPath, tileCount, 3);
      await trimStoryboard({ sheetPath, storyboard: storyboardOf(tileCount), folder });
      const picture = sharp(join(folder, 'storyboard.jpg'));
      expect(await picture.metadata()).to.include({ format: 'jpeg', width, height });
      const lastTile = { left: ((tileCount - 1) % 10) * 48 + 20, top: height - 16, width: 4, height: 4 };
      const pixels = await picture.extract(lastTile).raw().toBuffer();
      expect(pixels[0]).to.be.within(170, 230);
    });
  }

  it('refuse a sheet that is smaller than its storyboard', async () => {
    const sheetPath = join(folder, 'sheet.png');
    await makeSheet(sheetPath, 3, 1);
    const error: unknown = await trimStoryboard({ sheetPath, storyboard: storyboardOf(11), folder }).catch(
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(InternalError);
    expect(await readdir(folder)).to.deep.equal(['sheet.png']);
  });

  it('write one WebVTT cue per tile, back to back up to the end', () => {
    expect(storyboardVtt({ ...storyboardOf(3), columns: 2 }, 5.25)).to.equal(
      [
        'WEBVTT',
        '',
        '00:00:00.000 --> 00:00:02.000',
        'storyboard.jpg#xywh=0,0,48,32',
        '',
        '00:00:02.000 --> 00:00:04.000',
        'storyboard.jpg#xywh=48,0,48,32',
        '',
        '00:00:04.000 --> 00:00:05.250',
        'storyboard.jpg#xywh=0,32,48,32',
        '',
      ].join('\n'),
    );
  });

  it('carry seconds over into minutes and hours', () => {
    const vtt = storyboardVtt({ ...storyboardOf(2), secondsPerTile: 3599.9996 }, 3661.5);
    expect(vtt).to.contain('00:00:00.000 --> 01:00:00.000').and.to.contain('01:00:00.000 --> 01:01:01.500');
  });

  it('leave out tiles after the end and stretch the last one to it', () => {
    expect(storyboardVtt(storyboardOf(9), 4).match(/-->/gv)).to.have.length(2);
    expect(storyboardVtt(storyboardOf(2), 5)).to.contain('00:00:02.000 --> 00:00:05.000');
  });

  describe('of a finished pass', () => {
    beforeEach(async () => {
      const log = collectText();
      const source =
        'color=red:s=64x36:d=1:r=10,format=yuv420p[a];color=blue:s=64x36:d=1:r=10,format=yuv420p[b]';
      const { exitCode, stderr } = await runProcess({
        command: 'ffmpeg',
        args: `-v error -filter_complex ${source};[a][b]concat -c:v libx264 -y`
          .split(' ')
          .concat(join(folder, 'playback.mp4')),
        signal,
        timeoutSeconds: 20,
        onStdout: log.reader,
      });
      expect(exitCode, stderr).to.equal(0);
    });

    for (const [what, atSeconds, channel] of [
      ['before the change', 0.5, 0],
      ['after the change', 1.5, 2],
      ['after the last frame', 2.4, 2],
    ] as const) {
      it(`take the poster from the picture shown ${what}`, async () => {
        const poster = await makePoster({ pass: passAt(atSeconds, 2.5), folder, tools, signal });
        expect(poster?.atSeconds).to.equal(atSeconds);
        expect(await readdir(folder)).to.have.members(['playback.mp4', 'poster.jpg', 'poster.webp']);
        const { channels } = await sharp(join(folder, 'poster.jpg')).stats();
        expect(channels[channel]?.mean).to.be.above(200);
      });
    }

    it('write the storyboard with its cues and take the sheet away', async () => {
      await makeSheet(join(folder, 'storyboard-sheet.png'), 2, 1);
      await makeStoryboard({ storyboard: storyboardOf(2), durationSeconds: 4, folder });
      expect(await readdir(folder)).to.have.members(['playback.mp4', 'storyboard.jpg', 'storyboard.vtt']);
      expect(await readFile(join(folder, 'storyboard.vtt'), 'utf8')).to.match(/^WEBVTT\n/v);
    });
  });
});
