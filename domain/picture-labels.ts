// Which things stand in the picture, and when? From the labels of single frames.
import { z } from 'zod';
import { runsOf } from './sample-runs.ts';
import { roundTo, spanSchema, totalSeconds } from './span.ts';

/** One kind of thing, and when it was to be seen. */
const seenLabelSchema = z.object({
  /** As the service calls it, in English. */
  name: z.string().min(1),
  /** The highest of all its frames, 0–1. */
  confidence: z.number().min(0).max(1),
  /** Wider names of the same thing. */
  parents: z.array(z.string()),
  spans: z.array(spanSchema).min(1),
});
export type SeenLabel = z.infer<typeof seenLabelSchema>;

export const seenLabelsSchema = z.object({
  /** The service and the version of its model. */
  provider: z.string().min(1),
  /** A frame stands for the time up to the next one: no time here is finer than this. */
  secondsPerFrame: z.number().positive(),
  frameCount: z.int().positive(),
  /** What was to be seen longest comes first. */
  things: z.array(seenLabelSchema),
});
export type SeenLabels = z.infer<typeof seenLabelsSchema>;

interface Label {
  readonly name: string;
  readonly confidence: number;
  readonly parents: readonly string[];
}

export interface LabelledFrame {
  readonly atSeconds: number;
  readonly labels: readonly Label[];
}

interface LabelledFrames {
  readonly provider: string;
  readonly secondsPerFrame: number;
  readonly durationSeconds: number;
  /** In order of time. */
  readonly frames: readonly LabelledFrame[];
}

/** More is no list that anybody reads. */
const mostLabels = 50;

/** A laptop comes with "Computer" and "Electronics": only the narrowest name of a thing counts. */
function narrowest({ labels }: LabelledFrame): Label[] {
  const wider = new Set(labels.flatMap(({ parents }) => parents));
  return labels.filter(({ name }) => !wider.has(name));
}

/** Joins the labels of frames to spans, at most 50 kinds of things, the longest seen first. */
export function joinLabels(options: LabelledFrames): SeenLabels {
  const { provider, secondsPerFrame, durationSeconds } = options;
  const frames = options.frames.map((frame) => ({
    atSeconds: frame.atSeconds,
    labels: new Map(narrowest(frame).map((label) => [label.name, label])),
  }));
  const sampled = { samples: frames, samplesPerSecond: 1 / secondsPerFrame };
  const names = new Set(frames.flatMap(({ labels }) => [...labels.keys()]));
  const things = [...names].map((name): SeenLabel => {
    const seen = frames.flatMap(({ labels }) => labels.get(name) ?? []);
    const spans = runsOf({ sampled, durationSeconds, holds: ({ labels }) => labels.has(name) });
    return {
      name,
      confidence: roundTo(Math.max(...seen.map(({ confidence }) => confidence))),
      parents: [...new Set(seen.flatMap(({ parents }) => parents))],
      spans: spans.map(({ startSeconds, endSeconds }) => ({
        startSeconds: roundTo(startSeconds),
        endSeconds: roundTo(endSeconds),
      })),
    };
  });
  const byLength = things.toSorted(
    (a, b) => totalSeconds(b.spans) - totalSeconds(a.spans) || (a.name < b.name ? -1 : 1),
  );
  return { provider, secondsPerFrame, frameCount: frames.length, things: byLength.slice(0, mostLabels) };
}
