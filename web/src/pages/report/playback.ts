// How does the page move the player, and how does it learn where the player is?

/** What a control shows; a new object at each change. */
export interface PlaybackState {
  readonly isPlaying: boolean;
  readonly isMuted: boolean;
  readonly rate: number;
  /** The browser could not load or play what it was given. */
  readonly hasFailed: boolean;
}

export interface Playback {
  readonly lengthSeconds: number;
  /** Seconds; also when there is nothing to play, so that the time line works all the same. */
  readonly position: () => number;
  /** Moves to a second within the recording; plays from there if asked. */
  readonly seek: (seconds: number, options?: { readonly play?: boolean }) => void;
  readonly toggle: () => void;
  readonly pause: () => void;
  readonly setRate: (rate: number) => void;
  readonly toggleMute: () => void;
  /** Told of every change of position, at most once per picture, and at once; returns how to stop. */
  readonly onMove: (listener: (seconds: number) => void) => () => void;
  readonly state: () => PlaybackState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Follows a media element from now on; returns how to leave it. An address that fails and is replaced goes on where it
   * was, playing if it played. */
  readonly attach: (media: HTMLMediaElement | null) => () => void;
}

const moving = ['timeupdate', 'seeking', 'seeked'] as const;
const changing = ['play', 'pause', 'ended', 'volumechange', 'ratechange', 'error', 'loadedmetadata'] as const;

const resting: PlaybackState = { isPlaying: false, isMuted: false, rate: 1, hasFailed: false };

const stateOf = (media: HTMLMediaElement): PlaybackState => ({
  isPlaying: !media.paused && !media.ended,
  isMuted: media.muted,
  rate: media.playbackRate,
  hasFailed: media.error !== null,
});

/** A browser may refuse to play, or be interrupted; the moment is shown all the same. */
const play = (media: HTMLMediaElement): void => void media.play().catch(() => undefined);

function createNotices<T extends unknown[]>() {
  const listeners = new Set<(...told: T) => void>();
  return {
    listen: (listener: (...told: T) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: (...told: T): void => {
      for (const listener of listeners) listener(...told);
    },
  };
}

/** Follows one media element after the other; keeps the position over a change of its address. */
export function createPlayback(lengthSeconds: number): Playback {
  const moves = createNotices<[number]>();
  const changes = createNotices<[]>();
  let media: HTMLMediaElement | null = null;
  let position = 0;
  let state = resting;
  let wasInterrupted = false;

  const moved = (): void => {
    // Before its metadata are there, an element says 0 whatever it will be told.
    if (media && media.readyState > 0) position = media.currentTime;
    moves.tell(position);
  };
  const follow = (): void => {
    moved();
    if (media && !media.paused) requestAnimationFrame(follow);
  };
  const changed = (): void => {
    if (media) {
      const next = stateOf(media);
      if (next.hasFailed) wasInterrupted ||= state.isPlaying;
      state = next.hasFailed ? { ...next, isPlaying: false } : next;
    }
    changes.tell();
    if (state.isPlaying) requestAnimationFrame(follow);
  };
  const restore = (): void => {
    if (!media) return;
    if (Math.abs(media.currentTime - position) > 0.01) media.currentTime = position;
    if (wasInterrupted) play(media);
    wasInterrupted = false;
  };
  return {
    lengthSeconds,
    position: () => position,
    seek(seconds, options = {}) {
      position = Math.min(lengthSeconds, Math.max(0, seconds));
      if (media && media.readyState > 0) media.currentTime = position;
      moves.tell(position);
      if (media && options.play === true) play(media);
    },
    toggle() {
      if (media?.paused) play(media);
      else media?.pause();
    },
    pause: () => media?.pause(),
    setRate(rate) {
      if (!media) return;
      media.defaultPlaybackRate = rate;
      media.playbackRate = rate;
    },
    toggleMute() {
      if (media) media.muted = !media.muted;
    },
    onMove(listener) {
      listener(position);
      return moves.listen(listener);
    },
    state: () => state,
    subscribe: changes.listen,
    attach: (element) => {
      if (!element) return () => undefined;
      const leaving = new AbortController();
      const { signal } = leaving;
      media = element;
      element.addEventListener('loadedmetadata', restore, { signal });
      for (const event of moving) element.addEventListener(event, moved, { signal });
      for (const event of changing) element.addEventListener(event, changed, { signal });
      changed();
      return () => {
        leaving.abort();
        if (media === element) media = null;
      };
    },
  };
}
