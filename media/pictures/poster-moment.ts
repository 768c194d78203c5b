// Which moment of a recording makes the best still?
import { facesCamera, isWellFramed, isWellLit, largestFace } from '../../domain/face-judgement.ts';
import type { PictureMeasurements, VisionMeasurements, VisionSample } from '../../domain/measurements.ts';
import type { Poster } from '../../domain/report.ts';
import { videoThresholds } from '../../domain/video-thresholds.ts';

type PictureSample = PictureMeasurements['samples'][number];

interface PosterMeasurements {
  readonly picture: PictureMeasurements;
  readonly vision: VisionMeasurements | null;
  readonly durationSeconds: number;
}

interface Candidate {
  readonly atSeconds: number;
  readonly blur: number | null;
}

/** Mean luma under which a picture shows little. */
const minLuma = 40;

function isGood(sample: VisionSample | undefined): boolean {
  const face = sample && largestFace(sample);
  return (
    face !== null &&
    face !== undefined &&
    facesCamera(face, videoThresholds) &&
    isWellFramed(face, videoThresholds) &&
    isWellLit(face, videoThresholds)
  );
}

const softness = ({ blur }: Candidate): number => blur ?? Number.POSITIVE_INFINITY;

/** The earliest of the least blurred; one that could not be judged comes last. */
const sharpest = (candidates: readonly Candidate[]): Candidate | undefined =>
  candidates.toSorted((a, b) => softness(a) - softness(b) || a.atSeconds - b.atSeconds)[0];

/** The picture sample next to a moment lends it its blur; both look at the same frames. */
function withBlur({ samples }: PictureMeasurements, atSeconds: number): Candidate {
  const distance = (sample: PictureSample): number => Math.abs(sample.atSeconds - atSeconds);
  const nearest = samples.reduce<PictureSample | null>(
    (best, sample) => (best && distance(best) <= distance(sample) ? best : sample),
    null,
  );
  return { atSeconds, blur: nearest?.blur ?? null };
}

/**
 * The sharpest sample in which the largest face faces the camera, well framed and lit, if possible with such
 * samples before and after it (nobody is just coming or going); else the sharpest picture that is not dark;
 * else the brightest; else the start. Decided from the measurements alone.
 */
export function choosePosterMoment({ picture, vision, durationSeconds }: PosterMeasurements): Poster {
  const seen = (vision?.samples ?? []).filter(({ atSeconds }) => atSeconds < durationSeconds);
  const good = seen.filter(isGood);
  const steady = seen.filter(
    (sample, index) => isGood(sample) && isGood(seen[index - 1]) && isGood(seen[index + 1]),
  );
  const facing = sharpest(
    (steady.length > 0 ? steady : good).map(({ atSeconds }) => withBlur(picture, atSeconds)),
  );
  if (facing) {
    return {
      atSeconds: facing.atSeconds,
      reason: 'the sharpest moment at which the face looks at the camera, well framed and lit',
    };
  }
  const shown = picture.samples.filter(({ atSeconds }) => atSeconds < durationSeconds);
  const isDark = ({ atSeconds, luma }: PictureSample): boolean =>
    luma < minLuma ||
    picture.dark.some((span) => atSeconds >= span.startSeconds && atSeconds < span.endSeconds);
  const bright = sharpest(shown.filter((sample) => !isDark(sample)));
  if (bright) {
    return {
      atSeconds: bright.atSeconds,
      reason: 'the sharpest picture that is not dark; no face looks at the camera, well framed and lit',
    };
  }
  const [brightest] = shown.toSorted((a, b) => b.luma - a.luma);
  return brightest
    ? { atSeconds: brightest.atSeconds, reason: 'the brightest picture; all are dark' }
    : { atSeconds: 0, reason: 'the first picture; none was measured' };
}
