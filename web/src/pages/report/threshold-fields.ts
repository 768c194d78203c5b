// Which thresholds may be moved, within which limits, and which figures depend on them?
import type { Figure } from '../../../../domain/figure.ts';
import type { FormulaName } from '../../../../domain/formulas.ts';
import type { Report } from '../../../../domain/report.ts';
import { videoFigures } from '../../../../domain/video-metrics.ts';
import { videoThresholds, type VideoThresholds } from '../../../../domain/video-thresholds.ts';

export type ThresholdName = keyof VideoThresholds;

export interface ThresholdField {
  readonly name: ThresholdName;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  /** `ratio` is shown as per cent. */
  readonly unit: 'degrees' | 'seconds' | 'ratio' | 'luma' | 'eyeWidths' | 'times';
  readonly figure: FormulaName;
}

/** In the order of the panel. */
export const thresholdFields: readonly ThresholdField[] = [
  { name: 'maxYawDegrees', least: 5, most: 60, step: 1, unit: 'degrees', figure: 'attention' },
  { name: 'maxPitchDegrees', least: 5, most: 60, step: 1, unit: 'degrees', figure: 'attention' },
  { name: 'maxIrisOffset', least: 0.02, most: 0.5, step: 0.01, unit: 'eyeWidths', figure: 'attention' },
  { name: 'minAwaySeconds', least: 0.5, most: 10, step: 0.5, unit: 'seconds', figure: 'awayEpisodes' },
  { name: 'minFaceHeight', least: 0.02, most: 0.5, step: 0.01, unit: 'ratio', figure: 'framing' },
  { name: 'maxFaceHeight', least: 0.2, most: 1, step: 0.01, unit: 'ratio', figure: 'framing' },
  { name: 'minFaceCentre', least: 0, most: 0.5, step: 0.01, unit: 'ratio', figure: 'framing' },
  { name: 'maxFaceCentre', least: 0.5, most: 1, step: 0.01, unit: 'ratio', figure: 'framing' },
  { name: 'minFaceLuma', least: 0, most: 150, step: 5, unit: 'luma', figure: 'faceLight' },
  { name: 'maxFaceLuma', least: 150, most: 255, step: 5, unit: 'luma', figure: 'faceLight' },
  { name: 'softPicture', least: 1.1, most: 4, step: 0.1, unit: 'times', figure: 'blur' },
];

export const defaultThresholds = videoThresholds;

export const areDefaults = (thresholds: VideoThresholds): boolean =>
  thresholdFields.every(({ name }) => thresholds[name] === videoThresholds[name]);

/** The report with its figures of the picture computed anew; the same object with the thresholds as they are. */
export function withThresholds(report: Report, thresholds: VideoThresholds): Report {
  if (areDefaults(thresholds) || !report.measurements.picture) return report;
  const { durationSeconds } = report.recording;
  const figures = videoFigures(report.measurements, durationSeconds, thresholds);
  return { ...report, figures: { ...report.figures, ...figures } };
}

const isSame = (one: Figure, other: Figure): boolean =>
  one.value === other.value &&
  (one.value === null || other.value === null || one.evidence.length === other.evidence.length);

/** Figures whose value, or number of moments, is another one than in the report as it came. */
export const changedFigures = (original: Report, shown: Report): ReadonlySet<FormulaName> =>
  original === shown
    ? new Set()
    : new Set(
        (Object.keys(shown.figures) as FormulaName[]).filter(
          (name) => !isSame(original.figures[name], shown.figures[name]),
        ),
      );
