// Do the video figures say what the samples say, and do they fail what must fail?
import { expect } from 'chai';
import type { Figure } from '../../domain/figure.ts';
import { formulaNames, formulas } from '../../domain/formulas.ts';
import type { Face, Measurements, VisionSample } from '../../domain/measurements.ts';
import { videoFigures } from '../../domain/video-metrics.ts';
import type { VideoFormulaName } from '../../domain/video-metrics.ts';
import { videoThresholds } from '../../domain/video-thresholds.ts';

const goodFace: Face = {
  box: [0.44, 0.27, 0.12, 0.25],
  score: 0.95,
  yaw: -1,
  pitch: 8,
  roll: 2,
  irisOffset: 0.02,
  luma: 150,
};
const face = (change: Partial<Face> = {}): Face => ({ ...goodFace, ...change });

/** Two samples a second; one list of faces each. */
const seen = (frames: readonly (readonly Face[])[]): VisionSample[] =>
  frames.map((faces, index) => ({ atSeconds: index / 2, faces: [...faces] }));

const frames = (count: number, faceAt: (index: number) => readonly Face[]): VisionSample[] =>
  seen(Array.from({ length: count }, (_, index) => faceAt(index)));

function measurements(samples: VisionSample[] | null, change: Partial<Measurements> = {}): Measurements {
  return {
    picture: { samplesPerSecond: 4, samples: [], dark: [], frozen: [], sceneChangesAtSeconds: [] },
    vision: samples && { provider: 'test', samplesPerSecond: 2, samples },
    visionReason: null,
    pictureReason: null,
    audioReason: null,
    audio: null,
    ...change,
  };
}

function figuresOf(samples: VisionSample[]): Readonly<Record<VideoFormulaName, Figure>> {
  return videoFigures(measurements(samples), samples.length / 2);
}

const value = (figure: Figure): number | null => figure.value;
const standing = (figure: Figure) => ('standing' in figure ? figure.standing : figure.reason);
const evidence = (figure: Figure) => ('evidence' in figure ? figure.evidence : figure.reason);
const span = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds });

describe('video metrics (A13)', () => {
  it('gives a steady look into the camera full marks and no evidence against it', () => {
    const figures = figuresOf(frames(40, () => [face()]));
    for (const name of ['facePresence', 'attention', 'framing', 'faceLight'] as const) {
      expect(value(figures[name]), name).to.equal(1);
      expect(standing(figures[name]), name).to.equal('within');
      expect(evidence(figures[name]), name).to.deep.equal([]);
    }
    expect(value(figures.awayEpisodes)).to.equal(0);
    expect(value(figures.peopleAtOnce)).to.equal(1);
  });

  for (const [what, faceAt] of [
    ['staring to the side all the time', () => [face({ yaw: 45 })]],
    ['staring down all the time', () => [face({ pitch: 35 })]],
    ['looking aside with the eyes alone', () => [face({ irisOffset: 0.22 })]],
    ['a slow drift away from the camera', (index: number) => [face({ yaw: index * 0.6 })]],
  ] as const) {
    it(`does not let ${what} pass`, () => {
      const figures = figuresOf(frames(120, faceAt));
      expect(standing(figures.attention)).to.equal('below');
      expect(value(figures.awayEpisodes)).to.equal(1);
      expect(evidence(figures.attention)).to.deep.equal(evidence(figures.awayEpisodes));
    });
  }

  it('tells where a slow drift turns into looking away', () => {
    const figures = figuresOf(frames(120, (index) => [face({ yaw: index * 0.6 })]));
    expect(value(figures.attention)).to.equal(0.283);
    expect(evidence(figures.awayEpisodes)).to.deep.equal([span(17, 60)]);
  });

  it('does not fail one glance of 31°', () => {
    const figures = figuresOf(frames(40, (index) => [face({ yaw: index === 20 ? 31 : 0 })]));
    expect(value(figures.attention)).to.equal(0.975);
    expect(standing(figures.attention)).to.equal('within');
    expect(value(figures.awayEpisodes)).to.equal(0);
  });

  it('counts a look elsewhere from one second on', () => {
    const away = new Set([4, 10, 11, 20, 21, 22]);
    const figures = figuresOf(frames(30, (index) => [face({ yaw: away.has(index) ? -25 : 0 })]));
    expect(evidence(figures.awayEpisodes)).to.deep.equal([span(5, 6), span(10, 11.5)]);
  });

  it('does not join two looks elsewhere across a moment without a face', () => {
    const figures = figuresOf(seen([[face({ yaw: 30 })], [], [face({ yaw: 30 })], [face()]]));
    expect(value(figures.awayEpisodes)).to.equal(0);
  });

  it('does not join two looks elsewhere across a look at the camera, however close the samples are', () => {
    const samples = [40, 40, 0, 40, 40].map((yaw, index) => ({
      atSeconds: index / 10,
      faces: [face({ yaw })],
    }));
    const thresholds = { ...videoThresholds, minAwaySeconds: 0 };
    const figures = videoFigures(measurements(samples), 10, thresholds);
    expect(value(figures.awayEpisodes)).to.equal(2);
  });

  it('leaves the judgement to the head while the eyes are shut', () => {
    const figures = figuresOf(frames(4, () => [face({ irisOffset: null })]));
    expect(value(figures.attention)).to.equal(1);
  });

  it('does not let an empty room pass, and judges nobody who is not there (A64)', () => {
    const figures = figuresOf(frames(20, () => []));
    expect(value(figures.facePresence)).to.equal(0);
    expect(standing(figures.facePresence)).to.equal('below');
    expect(evidence(figures.facePresence)).to.deep.equal([span(0, 10)]);
    for (const name of ['attention', 'awayEpisodes', 'framing', 'faceLight'] as const) {
      expect(value(figures[name]), name).to.equal(null);
      expect(standing(figures[name]), name).to.match(/no face/v);
    }
  });

  it('shows each absence, clipped to the end of the recording', () => {
    const samples = seen([[], [face()], [], [], [face()], []]);
    const figures = videoFigures(measurements(samples), 2.7);
    expect(value(figures.facePresence)).to.equal(0.333);
    expect(evidence(figures.facePresence)).to.deep.equal([span(0, 0.5), span(1, 2), span(2.5, 2.7)]);
  });

  for (const [what, box] of [
    ['too small', [0.48, 0.4, 0.05, 0.1]],
    ['too large', [0.25, 0.1, 0.5, 0.6]],
    ['at the left edge', [0.05, 0.3, 0.15, 0.3]],
    ['at the right edge', [0.8, 0.3, 0.15, 0.3]],
  ] as const) {
    it(`finds a face that is ${what} badly framed, and says when`, () => {
      const bad = face({ box: [...box] });
      const figures = figuresOf(frames(10, (index) => [index < 4 ? bad : face()]));
      expect(value(figures.framing)).to.equal(0.6);
      expect(evidence(figures.framing)).to.deep.equal([span(0, 2)]);
    });
  }

  it('finds a face in the shadow and a burnt-out one badly lit', () => {
    const figures = figuresOf(seen([[face({ luma: 30 })], [face()], [face()], [face({ luma: 240 })]]));
    expect(value(figures.faceLight)).to.equal(0.5);
    expect(evidence(figures.faceLight)).to.deep.equal([span(0, 0.5), span(1.5, 2)]);
  });

  it('judges the largest face', () => {
    const small = face({ box: [0.1, 0.1, 0.06, 0.12], yaw: 60, luma: 10 });
    const figures = figuresOf(frames(6, () => [small, face()]));
    expect(value(figures.attention)).to.equal(1);
    expect(value(figures.faceLight)).to.equal(1);
  });

  it('counts people only when two frames in a row agree', () => {
    const [one, two, three] = [[face()], [face(), face()], [face(), face(), face()]];
    const figures = figuresOf(seen([one, three, one, two, two, one]));
    expect(value(figures.peopleAtOnce)).to.equal(2);
    expect(standing(figures.peopleAtOnce)).to.equal('above');
    expect(evidence(figures.peopleAtOnce)).to.deep.equal([span(1.5, 2.5)]);
  });

  it('takes the samples in order of time, however they come', () => {
    const samples = frames(30, (index) => [face({ yaw: index > 20 ? 40 : 0 })]);
    const figures = videoFigures(measurements(samples.toReversed()), 15);
    expect(figures).to.deep.equal(videoFigures(measurements(samples), 15));
  });

  it('adds up dark and frozen stretches once, within the recording, the dark ones not as frozen', () => {
    const picture = {
      samplesPerSecond: 4,
      samples: [],
      dark: [span(2, 4), span(3, 5), span(9, 12)],
      frozen: [span(0, 2.5), span(6, 8)],
      sceneChangesAtSeconds: [],
    };
    const figures = videoFigures(
      measurements(
        frames(20, () => [face()]),
        { picture },
      ),
      10,
    );
    expect(value(figures.darkTime)).to.equal(4);
    expect(evidence(figures.darkTime)).to.deep.equal([span(2, 5), span(9, 10)]);
    expect(evidence(figures.frozenTime)).to.deep.equal([span(0, 2), span(6, 8)]);
  });

  it('takes the median of the blur that could be judged, and shows the soft pictures', () => {
    const blurs = [4, null, 5, 3, 9, 9, 4];
    const samples = blurs.map((blur, index) => ({ atSeconds: index / 4, luma: 100, blur }));
    const picture = { samplesPerSecond: 4, samples, dark: [], frozen: [], sceneChangesAtSeconds: [] };
    const figures = videoFigures(measurements([], { picture }), 1.75);
    expect(value(figures.blur)).to.equal(4.5);
    expect(evidence(figures.blur)).to.deep.equal([span(1, 1.5)]);
  });

  it('says why every figure is missing when there is no picture (A64)', () => {
    const figures = videoFigures(measurements(null, { picture: null }), 10);
    for (const [name, figure] of Object.entries(figures)) {
      expect(value(figure), name).to.equal(null);
      expect(standing(figure), name).to.equal('the recording has no picture');
    }
  });

  it('passes on why the picture could not be measured', () => {
    const pictureReason = 'the picture cannot be decoded';
    const figures = videoFigures(measurements(null, { picture: null, pictureReason }), 10);
    for (const [name, figure] of Object.entries(figures))
      expect(standing(figure), name).to.equal(pictureReason);
  });

  it('passes on why nobody looked for faces', () => {
    const figures = videoFigures(measurements(null, { visionReason: 'switched off' }), 10);
    expect(standing(figures.attention)).to.equal('switched off');
    expect(standing(figures.peopleAtOnce)).to.equal('switched off');
    expect(value(figures.darkTime)).to.equal(0);
    expect(standing(figures.blur)).to.match(/no picture had an edge/v);
  });

  it('says that no frame was looked at instead of dividing by nothing', () => {
    expect(standing(figuresOf([]).facePresence)).to.equal('no frame was looked at');
    expect(standing(figuresOf(seen([[face()]])).peopleAtOnce)).to.match(/one frame/v);
  });

  it('recomputes with moved thresholds', () => {
    const samples = frames(10, () => [face({ yaw: 30 })]);
    const thresholds = { ...videoThresholds, maxYawDegrees: 35 };
    expect(value(videoFigures(measurements(samples), 5, thresholds).attention)).to.equal(1);
  });

  it('gives exactly the figures of the group video, none of a person’s identity, age, sex or mood', () => {
    const names = formulaNames.filter((name) => formulas[name].group === 'video' && name !== 'objects');
    const figures = figuresOf(frames(4, () => [face()]));
    expect(Object.keys(figures)).to.have.members(names);
    expect(Object.keys(figures).join()).not.to.match(/age|sex|gender|emotion|mood|identity/iv);
  });
});
