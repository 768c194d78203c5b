// Does the recorder keep every chunk, and end for the right reason?
import { expect } from 'chai';
import type { ChunkSink } from '../../../web/src/recorder/chunk-sink.ts';
import { startRecorder } from '../../../web/src/recorder/recorder.ts';
import { nextState, type RecorderState } from '../../../web/src/recorder/recorder-state.ts';

/** What a browser's MediaRecorder does, without a camera. */
class FakeMedia extends EventTarget {
  state: RecordingState = 'inactive';
  start(): void {
    this.state = 'recording';
    this.dispatchEvent(new Event('start'));
  }
  pause(): void {
    this.state = 'paused';
  }
  resume(): void {
    this.state = 'recording';
  }
  chunk(text: string): void {
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob([text]) }));
  }
  stop(): void {
    this.state = 'inactive';
    this.chunk('end');
    this.dispatchEvent(new Event('stop'));
  }
}

function setUp(limitSeconds = 1800) {
  const media = new FakeMedia();
  const track = new EventTarget();
  const chunks: string[] = [];
  let nowMs = 0;
  let bytes = 0;
  const sink: ChunkSink = {
    add(chunk, seconds) {
      bytes += chunk.size;
      chunks.push(`${String(chunk.size)} bytes at ${String(seconds)} s`);
    },
    end: () => Promise.resolve(bytes),
  };
  const recorder = startRecorder({
    media: media,
    tracks: [track],
    sink,
    limitSeconds,
    now: () => nowMs,
    setInterval: () => 0,
    clearInterval: () => undefined,
  });
  const pass = (seconds: number): void => void (nowMs += seconds * 1000);
  return { media, track, recorder, chunks, pass };
}

const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));

describe('recorder', () => {
  it('gives every chunk to the sink with the seconds so far, the last one included', async () => {
    const { media, recorder, chunks, pass } = setUp();
    pass(1);
    media.chunk('one');
    pass(1);
    recorder.stop();
    await settled();
    expect(chunks).to.deep.equal(['3 bytes at 1 s', '3 bytes at 2 s']);
    expect(recorder.state()).to.deep.equal({ name: 'recorded', reason: 'user' });
  });

  it('stops at the limit when a chunk arrives, though no timer ever rang (A84)', async () => {
    const { media, recorder, pass } = setUp(60);
    pass(61);
    media.chunk('late');
    await settled();
    expect(media.state).to.equal('inactive');
    expect(recorder.state()).to.deep.equal({ name: 'recorded', reason: 'limit' });
    expect(recorder.elapsedSeconds()).to.equal(60);
  });

  it('does not count a pause', () => {
    const { recorder, pass } = setUp();
    pass(3);
    recorder.pause();
    pass(100);
    recorder.resume();
    pass(2);
    expect(recorder.elapsedSeconds()).to.equal(5);
  });

  it('ends with what there is when the camera goes', async () => {
    const { track, recorder } = setUp();
    track.dispatchEvent(new Event('ended'));
    await settled();
    expect(recorder.state()).to.deep.equal({ name: 'recorded', reason: 'device-lost' });
  });

  it('notices an encoder that stopped by itself', async () => {
    const { media, recorder } = setUp();
    media.stop();
    await settled();
    expect(recorder.state()).to.deep.equal({ name: 'recorded', reason: 'encoder-failed' });
  });

  it('keeps the first reason', () => {
    const stopping: RecorderState = { name: 'stopping', reason: 'limit' };
    expect(nextState(stopping, { name: 'end', reason: 'device-lost' })).to.equal(stopping);
  });

  it('has failed when nothing was stored', () => {
    const stopping: RecorderState = { name: 'stopping', reason: 'storage-full' };
    expect(nextState(stopping, { name: 'stored', sizeBytes: 0 }).name).to.equal('failed');
  });

  it('is not brought back to life by late events', () => {
    const recorded: RecorderState = { name: 'recorded', reason: 'user' };
    for (const name of ['started', 'paused', 'resumed', 'near-limit'] as const) {
      expect(nextState(recorded, { name })).to.equal(recorded);
    }
  });
});
