// Do uploads wait their turn, and are the store's answers understood?
import { expect } from 'chai';
import { resultOf } from '../../../web/src/uploads/post-form.ts';
import { createUploadManager } from '../../../web/src/uploads/upload-manager.ts';
import {
  nextUploadState,
  type UploadEvent,
  type UploadState,
} from '../../../web/src/uploads/upload-state.ts';
import { stored } from './support.ts';

interface Running {
  readonly localId: string;
  readonly tell: (event: UploadEvent) => void;
  readonly signal: AbortSignal;
  readonly finish: () => void;
}

/** A manager whose uploads are moved by hand. */
function setUp() {
  const running: Running[] = [];
  const cancelled: string[] = [];
  const manager = createUploadManager({
    send: (localId, tell, signal) =>
      new Promise((finish) => {
        running.push({ localId, tell, signal, finish });
      }),
    onCancelled: (localId) => cancelled.push(localId),
    onError: () => undefined,
  });
  const add = (...ids: readonly string[]): void => {
    for (const localId of ids) manager.add(stored({ localId }));
  };
  const states = (): string[] => manager.uploads().map(({ localId, state }) => `${localId} ${state.name}`);
  return { manager, running, cancelled, add, states };
}

const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));

const answers = [
  [204, '', 'stored'],
  [201, '<PostResponse/>', 'stored'],
  [0, '', 'lost'],
  [500, '', 'busy'],
  [503, '<Error><Code>SlowDown</Code></Error>', 'busy'],
  [400, '<Error><Code>RequestTimeout</Code></Error>', 'busy'],
  [403, '<Error><Code>AccessDenied</Code><Message>Policy expired.</Message></Error>', 'expired'],
  [400, '<Error><Code>EntityTooLarge</Code></Error>', 'refused'],
  [400, '<Error><Code>ExpiredToken</Code></Error>', 'expired'],
  [409, '', 'expired'],
  [413, '', 'refused'],
] as const;

describe('uploads', () => {
  for (const [status, body, name] of answers) {
    it(`reads ${String(status)} ${/<Code>(\w+)/.exec(body)?.[1] ?? ''} as ${name}`, () => {
      expect(resultOf(status, body).name).to.equal(name);
    });
  }

  it('sends one after the other', async () => {
    const { running, add, states } = setUp();
    add('A', 'B');
    expect(running.map(({ localId }) => localId)).to.deep.equal(['A']);
    running[0]?.tell({ name: 'sent', recordId: 'R' });
    running[0]?.finish();
    await settled();
    expect(running.map(({ localId }) => localId)).to.deep.equal(['A', 'B']);
    expect(states()).to.deep.equal(['A sent', 'B waiting']);
  });

  it('does not queue the same recording twice', () => {
    const { add, states } = setUp();
    add('A', 'A');
    expect(states()).to.deep.equal(['A waiting']);
  });

  it('stops the one that is being sent, and goes on with the next', async () => {
    const { manager, running, cancelled, add, states } = setUp();
    add('A', 'B');
    manager.cancel('A');
    expect(running[0]?.signal.aborted).to.equal(true);
    running[0]?.finish();
    await settled();
    expect(cancelled).to.deep.equal(['A']);
    expect(running[1]?.localId).to.equal('B');
    expect(states()).to.deep.equal(['A cancelled', 'B waiting']);
  });

  it('tries a failed one again when it is added again', async () => {
    const { running, add, states } = setUp();
    add('A');
    running[0]?.tell({ name: 'fail', failure: 'REFUSED' });
    running[0]?.finish();
    await settled();
    add('A');
    expect(running).to.have.length(2);
    expect(states()).to.deep.equal(['A waiting']);
  });

  it('never leaves what is closed, but a failure may be tried again', () => {
    const sent: UploadState = { name: 'sent', recordId: 'R' };
    const cancelled: UploadState = { name: 'cancelled' };
    for (const event of [
      { name: 'prepare' },
      { name: 'cancel' },
      { name: 'interrupt', failures: 1 },
    ] as const) {
      expect(nextUploadState(sent, event)).to.equal(sent);
      expect(nextUploadState(cancelled, event)).to.equal(cancelled);
    }
    expect(nextUploadState(sent, { name: 'again' })).to.equal(sent);
    expect(nextUploadState(cancelled, { name: 'again' }).name).to.equal('waiting');
  });
});
