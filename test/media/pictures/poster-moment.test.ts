// Is the poster taken where the face is best, and is there one in any case?
import { expect } from 'chai';
import type { Face, PictureMeasurements, VisionMeasurements } from '../../../domain/measurements.ts';
import { choosePosterMoment } from '../../../media/pictures/poster-moment.ts';

const goodFace: Face = {
  box: [0.44, 0.27, 0.12, 0.25],
  score: 0.95,
  yaw: 0,
  pitch: 5,
  roll: 0,
  irisOffset: 0.02,
  luma: 150,
};

/** One picture sample for each blur value, four a second. */
function pictureOf(blurs: readonly (number | null)[], lumas: readonly number[] = []): PictureMeasurements {
  const samples = blurs.map((blur, index) => ({ atSeconds: index / 4, luma: lumas[index] ?? 120, blur }));
  return { samplesPerSecond: 4, samples, dark: [], frozen: [], sceneChangesAtSeconds: [] };
}

const visionOf = (faces: readonly (Face | null)[]): VisionMeasurements => ({
  provider: 'test',
  samplesPerSecond: 2,
  samples: faces.map((face, index) => ({ atSeconds: index / 2, faces: face ? [face] : [] })),
});

const away: Face = { ...goodFace, yaw: 50 };

describe('the poster’s moment', () => {
  it('is the sharpest at which the face looks at the camera, though another picture is sharper', () => {
    const picture = pictureOf([1, 1, 1, 1, 6, 6, 4, 4, 5, 5]);
    const vision = visionOf([away, goodFace, goodFace, goodFace, goodFace]);
    const { atSeconds, reason } = choosePosterMoment({ picture, vision, durationSeconds: 2.5 });
    expect(atSeconds).to.equal(1.5);
    expect(reason).to.match(/looks at the camera/v);
  });

  it('avoids a moment at which the face is just coming or going', () => {
    const picture = pictureOf([3, 3, 2, 2, 5, 5, 3, 3, 5, 5, 5, 5]);
    const vision = visionOf([null, goodFace, goodFace, goodFace, null, null]);
    expect(choosePosterMoment({ picture, vision, durationSeconds: 3 }).atSeconds).to.equal(1);
  });

  for (const [what, face] of [
    ['turned away', away],
    ['too small', { ...goodFace, box: [0.48, 0.4, 0.03, 0.06] as Face['box'] }],
    ['in the shadow', { ...goodFace, luma: 20 }],
    ['absent', null],
  ] as const) {
    it(`is the sharpest picture that is not dark when the face is ${what}`, () => {
      const picture = pictureOf([1, 5, 3, 4], [10, 120, 120, 120]);
      const moment = choosePosterMoment({ picture, vision: visionOf([face, face]), durationSeconds: 1 });
      expect(moment.atSeconds).to.equal(0.5);
      expect(moment.reason).to.match(/not dark; no face/v);
    });
  }

  it('does not fall into a stretch that blackdetect found', () => {
    const picture = { ...pictureOf([5, 1, 1, 6]), dark: [{ startSeconds: 0.2, endSeconds: 0.7 }] };
    expect(choosePosterMoment({ picture, vision: null, durationSeconds: 1 }).atSeconds).to.equal(0);
  });

  it('is the brightest picture when all are dark', () => {
    const picture = pictureOf([null, null, null], [3, 20, 9]);
    const moment = choosePosterMoment({ picture, vision: null, durationSeconds: 1 });
    expect(moment).to.include({ atSeconds: 0.25, reason: 'the brightest picture; all are dark' });
  });

  it('never lies at or after the end', () => {
    const picture = pictureOf([5, 4, 1]);
    expect(choosePosterMoment({ picture, vision: null, durationSeconds: 0.5 }).atSeconds).to.equal(0.25);
  });

  it('is the start when nothing was measured', () => {
    expect(
      choosePosterMoment({ picture: pictureOf([]), vision: null, durationSeconds: 1 }).atSeconds,
    ).to.equal(0);
  });
});
