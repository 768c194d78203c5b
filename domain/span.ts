// How is a stretch of time written? In seconds from the start of the recording.
import { z } from 'zod';

/** A half-open stretch `[startSeconds, endSeconds)`, in seconds from the start of the recording. */
export const spanSchema = z.object({ startSeconds: z.number().min(0), endSeconds: z.number().min(0) });
export type Span = z.infer<typeof spanSchema>;

export const lengthSeconds = (span: Span): number => Math.max(0, span.endSeconds - span.startSeconds);

export const totalSeconds = (spans: readonly Span[]): number =>
  spans.reduce((sum, span) => sum + lengthSeconds(span), 0);

/** Milliseconds are as fine as a report gets; more digits would only be noise in a diff. */
export const roundTo = (value: number, digits = 3): number => {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
};

/** Joins spans that overlap or lie at most `gapSeconds` apart; the result is sorted. */
export function mergeSpans(spans: readonly Span[], gapSeconds = 0): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].toSorted((a, b) => a.startSeconds - b.startSeconds)) {
    const last = merged.at(-1);
    if (last && span.startSeconds <= last.endSeconds + gapSeconds) {
      merged[merged.length - 1] = { ...last, endSeconds: Math.max(last.endSeconds, span.endSeconds) };
    } else merged.push({ startSeconds: span.startSeconds, endSeconds: span.endSeconds });
  }
  return merged;
}

/** What is left of `spans` outside `holes`. */
export function withoutSpans(spans: readonly Span[], holes: readonly Span[]): Span[] {
  return spans.flatMap((span) => {
    const left: Span[] = [];
    let from = span.startSeconds;
    for (const hole of clipSpans(mergeSpans(holes), span)) {
      if (hole.startSeconds > from) left.push({ startSeconds: from, endSeconds: hole.startSeconds });
      from = hole.endSeconds;
    }
    if (span.endSeconds > from) left.push({ startSeconds: from, endSeconds: span.endSeconds });
    return left;
  });
}

/** The parts of `spans` that lie inside `window`. */
export const clipSpans = (spans: readonly Span[], window: Span): Span[] =>
  spans
    .map((span) => ({
      startSeconds: Math.max(span.startSeconds, window.startSeconds),
      endSeconds: Math.min(span.endSeconds, window.endSeconds),
    }))
    .filter((span) => span.endSeconds > span.startSeconds);
