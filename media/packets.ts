// How long is each stream really? Read from its packets, since a live recording's header says nothing.
import type { Container } from '../domain/recording.ts';
import { throwUnlessItsOwnEnd } from './child-failure.ts';
import { memoryGuard, probeLimits, processSeconds, safeInput } from './input-arguments.ts';
import { readLines, runProcess } from './process.ts';
import type { MediaTools } from './tools.ts';

/** What the packets of one stream tell; those that an edit list hides from players are left out. */
export interface StreamPackets {
  readonly count: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** The longest time from one frame to the next, in the order in which they are shown. */
  readonly longestGapSeconds: number;
  /** The longest time that a player may have to decode to get to a moment: from key frame to key frame or the end. */
  readonly longestKeyframeGapSeconds: number;
}

interface Tally {
  count: number;
  startSeconds: number;
  /** When the frame that is shown last begins, and when it ends. */
  lastSeconds: number;
  endSeconds: number;
  /** Frames are decoded in another order than they are shown (B-frames). */
  isReordered: boolean;
  longestGapSeconds: number;
  longestKeyframeGapSeconds: number;
  keyframeSeconds: number;
  /** The newest times, ascending: B-frames come out of order, by at most 16 frames. */
  readonly waiting: number[];
  shownSeconds: number | null;
  /** The newest times from one frame to the next, at most 31. */
  readonly gaps: number[];
}

export interface PacketScan {
  /** By stream index; a stream without packets is missing. */
  readonly streams: ReadonlyMap<number, StreamPackets>;
  /** Where the time line breaks: what comes after is not counted. */
  readonly breaks: TimeBreak | null;
  /** The newest time that any packet claims, past a hole too; 0 without packets. */
  readonly latestSeconds: number;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/**
 * A `restart`: the times begin anew, as when two recordings were written into one file; `atByte` is where.
 * A `hole`: nothing at all is recorded for more than a minute.
 */
export interface TimeBreak {
  readonly kind: 'restart' | 'hole';
  readonly atByte: number | null;
}

const longestHoleSeconds = 60;
const longestStepBackSeconds = 1;

/**
 * Demuxes the whole file without decoding (0.07 CPU s per minute of video).
 * @throws ResourceExhausted, TemporaryFailure when ffprobe was ended: the file is not the shorter for it
 */
export async function scanPackets(
  source: { readonly path: string; readonly container: Container },
  tools: MediaTools,
  signal: AbortSignal,
): Promise<PacketScan> {
  const counter = createCounter();
  const result = await runProcess({
    command: tools.ffprobe,
    args: [
      '-v',
      'error',
      ...memoryGuard,
      '-show_entries',
      'packet=stream_index,pts_time,dts_time,duration_time,pos,flags',
      '-of',
      'csv=p=0',
      ...safeInput(source.path, source.container),
    ],
    signal,
    timeoutSeconds: processSeconds.packets,
    limits: probeLimits,
    onStart: tools.onCommand,
    onStdout: readLines(counter.onLine),
  });
  throwUnlessItsOwnEnd(result, 'The look at the packets');
  counter.finish();
  return {
    streams: counter.streams,
    breaks: counter.breaks(),
    latestSeconds: counter.latest(),
    stderr: result.stderr,
    exitCode: result.exitCode,
  };
}

const reorderFrames = 17;

/** Lets frames go on show until only `keep` wait, and measures from one to the next. */
function show(tally: Tally, keep: number): void {
  while (tally.waiting.length > keep) {
    const at = tally.waiting.shift();
    if (at === undefined) return;
    if (tally.shownSeconds !== null) {
      const gap = Math.max(0, at - tally.shownSeconds);
      tally.longestGapSeconds = Math.max(tally.longestGapSeconds, gap);
      if (tally.gaps.push(gap) > 31) tally.gaps.shift();
    }
    tally.shownSeconds = Math.max(at, tally.shownSeconds ?? at);
  }
}

/**
 * MP4 with B-frames gives no durations (up to FFmpeg 5) or the time to the next frame decoded (from 8 on): then the last
 * frame lasts as long as most frames before it.
 */
function lastFrame(tally: Tally): void {
  const { gaps, shownSeconds } = tally;
  if (shownSeconds === null || (tally.endSeconds > shownSeconds && !tally.isReordered)) return;
  const median = gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 0;
  tally.endSeconds = shownSeconds + median;
}

function keyframeAt(tally: Tally, at: number): void {
  tally.longestKeyframeGapSeconds = Math.max(tally.longestKeyframeGapSeconds, at - tally.keyframeSeconds);
  tally.keyframeSeconds = at;
}

interface Packet {
  readonly at: number;
  readonly end: number;
  readonly isKeyframe: boolean;
}

function addPacket(streams: Map<number, Tally>, index: number, { at, end, isKeyframe }: Packet): void {
  let tally = streams.get(index);
  if (!tally) {
    tally = {
      count: 0,
      startSeconds: at,
      lastSeconds: at,
      endSeconds: end,
      isReordered: false,
      longestGapSeconds: 0,
      longestKeyframeGapSeconds: 0,
      keyframeSeconds: at,
      waiting: [],
      shownSeconds: null,
      gaps: [],
    };
    streams.set(index, tally);
  }
  tally.count += 1;
  tally.startSeconds = Math.min(tally.startSeconds, at);
  if (at >= tally.lastSeconds) {
    tally.lastSeconds = at;
    tally.endSeconds = end;
  } else tally.isReordered = true;
  if (isKeyframe) keyframeAt(tally, at);
  const place = tally.waiting.findLastIndex((earlier) => earlier <= at) + 1;
  tally.waiting.splice(place, 0, at);
  show(tally, reorderFrames);
}

const numberOrNull = (field: string | undefined): number | null =>
  field !== undefined && field !== '' && Number.isFinite(Number(field)) ? Number(field) : null;

/** Takes lines `stream,pts,dts,duration,position,flags` in the order of the file; what is unknown stands as N/A. */
function createCounter() {
  const streams = new Map<number, Tally>();
  const lastDecoded = new Map<number, number>();
  let furthest: number | null = null;
  let latest = 0;
  let found: TimeBreak | null = null;
  const onLine = (line: string): void => {
    const [stream, pts, dts, duration, position, flags] = line.split(',');
    // `D`: an edit list or the encoder's delay hides this packet from players.
    if (flags?.includes('D')) return;
    const index = numberOrNull(stream);
    const at = numberOrNull(pts) ?? numberOrNull(dts);
    if (index === null || at === null) return;
    latest = Math.max(latest, at);
    if (found) return;
    const decodedAt = numberOrNull(dts) ?? at;
    const stepBack = (lastDecoded.get(index) ?? decodedAt) - decodedAt;
    if (stepBack > longestStepBackSeconds) found = { kind: 'restart', atByte: numberOrNull(position) };
    else if (furthest !== null && decodedAt - furthest > longestHoleSeconds)
      found = { kind: 'hole', atByte: numberOrNull(position) };
    if (found) return;
    lastDecoded.set(index, decodedAt);
    const lasts = numberOrNull(duration) ?? 0;
    const end = at + lasts;
    // An MP4 fills a hole by stretching the frame before it.
    furthest = Math.max(furthest ?? at, at, decodedAt + (lasts > longestHoleSeconds ? 0 : lasts));
    addPacket(streams, index, { at, end, isKeyframe: flags?.includes('K') ?? false });
  };
  const finish = (): void => {
    const ends = [...streams.values()].map((tally) => tally.endSeconds);
    if (furthest !== null && Math.max(...ends) - furthest > longestHoleSeconds)
      found ??= { kind: 'hole', atByte: null };
    for (const tally of streams.values()) {
      show(tally, 0);
      lastFrame(tally);
      keyframeAt(tally, tally.endSeconds);
    }
  };
  return { streams, onLine, finish, latest: () => latest, breaks: () => found };
}
