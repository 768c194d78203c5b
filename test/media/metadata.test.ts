// What becomes of the lines that FFmpeg's measuring filters print?
import { expect } from 'chai';
import { readPictureMetadata, readSoundMetadata } from '../../media/metadata.ts';

type Line = string | number;
/** A number stands for the frame at that second. */
const feed = (reader: { readonly onLine: (line: string) => void }, lines: readonly Line[]): void => {
  for (const [index, line] of lines.entries())
    reader.onLine(typeof line === 'number' ? `frame:${index}    pts:0       pts_time:${line}` : line);
};

const pictureOf = (lines: readonly Line[], endSeconds = 10) => {
  const reader = readPictureMetadata();
  feed(reader, lines);
  return reader.result(endSeconds);
};
const soundOf = (lines: readonly Line[], endSeconds = 10) => {
  const reader = readSoundMetadata();
  feed(reader, lines);
  return reader.result(endSeconds);
};

describe('the picture’s metadata', () => {
  it('gives each frame its luma and its blur', () => {
    expect(
      pictureOf([
        0,
        'lavfi.signalstats.YAVG=16.0375',
        'lavfi.signalstats.YMAX=235',
        'lavfi.blur=4.12345',
        0.25,
        'lavfi.signalstats.YAVG=100.5',
        'lavfi.blur=5',
      ]).samples,
    ).to.deep.equal([
      { atSeconds: 0, luma: 16, blur: 4.12 },
      { atSeconds: 0.25, luma: 100.5, blur: 5 },
    ]);
  });

  it('has no blur for a picture without an edge', () => {
    for (const none of ['nan', '-nan', 'inf', '']) {
      const [sample] = pictureOf([0, 'lavfi.signalstats.YAVG=16', `lavfi.blur=${none}`]).samples;
      expect(sample, none).to.include({ luma: 16 });
      if (none !== '') expect(sample?.blur, none).to.equal(null);
    }
  });

  it('closes darkness and stillness that are open at the end', () => {
    const { dark, frozen } = pictureOf([
      1,
      'lavfi.black_start=1',
      3,
      'lavfi.black_end=3',
      4,
      'lavfi.freezedetect.freeze_start=4.25',
      8,
      'lavfi.black_start=8',
    ]);
    expect(dark).to.deep.equal([
      { startSeconds: 1, endSeconds: 3 },
      { startSeconds: 8, endSeconds: 10 },
    ]);
    expect(frozen).to.deep.equal([{ startSeconds: 4.25, endSeconds: 10 }]);
  });

  it('leaves out darkness shorter than half a second, of which blackdetect marks the ends too', () => {
    expect(pictureOf([1, 'lavfi.black_start=1', 1.25, 'lavfi.black_end=1.25']).dark).to.deep.equal([]);
    expect(pictureOf([9.75, 'lavfi.black_start=9.75']).dark).to.deep.equal([]);
  });

  it('collects the changes of scene', () => {
    expect(
      pictureOf([1, 'lavfi.scd.mafd=9', 'lavfi.scd.time=1', 2, 'lavfi.scd.time=2.25']).sceneChangesAtSeconds,
    ).to.deep.equal([1, 2.25]);
  });

  it('counts frames and tells the time of the newest', () => {
    const reader = readPictureMetadata();
    expect([reader.frameCount(), reader.atSeconds()]).to.deep.equal([0, 0]);
    feed(reader, [0, 'lavfi.x=1', 0.25, 'no equals sign', 0.5]);
    expect([reader.frameCount(), reader.atSeconds()]).to.deep.equal([3, 0.5]);
  });
});

describe('the sound’s metadata', () => {
  const loud = ['lavfi.r128.I=-23.04', 'lavfi.r128.LRA=5.55', 'lavfi.r128.sample_peak=0.5'];

  it('gives loudness, range and the highest peak', () => {
    const { loudnessLufs, loudnessRangeLu, peakDbfs } = soundOf([
      0,
      'lavfi.r128.sample_peak=0.9',
      'lavfi.r128.I=-70',
      0.1,
      ...loud,
    ]);
    expect({ loudnessLufs, loudnessRangeLu, peakDbfs }).to.deep.equal({
      loudnessLufs: -23,
      loudnessRangeLu: 5.6,
      peakDbfs: -0.9,
    });
  });

  it('has no loudness and no peak in digital silence', () => {
    expect(
      soundOf([
        0,
        'lavfi.r128.I=-70.000',
        'lavfi.r128.LRA=0.000',
        'lavfi.r128.sample_peak=0.000',
        'lavfi.r128.S=-120.691',
      ]),
    ).to.include({ loudnessLufs: null, loudnessRangeLu: null, peakDbfs: null });
  });

  it('is not spoilt by a value that is no number', () => {
    const { loudnessLufs, peakDbfs } = soundOf([
      0,
      ...loud,
      0.1,
      'lavfi.r128.sample_peak=nan',
      'lavfi.r128.I=nan',
      'lavfi.r128.S=-inf',
    ]);
    expect([loudnessLufs, peakDbfs]).to.deep.equal([-23, -6]);
  });

  it('closes a silence that is open at the end', () => {
    const { silences } = soundOf([
      0,
      'lavfi.silence_start=-0.01',
      1,
      'lavfi.silence_end=1.2',
      'lavfi.silence_duration=1.21',
      9,
      'lavfi.silence_start=8.7',
    ]);
    expect(silences).to.deep.equal([
      { startSeconds: 0, endSeconds: 1.2 },
      { startSeconds: 8.7, endSeconds: 10 },
    ]);
  });

  it('gives one short-term loudness a second, none below the gate', () => {
    const lines = Array.from({ length: 50 }, (_, index) => [
      index / 10,
      `lavfi.r128.S=${index < 25 ? '-120.7' : '-20.04'}`,
    ]).flat();
    expect(soundOf(lines).shortTerm).to.deep.equal([
      { atSeconds: 3, lufs: -20 },
      { atSeconds: 4, lufs: -20 },
    ]);
  });
});
