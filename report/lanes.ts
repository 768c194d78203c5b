// What stands on each row of the time line? Data only; a page draws it.
import type { Evidence, Figure } from '../domain/figure.ts';
import type { FormulaName } from '../domain/formulas.ts';
import type { Face, VisionSample } from '../domain/measurements.ts';
import type { Report } from '../domain/report.ts';
import type { Span } from '../domain/span.ts';
import type { Said } from './catalogue.ts';
import { sentenceOf, titleOf } from './catalogue.ts';
import type { ReportLanguage } from './language.ts';
import { toMark, wordKinds, type Mark, type WordKind } from './marks.ts';

/** A curve as points of time and height, 0 at the foot of the row and 1 at its top. */
export interface Curve {
  readonly name: 'yaw' | 'pitch' | 'loudness';
  readonly points: readonly { readonly atSeconds: number; readonly height: number }[];
}

export type LaneId =
  | 'face'
  | 'attention'
  | 'light'
  | 'frozen'
  | 'loudness'
  | 'silences'
  | 'fillers'
  | 'hedges'
  | 'repeats'
  | 'chosen';

export interface Lane {
  readonly id: LaneId;
  readonly label: string;
  /** What the curves mean, or `null`. */
  readonly key: string | null;
  readonly marks: readonly Mark[];
  readonly curves: readonly Curve[];
  /** Shown in place of an empty row: that there was none, or why nothing is known. */
  readonly note: Said | null;
}

/** Degrees at the foot and the top of the attention row. */
const steepestDegrees = 50;
/** A figure keeps no more than this, so that a full row may not be the whole truth. */
const mostEvidence = 100;
const quietestLufs = -60;
const loudestLufs = -10;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Words of the page’s own language. */
const own = (text: string): Said => ({ text, lang: null });

const evidenceOf = (figure: Figure): readonly Evidence[] => (figure.value === null ? [] : figure.evidence);

/** Runs of samples with and without a face; each sample stands for the time until the next one. */
function faceRuns(
  samples: readonly VisionSample[],
  samplesPerSecond: number,
): { span: Span; seen: boolean }[] {
  const runs: { span: Span; seen: boolean }[] = [];
  for (const sample of samples) {
    const seen = sample.faces.length > 0;
    const endSeconds = sample.atSeconds + 1 / samplesPerSecond;
    const last = runs.at(-1);
    if (last?.seen === seen) last.span.endSeconds = endSeconds;
    else runs.push({ span: { startSeconds: last?.span.endSeconds ?? sample.atSeconds, endSeconds }, seen });
  }
  return runs;
}

const largestFace = (sample: VisionSample): Face | undefined =>
  sample.faces.toSorted((a, b) => b.box[2] * b.box[3] - a.box[2] * a.box[3])[0];

/** One curve per unbroken run with a face, so that no line is drawn where no face was seen. */
function headCurves(samples: readonly VisionSample[], name: 'yaw' | 'pitch'): Curve[] {
  const curves: Curve['points'][number][][] = [[]];
  for (const sample of samples) {
    const face = largestFace(sample);
    if (face) {
      const height = clamp(0.5 - face[name] / steepestDegrees / 2);
      curves.at(-1)?.push({ atSeconds: sample.atSeconds, height });
    } else if (curves.at(-1)?.length !== 0) curves.push([]);
  }
  return curves.filter((points) => points.length > 1).map((points) => ({ name, points }));
}

function visionLanes(report: Report, language: ReportLanguage): Lane[] {
  const { vision, visionReason, picture } = report.measurements;
  const missing =
    visionReason === null
      ? own(picture ? language.notMeasured : language.noStreamPicture)
      : sentenceOf(visionReason, language);
  const runs = vision ? faceRuns(vision.samples, vision.samplesPerSecond) : [];
  const away = evidenceOf(report.figures.awayEpisodes);
  const curves = vision ? [...headCurves(vision.samples, 'yaw'), ...headCurves(vision.samples, 'pitch')] : [];
  return [
    {
      id: 'face',
      label: language.lanes.face,
      key: null,
      marks: runs.map(({ span, seen }) => toMark(span, seen ? 'face' : 'noFace', language)),
      curves: [],
      note: vision ? null : missing,
    },
    {
      id: 'attention',
      label: language.lanes.attention,
      key: curves.length > 0 ? language.attentionKey : null,
      marks: away.map((span) => toMark(span, 'away', language)),
      curves,
      note: vision ? (curves.length + away.length > 0 ? null : own(language.none)) : missing,
    },
  ];
}

function pictureLane(report: Report, id: 'light' | 'frozen', language: ReportLanguage): Lane {
  const { picture } = report.measurements;
  const marks =
    id === 'frozen'
      ? (picture?.frozen ?? []).map((span) => toMark(span, 'frozen', language))
      : [
          ...evidenceOf(report.figures.faceLight).map((span) => toMark(span, 'badLight', language)),
          ...(picture?.dark ?? []).map((span) => toMark(span, 'dark', language)),
        ];
  return {
    id,
    label: language.lanes[id],
    key: null,
    marks,
    curves: [],
    note: marks.length > 0 ? null : own(picture ? language.none : language.noStreamPicture),
  };
}

function soundLanes(report: Report, language: ReportLanguage): Lane[] {
  const { audio } = report.measurements;
  const long = evidenceOf(report.figures.longPauses);
  const isLong = (span: Span): boolean =>
    long.some((one) => one.startSeconds < span.endSeconds && one.endSeconds > span.startSeconds);
  const points = (audio?.shortTerm ?? []).map(({ atSeconds, lufs }) => ({
    atSeconds,
    height: clamp((lufs - quietestLufs) / (loudestLufs - quietestLufs)),
  }));
  const silences = (audio?.silences ?? []).map((span) =>
    toMark(span, isLong(span) ? 'longPause' : 'silence', language),
  );
  const note = (isEmpty: boolean): Said | null =>
    audio ? (isEmpty ? own(language.none) : null) : own(language.noStreamSound);
  return [
    {
      id: 'loudness',
      label: language.lanes.loudness,
      key: points.length > 1 ? language.loudnessKey : null,
      marks: [],
      curves: points.length > 1 ? [{ name: 'loudness', points }] : [],
      note: audio && points.length === 1 ? own(language.notMeasured) : note(points.length === 0),
    },
    {
      id: 'silences',
      label: language.lanes.silences,
      key: null,
      marks: silences,
      curves: [],
      note: note(silences.length === 0),
    },
  ];
}

function wordLane(
  report: Report,
  lane: { id: 'fillers' | 'hedges' | 'repeats'; kind: WordKind; figure: FormulaName },
  language: ReportLanguage,
): Lane {
  const figure = report.figures[lane.figure];
  const evidence = evidenceOf(figure);
  return {
    id: lane.id,
    label: language.lanes[lane.id],
    key: evidence.length >= mostEvidence ? language.mostEvidence(mostEvidence) : null,
    marks: evidence.map((span) => toMark(span, lane.kind, language)),
    curves: [],
    note:
      figure.value === null
        ? sentenceOf(figure.reason, language)
        : evidence.length > 0
          ? null
          : own(language.none),
  };
}

/** A row for the moments of one figure, whichever it is. */
export const laneOfFigure = (figure: Figure, language: ReportLanguage): Lane => {
  const evidence = evidenceOf(figure);
  return {
    id: 'chosen',
    label: titleOf(figure.formula, language),
    key: language.evidence,
    marks: evidence.map((span) => toMark(span, 'chosen', language)),
    curves: [],
    note: evidence.length > 0 ? null : own(language.none),
  };
};

/** The rows from top to bottom: what was seen, what was heard, what was said. */
export const lanesOf = (report: Report, language: ReportLanguage): Lane[] => [
  ...visionLanes(report, language),
  pictureLane(report, 'light', language),
  pictureLane(report, 'frozen', language),
  ...soundLanes(report, language),
  ...wordKinds.map((lane) => wordLane(report, lane, language)),
];

/** How long the time line is: the video's length, or the recording's when there is no video. */
export const lengthOf = (report: Report): number =>
  Math.max(report.playback?.durationSeconds ?? 0, report.recording.durationSeconds);
