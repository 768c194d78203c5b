// Does the page know where the player is, whatever happens to the video?
import { expect } from 'chai';
import { createPlayback } from '../../../web/src/pages/report/playback.ts';

/** What of a media element the page uses; Node has none. */
class FakeMedia extends EventTarget {
  currentTime = 0;
  readyState = 4;
  paused = true;
  ended = false;
  muted = false;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  error: unknown = null;
  play(): Promise<void> {
    this.paused = false;
    this.dispatchEvent(new Event('play'));
    return Promise.resolve();
  }
  pause(): void {
    this.paused = true;
    this.dispatchEvent(new Event('pause'));
  }
  /** As a browser does with a new address. */
  load(): void {
    this.error = null;
    this.currentTime = 0;
    this.paused = true;
    this.readyState = 0;
  }
}

const attached = (lengthSeconds = 60) => {
  const playback = createPlayback(lengthSeconds);
  const media = new FakeMedia();
  const detach = playback.attach(media as unknown as HTMLMediaElement);
  return { playback, media, detach };
};

describe('playback of a report', () => {
  before(() => {
    globalThis.requestAnimationFrame ??= () => 0;
  });

  it('moves within the recording only, also without anything to play', () => {
    const playback = createPlayback(60);
    const seen: number[] = [];
    playback.onMove((seconds) => seen.push(seconds));
    for (const target of [12, -5, 99]) playback.seek(target, { play: true });
    expect(seen).to.deep.equal([0, 12, 0, 60]);
  });

  it('follows the video, and plays from a moment when asked', () => {
    const { playback, media } = attached();
    playback.seek(20, { play: true });
    expect(media).to.include({ currentTime: 20, paused: false });
    media.currentTime = 21;
    media.dispatchEvent(new Event('timeupdate'));
    expect(playback.position()).to.equal(21);
    expect(playback.state().isPlaying).to.equal(true);
  });

  it('goes on where it was, playing, when an ended address is replaced', () => {
    const { playback, media } = attached();
    playback.seek(20, { play: true });
    media.error = { code: 2 };
    media.dispatchEvent(new Event('error'));
    expect(playback.state()).to.include({ hasFailed: true, isPlaying: false });
    media.load();
    media.dispatchEvent(new Event('timeupdate'));
    media.readyState = 1;
    media.dispatchEvent(new Event('loadedmetadata'));
    expect(media).to.include({ currentTime: 20, paused: false });
    expect(playback.state()).to.include({ hasFailed: false, isPlaying: true });
  });

  it('stays paused after a new address when it was paused before', () => {
    const { playback, media } = attached();
    playback.seek(20);
    media.error = { code: 2 };
    media.dispatchEvent(new Event('error'));
    media.load();
    media.readyState = 1;
    media.dispatchEvent(new Event('loadedmetadata'));
    expect(media).to.include({ currentTime: 20, paused: true });
  });

  it('hears nothing of an element that it has left', () => {
    const { playback, media, detach } = attached();
    const seen: number[] = [];
    playback.onMove((seconds) => seen.push(seconds));
    detach();
    media.currentTime = 33;
    media.dispatchEvent(new Event('timeupdate'));
    expect(seen).to.deep.equal([0]);
  });
});
