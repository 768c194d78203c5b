// Where does a face stop to face the camera, to be well framed and to be well lit?

export interface VideoThresholds {
  /** Degrees of the head to either side, and up or down. */
  readonly maxYawDegrees: number;
  readonly maxPitchDegrees: number;
  /** Sideways offset of the irises in eye widths. An eye turned by the angle a moves its iris by about 0.35 × sin a. */
  readonly maxIrisOffset: number;
  /** A look elsewhere that is shorter does not count as an episode. */
  readonly minAwaySeconds: number;
  /** Height of the face, hairline to chin, as a fraction of the picture's height. */
  readonly minFaceHeight: number;
  readonly maxFaceHeight: number;
  /** Where the middle of the face may stand, as a fraction of the picture's width. */
  readonly minFaceCentre: number;
  readonly maxFaceCentre: number;
  /** Mean luma of the face, 0–255. */
  readonly minFaceLuma: number;
  readonly maxFaceLuma: number;
  /** Pictures blurred this many times as much as the median are shown as evidence of blur. */
  readonly softPicture: number;
}

/**
 * The defaults; the formulas quote them. 0.15 eye widths are about 25° of the eye: a head turned by 20° whose eyes
 * look back at the camera (0.12) still passes.
 */
export const videoThresholds: VideoThresholds = {
  maxYawDegrees: 20,
  maxPitchDegrees: 20,
  maxIrisOffset: 0.15,
  minAwaySeconds: 1,
  minFaceHeight: 0.15,
  maxFaceHeight: 0.45,
  minFaceCentre: 1 / 3,
  maxFaceCentre: 2 / 3,
  minFaceLuma: 60,
  maxFaceLuma: 200,
  softPicture: 1.5,
};
