// Does a recording reach the server, and leave the browser only then?
import { expect } from 'chai';
import { hashOf } from '../../../web/src/recorder/content-hash.ts';
import type { PostResult } from '../../../web/src/uploads/post-form.ts';
import { ProblemError } from '../../../web/src/api/problem-error.ts';
import { sendRecording } from '../../../web/src/uploads/send-recording.ts';
import { formUntil, memoryStore, scriptedApi, stored, type ApiScript } from './support.ts';

interface Journey {
  readonly api: ApiScript;
  readonly posts: readonly PostResult[];
  readonly given?: Parameters<typeof stored>[0];
  readonly chunks?: readonly Blob[];
}

const twoChunks = [new Blob(['first ']), new Blob(['second'])];

async function send({ api, posts, given = {}, chunks = twoChunks }: Journey) {
  const recording = stored(given);
  const store = memoryStore(recording, chunks);
  const { client, asked } = scriptedApi(api);
  const told: string[] = [];
  const files: string[] = [];
  const abort = new AbortController();
  let pauses = 0;
  await sendRecording(recording.localId, {
    api: client,
    store,
    signal: abort.signal,
    now: () => Date.parse('2026-11-21T12:00:00Z'),
    tell: (event) => told.push(event.name === 'fail' ? `fail ${event.failure}` : event.name),
    pause: () => {
      pauses += 1;
      if (pauses > 5) abort.abort();
      return Promise.resolve();
    },
    post: async (form, file, { onProgress }) => {
      files.push(`${form.url} ${await file.text()}`);
      onProgress(file.size);
      return posts[files.length - 1] ?? { name: 'lost' };
    },
  });
  return { told, files, asked, left: await store.get(recording.localId) };
}

const storedAnswer: PostResult = { name: 'stored' };

describe('sending a recording', () => {
  it('creates a record, sends all chunks in their order, and then forgets the recording', async () => {
    const { told, files, asked, left } = await send({ api: {}, posts: [storedAnswer] });
    expect(asked.map(({ id }) => id)).to.deep.equal(['createRecord']);
    expect(files).to.deep.equal(['created first second']);
    expect(told).to.deep.equal(['prepare', 'progress', 'progress', 'sent']);
    expect(left).to.equal(null);
  });

  it('hashes what a dead tab left unhashed', async () => {
    const { asked } = await send({ api: {}, posts: [storedAnswer], given: { sha256: null } });
    expect(asked[0]?.question).to.have.nested.property('body.sha256', await hashOf(twoChunks));
  });

  it('waits out a lost connection with a new form, and the same record', async () => {
    const { told, files, asked, left } = await send({
      api: {},
      posts: [{ name: 'lost' }, { name: 'busy' }, storedAnswer],
    });
    expect(asked.map(({ id }) => id)).to.deep.equal(['createRecord', 'renewUpload', 'renewUpload']);
    expect(files.map((file) => file.split(' ')[0])).to.deep.equal(['created', 'renewed', 'renewed']);
    expect(told.filter((event) => event === 'interrupt')).to.have.length(2);
    expect(left).to.equal(null);
  });

  it('goes on after a reload with the form that is still good', async () => {
    const given = { recordId: 'R', form: formUntil('2026-11-21T12:05:00Z') };
    const { asked, files } = await send({ api: {}, posts: [storedAnswer], given });
    expect(asked).to.deep.equal([]);
    expect(files[0]).to.match(/^kept /);
  });

  it('renews a form that has expired, or is about to', async () => {
    for (const end of ['2026-11-21T11:00:00Z', '2026-11-21T12:00:10Z']) {
      const { asked } = await send({
        api: {},
        posts: [storedAnswer],
        given: { recordId: 'R', form: formUntil(end) },
      });
      expect(asked.map(({ id }) => id)).to.deep.equal(['renewUpload']);
    }
  });

  it('sees that the file came although its answer was lost', async () => {
    const api = {
      renewUpload: new ProblemError('CONFLICT', ''),
      readRecord: { status: 'PROCESSING', hasRun: true },
    };
    const { told, files, left } = await send({ api, posts: [{ name: 'lost' }] });
    expect(files).to.have.length(1);
    expect(told.at(-1)).to.equal('sent');
    expect(left).to.equal(null);
  });

  const kept = [
    {
      name: 'a record that was given up',
      api: { renewUpload: new ProblemError('CONFLICT', ''), readRecord: { status: 'FAILED', hasRun: false } },
      failure: 'CONFLICT',
    },
    {
      name: 'a record that is gone',
      api: { renewUpload: new ProblemError('NOT_FOUND', '') },
      failure: 'NOT_FOUND',
    },
    {
      name: 'an old consent',
      api: { createRecord: new ProblemError('CONSENT_OUTDATED', '') },
      failure: 'CONSENT_OUTDATED',
    },
  ] as const;
  for (const { name, api, failure } of kept) {
    it(`keeps the recording for ${name}`, async () => {
      const { told, left } = await send({ api, posts: [{ name: 'lost' }] });
      expect(told.at(-1)).to.equal(`fail ${failure}`);
      expect(left).to.include({ recordId: null });
    });
  }

  it('keeps a recording that the store refuses, and says so', async () => {
    const { told, left } = await send({ api: {}, posts: [{ name: 'refused', detail: 'EntityTooLarge' }] });
    expect(told.at(-1)).to.equal('fail REFUSED');
    expect(left).to.not.equal(null);
  });

  it('keeps the recording when it is cancelled while nothing gets through', async () => {
    const { told, left } = await send({ api: { createRecord: new ProblemError('NETWORK', '') }, posts: [] });
    expect(told.filter((event) => event === 'interrupt')).to.have.length(6);
    expect(told).to.not.include('sent');
    expect(left).to.not.equal(null);
  });

  it('does not send an empty recording', async () => {
    const { told, files } = await send({ api: {}, posts: [], chunks: [] });
    expect([told, files]).to.deep.equal([['fail LOST_LOCALLY'], []]);
  });
});
