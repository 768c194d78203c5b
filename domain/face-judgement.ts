// Does a face look at the camera, and is it well framed and well lit?
import type { Face, VisionSample } from './measurements.ts';
import type { VideoThresholds } from './video-thresholds.ts';

const area = ({ box }: Face): number => box[2] * box[3];

/** The largest face by the area of its box, which is taken for the speaker's; `null` without a face. */
export function largestFace({ faces }: VisionSample): Face | null {
  return faces.reduce<Face | null>(
    (largest, face) => (largest && area(largest) >= area(face) ? largest : face),
    null,
  );
}

/** Unknown irises (shut or tiny eyes) leave the judgement to the head: a blink is not a look elsewhere. */
export const facesCamera = ({ yaw, pitch, irisOffset }: Face, thresholds: VideoThresholds): boolean =>
  Math.abs(yaw) <= thresholds.maxYawDegrees &&
  Math.abs(pitch) <= thresholds.maxPitchDegrees &&
  (irisOffset ?? 0) <= thresholds.maxIrisOffset;

export function isWellFramed({ box: [left, , width, height] }: Face, thresholds: VideoThresholds): boolean {
  const centre = left + width / 2;
  return (
    height >= thresholds.minFaceHeight &&
    height <= thresholds.maxFaceHeight &&
    centre >= thresholds.minFaceCentre &&
    centre <= thresholds.maxFaceCentre
  );
}

export const isWellLit = ({ luma }: Face, thresholds: VideoThresholds): boolean =>
  luma >= thresholds.minFaceLuma && luma <= thresholds.maxFaceLuma;
