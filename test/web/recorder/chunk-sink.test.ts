// Is a recording stored as it came, and its hash the hash of exactly that?
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { createChunkSink } from '../../../web/src/recorder/chunk-sink.ts';
import type { StoredRecording } from '../../../web/src/recorder/recording-store.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A store that has no room for any but the first so many chunks. */
function smallStore(room = Number.POSITIVE_INFINITY) {
  const kept: string[] = [];
  const changes: Partial<StoredRecording>[] = [];
  return {
    kept,
    changes,
    append: async (_: string, chunk: Blob) => {
      // The first chunk is the slowest: order must come from the calls.
      await new Promise((resolve) => void setTimeout(resolve, kept.length === 0 ? 10 : 0));
      if (kept.length >= room) throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
      kept.push(await chunk.text());
    },
    change: (_: string, change: Partial<StoredRecording>) =>
      Promise.resolve(void changes.push(change)).then(() => null),
  };
}

describe('chunk sink', () => {
  it('stores chunks in the order of the calls, and hashes them together', async () => {
    const store = smallStore();
    const sink = createChunkSink(store, 'A', () => undefined);
    for (const text of ['one', 'two', '', 'three']) sink.add(new Blob([text]), 1);
    expect(await sink.end()).to.equal(11);
    expect(store.kept).to.deep.equal(['one', 'two', 'three']);
    expect(store.changes).to.deep.equal([{ status: 'kept', sha256: sha256('onetwothree') }]);
  });

  it('keeps what came before the disk was full, and says once that it is', async () => {
    const store = smallStore(2);
    let times = 0;
    const sink = createChunkSink(store, 'A', () => (times += 1));
    for (const text of ['one', 'two', 'three', 'four']) sink.add(new Blob([text]), 1);
    expect(await sink.end()).to.equal(6);
    expect(times).to.equal(1);
    expect(store.changes).to.deep.equal([{ status: 'kept', sha256: sha256('onetwo') }]);
  });

  it('has no hash of nothing', async () => {
    const store = smallStore();
    expect(await createChunkSink(store, 'A', () => undefined).end()).to.equal(0);
    expect(store.changes).to.deep.equal([{ status: 'kept', sha256: null }]);
  });
});
