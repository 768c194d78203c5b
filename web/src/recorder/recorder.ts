// How is a practice answer recorded? MediaRecorder's chunks go to a sink as they come; the clock says when to stop.
import type { ChunkSink } from './chunk-sink.ts';
import { watchLimit } from './limit-watch.ts';
import { nextState, type EndReason, type RecorderEvent, type RecorderState } from './recorder-state.ts';
import { createRecordingClock } from './recording-clock.ts';

/** Milliseconds of one chunk: with the distance of key frames, what a crash may cost. */
const chunkMs = 500;

type Media = Pick<MediaRecorder, 'start' | 'pause' | 'resume' | 'stop' | 'state' | 'addEventListener'>;
type Track = Pick<MediaStreamTrack, 'addEventListener'>;

export interface RecorderSurroundings {
  readonly media: Media;
  readonly tracks: readonly Track[];
  readonly sink: ChunkSink;
  readonly limitSeconds: number;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  readonly setInterval: (look: () => void, ms: number) => unknown;
  readonly clearInterval: (timer: unknown) => void;
}

export interface Recorder {
  readonly state: () => RecorderState;
  readonly elapsedSeconds: () => number;
  readonly subscribe: (listener: () => void) => () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: (reason?: EndReason) => void;
  /** Compares the clock with the limit; for whoever wakes the page up. */
  readonly look: () => void;
}

/** Starts recording at once. It ends by itself at the limit, when a device goes, or when the sink is full. */
export function startRecorder(surroundings: RecorderSurroundings): Recorder {
  const { media, tracks, sink, limitSeconds } = surroundings;
  const clock = createRecordingClock(surroundings.now);
  const listeners = new Set<() => void>();
  let state: RecorderState = { name: 'starting' };
  const apply = (event: RecorderEvent): boolean => {
    const next = nextState(state, event);
    if (next === state) return false;
    state = next;
    for (const listener of listeners) listener();
    return true;
  };
  const end = (reason: EndReason): void => {
    if (!apply({ name: 'end', reason })) return;
    clock.pause();
    watch.end();
    if (media.state !== 'inactive') media.stop();
  };
  const finish = async (): Promise<void> => {
    // An encoder that gives up stops without being told.
    end('encoder-failed');
    apply({ name: 'stored', sizeBytes: await sink.end() });
  };
  const watch = watchLimit({
    ...surroundings,
    clock,
    onWarning: () => apply({ name: 'near-limit' }),
    onLimit: () => end('limit'),
  });

  media.addEventListener('start', () => {
    if (apply({ name: 'started' })) clock.start();
  });
  media.addEventListener('dataavailable', ({ data }) => {
    sink.add(data, Math.min(limitSeconds, clock.elapsedMs() / 1000));
    watch.look();
  });
  media.addEventListener('error', () => end('encoder-failed'));
  media.addEventListener('stop', () => void finish());
  for (const track of tracks) track.addEventListener('ended', () => end('device-lost'));
  media.start(chunkMs);

  return {
    state: () => state,
    elapsedSeconds: () => Math.min(limitSeconds, clock.elapsedMs() / 1000),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pause() {
      if (!apply({ name: 'paused' })) return;
      clock.pause();
      media.pause();
    },
    resume() {
      if (!apply({ name: 'resumed' })) return;
      media.resume();
      clock.start();
    },
    stop: (reason = 'user') => end(reason),
    look: watch.look,
  };
}
