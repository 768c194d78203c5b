// Where in the frame might a face be? BlazeFace's raw output turned into square regions.
import { crop } from './crop.ts';
import type { Frame, Point, Region } from './crop.ts';
import type { Model } from './model.ts';

/** Bazarevsky et al. (2019), BlazeFace, arXiv:1907.05047; the "back camera" model of MediaPipe. */
const input = { pixels: 256, scale: 1 / 127.5, shift: -1, isMirrored: false };
const anchorGrids = [
  { cells: 16, perCell: 2 },
  { cells: 8, perCell: 6 },
];
/** Score, box centre and size, then six landmarks of which the first two are the eyes. */
const valuesPerAnchor = 17;

interface Candidate {
  readonly score: number;
  /** All in pixels of the frame. */
  readonly centre: Point;
  readonly side: number;
  readonly imageLeftEye: Point;
  readonly imageRightEye: Point;
}

export interface DetectedFace {
  readonly score: number;
  /** The face with a margin, turned so that the eyes are level. */
  readonly region: Region;
}

const anchors: readonly Point[] = anchorGrids.flatMap(({ cells, perCell }) =>
  Array.from({ length: cells * cells * perCell }, (_, index) => {
    const cell = Math.floor(index / perCell);
    const stride = input.pixels / cells;
    return { x: ((cell % cells) + 0.5) * stride, y: (Math.floor(cell / cells) + 0.5) * stride };
  }),
);

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** The model answers in four pieces, scores and boxes for either grid; their sizes tell them apart. */
function joinGrids(outputs: readonly Float32Array[]): (anchor: number, value: number) => number {
  const [smallScores, largeScores, smallBoxes, largeBoxes] = outputs.toSorted((a, b) => a.length - b.length);
  const split = largeScores?.length ?? 0;
  return (anchor, value) => {
    const row = anchor < split ? anchor : anchor - split;
    const [scores, boxes] = anchor < split ? [largeScores, largeBoxes] : [smallScores, smallBoxes];
    const found = value === 0 ? scores?.[row] : boxes?.[row * (valuesPerAnchor - 1) + value - 1];
    return found ?? Number.NaN;
  };
}

/** The share of the two boxes' common area in their joint area. */
function overlap(a: Candidate, b: Candidate): number {
  const reach = (a.side + b.side) / 2;
  const width = Math.min(a.side, b.side, Math.max(0, reach - Math.abs(a.centre.x - b.centre.x)));
  const height = Math.min(a.side, b.side, Math.max(0, reach - Math.abs(a.centre.y - b.centre.y)));
  return (width * height) / (a.side ** 2 + b.side ** 2 - width * height);
}

function candidates(outputs: readonly Float32Array[], frame: Frame, minScore: number): Candidate[] {
  const valueAt = joinGrids(outputs);
  const perPixel = Math.max(frame.width, frame.height) / input.pixels;
  const offsetX = (frame.width - perPixel * input.pixels) / 2;
  const offsetY = (frame.height - perPixel * input.pixels) / 2;
  const found: Candidate[] = [];
  for (const [index, anchor] of anchors.entries()) {
    const score = sigmoid(valueAt(index, 0));
    if (!(score >= minScore)) continue;
    const point = (first: number): Point => ({
      x: (anchor.x + valueAt(index, first)) * perPixel + offsetX,
      y: (anchor.y + valueAt(index, first + 1)) * perPixel + offsetY,
    });
    const side = Math.max(valueAt(index, 3), valueAt(index, 4)) * perPixel;
    found.push({ score, centre: point(1), side, imageLeftEye: point(5), imageRightEye: point(7) });
  }
  return found.toSorted((a, b) => b.score - a.score);
}

/** Faces with a score of at least `minScore`, best first, none overlapping another by more than 30 %. */
export function detectFaces(model: Model, frame: Frame, minScore: number): DetectedFace[] {
  const side = Math.max(frame.width, frame.height);
  const whole = { centreX: frame.width / 2, centreY: frame.height / 2, side, angle: 0 };
  const outputs = model.run(crop(frame, whole, input), [1, input.pixels, input.pixels, 3]);
  const kept: Candidate[] = [];
  for (const candidate of candidates(outputs, frame, minScore)) {
    if (kept.every((other) => overlap(candidate, other) <= 0.3)) kept.push(candidate);
  }
  return kept.map(({ score, centre, side: boxSide, imageLeftEye, imageRightEye }) => ({
    score,
    region: {
      centreX: centre.x,
      centreY: centre.y,
      // MediaPipe trained its mesh on the detector's box enlarged by half.
      side: boxSide * 1.5,
      angle: Math.atan2(imageRightEye.y - imageLeftEye.y, imageRightEye.x - imageLeftEye.x),
    },
  }));
}
