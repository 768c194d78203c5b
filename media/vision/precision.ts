// How fine are the numbers of a face worth keeping?
import type { Face } from '../../domain/measurements.ts';
import { roundTo } from '../../domain/span.ts';

/** Rounded to what the models can tell and a report's diff can bear: a tenth of a degree, 1/10,000 of the picture. */
export const roundFace = (face: Face): Face => ({
  box: [roundTo(face.box[0], 4), roundTo(face.box[1], 4), roundTo(face.box[2], 4), roundTo(face.box[3], 4)],
  score: roundTo(face.score),
  yaw: roundTo(face.yaw, 1),
  pitch: roundTo(face.pitch, 1),
  roll: roundTo(face.roll, 1),
  irisOffset: face.irisOffset === null ? null : roundTo(face.irisOffset),
  luma: roundTo(face.luma, 1),
});
