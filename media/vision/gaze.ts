// How far do the irises sit from the middle of the eyes?
import { crop } from './crop.ts';
import type { Frame, Region } from './crop.ts';
import type { MeshPoint } from './mesh.ts';
import type { Model } from './model.ts';

/** Ablavatski et al. (2020), Real-time Pupil Tracking, arXiv:2006.11341; trained on eyes at the left of the picture. */
const input = { pixels: 64, scale: 1 / 255, shift: 0 };

/** Corners in the mesh from the left of the picture to the right; the eye at the right is shown mirrored. */
const eyes = [
  { imageLeft: 33, imageRight: 133, isMirrored: false },
  { imageLeft: 362, imageRight: 263, isMirrored: true },
] as const;

/** Points of the model's answer: 71 around the eye, then five of the iris. */
const contour = { outerCorner: 0, innerCorner: 8, lowerLid: 4, upperLid: 12, iris: 71 } as const;
const pointCount = 76;

/** Under this width in pixels, the iris is about two pixels wide and its place a guess. */
const minEyeWidthPixels = 6;
/** Under this height of the lid gap, in eye widths, the eye is shut. */
const minOpenness = 0.12;

interface EyeReading {
  /** Sideways from the middle of the eye in eye widths, positive to the right of the picture. */
  readonly offset: number;
  readonly openness: number;
}

function readEye(values: Float32Array, isMirrored: boolean): EyeReading {
  const at = (point: number): [number, number] => {
    const x = values[point * 3] ?? 0;
    return [isMirrored ? input.pixels - x : x, values[point * 3 + 1] ?? 0];
  };
  const [outer, inner] = [at(contour.outerCorner), at(contour.innerCorner)];
  const [from, to] = isMirrored ? [inner, outer] : [outer, inner];
  const [lower, upper, iris] = [at(contour.lowerLid), at(contour.upperLid), at(contour.iris)];
  const across = [to[0] - from[0], to[1] - from[1]] as const;
  const width = Math.hypot(...across);
  const along = (iris[0] - (from[0] + to[0]) / 2) * across[0] + (iris[1] - (from[1] + to[1]) / 2) * across[1];
  return {
    offset: along / width ** 2,
    openness: Math.hypot(lower[0] - upper[0], lower[1] - upper[1]) / width,
  };
}

/**
 * The sideways offset of the irises, 0–0.5 eye widths, mean of both eyes so that squinting and the model's
 * noise cancel out; `null` when an eye is under 6 pixels wide or shut.
 */
export function irisOffset(model: Model, frame: Frame, mesh: readonly MeshPoint[]): number | null {
  const regions: Region[] = [];
  for (const { imageLeft, imageRight } of eyes) {
    const [from, to] = [mesh[imageLeft], mesh[imageRight]];
    if (!from || !to) return null;
    const width = Math.hypot(to.x - from.x, to.y - from.y);
    if (width < minEyeWidthPixels) return null;
    regions.push({
      centreX: (from.x + to.x) / 2,
      centreY: (from.y + to.y) / 2,
      side: width * 2.3,
      angle: Math.atan2(to.y - from.y, to.x - from.x),
    });
  }
  const pixels = new Float32Array(eyes.length * input.pixels ** 2 * 3);
  for (const [index, region] of regions.entries()) {
    const isMirrored = eyes[index]?.isMirrored ?? false;
    pixels.set(crop(frame, region, { ...input, isMirrored }), index * input.pixels ** 2 * 3);
  }
  const [answer = new Float32Array()] = model.run(pixels, [eyes.length, input.pixels, input.pixels, 3]);
  const readings = eyes.map(({ isMirrored }, index) =>
    readEye(answer.subarray(index * pointCount * 3, (index + 1) * pointCount * 3), isMirrored),
  );
  if (readings.some(({ openness }) => !(openness >= minOpenness))) return null;
  const mean = readings.reduce((sum, { offset }) => sum + offset, 0) / readings.length;
  return Math.min(0.5, Math.abs(mean));
}
