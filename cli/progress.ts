// How does the terminal show how far the work is and how long it still takes?
import { clock } from '../report/format.ts';
import { english } from '../report/language.ts';

/** What is done of the whole, from 0 to 1, and what is being done, in words. */
interface ProgressEvent {
  readonly fraction: number;
  readonly state: string;
}

export interface Progress {
  update(event: ProgressEvent): void;
  /** Takes the line away so that what follows starts on a clean one. */
  finish(): void;
}

/** What is needed of `process.stderr`. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface ProgressOptions {
  /** Writes nothing at all, for `--json`; default false. */
  readonly silent?: boolean;
  /** Milliseconds of a clock that never goes back; default `performance.now`. */
  readonly now?: () => number;
}

const barCells = 10;
/** Terminals are redrawn at most this often. */
const redrawMs = 100;
/** Before this much is done, a guess at the time left would jump about. */
const leastFraction = 0.03;
/** How fast the measured rate follows a change: the memory in milliseconds. */
const memoryMs = 4000;

const bar = (fraction: number): string => {
  const full = Math.round(fraction * barCells);
  return `▕${'█'.repeat(full)}${'░'.repeat(barCells - full)}▏`;
};

interface Sample {
  readonly atMs: number;
  readonly fraction: number;
}

/** Estimates the time left from a rate in which older progress fades. */
export function createEstimate(): (sample: Sample) => number | null {
  let last: Sample | null = null;
  let perMs: number | null = null;
  return (sample) => {
    if (last && sample.atMs > last.atMs && sample.fraction >= last.fraction) {
      const elapsedMs = sample.atMs - last.atMs;
      const rate = (sample.fraction - last.fraction) / elapsedMs;
      const weight = 1 - Math.exp(-elapsedMs / memoryMs);
      perMs = perMs === null ? rate : perMs + weight * (rate - perMs);
    }
    if (!last || sample.atMs > last.atMs) last = sample;
    if (perMs === null || perMs <= 0 || sample.fraction < leastFraction) return null;
    return (1 - sample.fraction) / perMs / 1000;
  };
}

const percentOf = (fraction: number): string => `${String(Math.floor(fraction * 100 + 1e-6)).padStart(3)} %`;

/** One line redrawn in place on a terminal; else one plain line at each change of state. */
export function createProgress(
  stream: ProgressStream,
  { silent = false, now = () => performance.now() }: ProgressOptions = {},
): Progress {
  if (silent) return { update: () => {}, finish: () => {} };
  const estimate = createEstimate();
  let state: string | null = null;
  let drawnMs = -Infinity;
  let furthest = 0;
  return {
    update: (event) => {
      furthest = Math.max(furthest, Math.min(1, Math.max(0, event.fraction)));
      const atMs = now();
      const secondsLeft = estimate({ atMs, fraction: furthest });
      const isNewState = event.state !== state;
      state = event.state;
      if (!stream.isTTY) {
        if (isNewState) stream.write(`${percentOf(furthest)}  ${state}\n`);
        return;
      }
      if (!isNewState && furthest < 1 && atMs - drawnMs < redrawMs) return;
      drawnMs = atMs;
      const left =
        secondsLeft === null || furthest >= 1
          ? ''
          : `  ·  ${english.timeLeft(clock(Math.ceil(secondsLeft)))}`;
      const line = `${bar(furthest)} ${percentOf(furthest).trimStart()}  ${state}${left}`;
      stream.write(
        `\r${Array.from(line)
          .slice(0, (stream.columns || 80) - 1)
          .join('')}\u001b[K`,
      );
    },
    finish: () => {
      if (stream.isTTY && state !== null) stream.write('\r\u001b[K');
    },
  };
}
