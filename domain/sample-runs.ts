// For how long does something hold, when it was only looked at now and then?
import type { Span } from './span.ts';

interface Sampled<S> {
  readonly samples: readonly S[];
  readonly samplesPerSecond: number;
}

interface RunOptions<S> {
  readonly sampled: Sampled<S>;
  /** Nothing lasts beyond the end of the recording. */
  readonly durationSeconds: number;
  readonly holds: (sample: S) => boolean;
}

/**
 * The stretches in which `holds` is true of every sample. A sample stands for the time up to the next one;
 * where samples are missing, a run ends one sampling period after its last sample.
 */
export function runsOf<S extends { readonly atSeconds: number }>(options: RunOptions<S>): Span[] {
  const { sampled, durationSeconds, holds } = options;
  const periodSeconds = 1 / sampled.samplesPerSecond;
  const runs: Span[] = [];
  let last: { startSeconds: number; endSeconds: number } | null = null;
  for (const sample of sampled.samples) {
    if (!holds(sample)) {
      last = null;
      continue;
    }
    const endSeconds = Math.max(
      sample.atSeconds,
      Math.min(sample.atSeconds + periodSeconds, durationSeconds),
    );
    if (last && sample.atSeconds <= last.endSeconds + periodSeconds / 2) last.endSeconds = endSeconds;
    else {
      last = { startSeconds: sample.atSeconds, endSeconds };
      runs.push(last);
    }
  }
  return runs;
}
