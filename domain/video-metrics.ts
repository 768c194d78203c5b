// Which figures follow from what was seen in the picture?
import { facesCamera, isWellFramed, isWellLit, largestFace } from './face-judgement.ts';
import type { Figure } from './figure.ts';
import { knownFigure, missingFigure } from './figures.ts';
import type { FormulaName } from './formulas.ts';
import type { Face, Measurements, PictureMeasurements, VisionMeasurements } from './measurements.ts';
import { runsOf } from './sample-runs.ts';
import { clipSpans, lengthSeconds, mergeSpans, totalSeconds, withoutSpans } from './span.ts';
import type { Span } from './span.ts';
import { videoThresholds } from './video-thresholds.ts';
import type { VideoThresholds } from './video-thresholds.ts';

const faceFigures = [
  'facePresence',
  'attention',
  'awayEpisodes',
  'framing',
  'faceLight',
  'peopleAtOnce',
] as const;
const pictureFigures = ['darkTime', 'frozenTime', 'blur'] as const;

/** The formulas of the group `video`. */
export type VideoFormulaName = (typeof faceFigures)[number] | (typeof pictureFigures)[number];

export type VideoFigures = Readonly<Record<VideoFormulaName, Figure>>;

export const noPicture = 'the recording has no picture';
const noFace = 'no face was seen, so there is nothing to judge';

interface Seen {
  readonly vision: VisionMeasurements;
  readonly durationSeconds: number;
  readonly thresholds: VideoThresholds;
}

function missingAll<Name extends FormulaName>(
  names: readonly Name[],
  provenance: 'vision' | 'ffmpeg',
  reason: string,
): Record<Name, Figure> {
  const entries = names.map((name) => [name, missingFigure(name, provenance, reason)] as const);
  return Object.fromEntries(entries) as Record<Name, Figure>;
}

/** Runs in which a face is seen and the largest one fails the test. */
const failingRuns = ({ vision, durationSeconds }: Seen, passes: (face: Face) => boolean): Span[] =>
  runsOf({
    sampled: vision,
    durationSeconds,
    holds: (sample) => {
      const face = largestFace(sample);
      return face !== null && !passes(face);
    },
  });

function facePresence({ vision, durationSeconds }: Seen): Figure {
  const present = vision.samples.filter(({ faces }) => faces.length > 0).length;
  const absences = runsOf({ sampled: vision, durationSeconds, holds: ({ faces }) => faces.length === 0 });
  return knownFigure('facePresence', present / vision.samples.length, 'vision', absences);
}

function peopleAtOnce({ vision, durationSeconds }: Seen): Figure {
  const counts = vision.samples.map(({ faces }) => faces.length);
  const inARow = counts.slice(1).map((count, index) => Math.min(count, counts[index] ?? 0));
  if (inARow.length === 0) {
    return missingFigure('peopleAtOnce', 'vision', 'one frame alone cannot show who stays in the picture');
  }
  const crowds = runsOf({ sampled: vision, durationSeconds, holds: ({ faces }) => faces.length > 1 });
  const oneSampleSeconds = 1.5 / vision.samplesPerSecond;
  const lasting = crowds.filter((span) => lengthSeconds(span) > oneSampleSeconds);
  return knownFigure('peopleAtOnce', Math.max(...inARow), 'vision', lasting);
}

/** Figures that judge the speaker's face; without any face there is nothing to judge. */
function speakerFigures(
  seen: Seen,
): Pick<VideoFigures, 'attention' | 'awayEpisodes' | 'framing' | 'faceLight'> {
  const { vision, thresholds } = seen;
  const faces = vision.samples.map(largestFace).filter((face) => face !== null);
  if (faces.length === 0) {
    return missingAll(['attention', 'awayEpisodes', 'framing', 'faceLight'], 'vision', noFace);
  }
  const share = (passes: (face: Face) => boolean): number => faces.filter(passes).length / faces.length;
  const faced = (face: Face): boolean => facesCamera(face, thresholds);
  const framed = (face: Face): boolean => isWellFramed(face, thresholds);
  const lit = (face: Face): boolean => isWellLit(face, thresholds);
  const away = failingRuns(seen, faced).filter((span) => lengthSeconds(span) >= thresholds.minAwaySeconds);
  return {
    attention: knownFigure('attention', share(faced), 'vision', away),
    awayEpisodes: knownFigure('awayEpisodes', away.length, 'vision', away),
    framing: knownFigure('framing', share(framed), 'vision', failingRuns(seen, framed)),
    faceLight: knownFigure('faceLight', share(lit), 'vision', failingRuns(seen, lit)),
  };
}

function visionFigures(
  { vision, visionReason }: Measurements,
  durationSeconds: number,
  thresholds: VideoThresholds,
): Pick<VideoFigures, (typeof faceFigures)[number]> {
  if (!vision) return missingAll(faceFigures, 'vision', visionReason ?? 'faces were not looked for');
  if (vision.samples.length === 0) return missingAll(faceFigures, 'vision', 'no frame was looked at');
  const samples = vision.samples.toSorted((a, b) => a.atSeconds - b.atSeconds);
  const seen = { vision: { ...vision, samples }, durationSeconds, thresholds };
  return { facePresence: facePresence(seen), peopleAtOnce: peopleAtOnce(seen), ...speakerFigures(seen) };
}

function blur(picture: PictureMeasurements, durationSeconds: number, thresholds: VideoThresholds): Figure {
  const values = picture.samples.map((sample) => sample.blur).filter((value) => value !== null);
  const sorted = values.toSorted((a, b) => a - b);
  const [lower, upper] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (lower === undefined || upper === undefined) {
    return missingFigure('blur', 'ffmpeg', 'no picture had an edge to judge');
  }
  const median = (lower + upper) / 2;
  const soft = runsOf({
    sampled: picture,
    durationSeconds,
    holds: (sample) => sample.blur !== null && sample.blur >= median * thresholds.softPicture,
  });
  return knownFigure('blur', median, 'ffmpeg', soft);
}

/**
 * All figures of the group `video`, by the definitions of `formulas.ts`. The evidence shows what lowers a figure: the
 * absences, the away episodes, the badly framed and badly lit stretches, the dark, frozen and soft pictures.
 * Without a picture, or without a look for faces, the figures are `null` with the reason.
 */
export function videoFigures(
  measurements: Measurements,
  durationSeconds: number,
  thresholds: VideoThresholds = videoThresholds,
): VideoFigures {
  const { picture, pictureReason } = measurements;
  if (!picture) {
    const reason = pictureReason ?? noPicture;
    return {
      ...missingAll(faceFigures, 'vision', reason),
      ...missingAll(pictureFigures, 'ffmpeg', reason),
    };
  }
  const whole = { startSeconds: 0, endSeconds: durationSeconds };
  const dark = clipSpans(mergeSpans(picture.dark), whole);
  // A black picture stands still as well; it is not said twice.
  const frozen = withoutSpans(clipSpans(mergeSpans(picture.frozen), whole), picture.dark);
  return {
    ...visionFigures(measurements, durationSeconds, thresholds),
    darkTime: knownFigure('darkTime', totalSeconds(dark), 'ffmpeg', dark),
    frozenTime: knownFigure('frozenTime', totalSeconds(frozen), 'ffmpeg', frozen),
    blur: blur(picture, durationSeconds, thresholds),
  };
}
