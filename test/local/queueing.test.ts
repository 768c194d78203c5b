// Do the big stages wait for each other, and no others?
import { expect } from 'chai';
import { createQueueing } from '../../local/queueing.ts';
import { convertVideo, measureText } from '../../systems/interview/stages.ts';

const never = new AbortController().signal;

describe('the queue of the big stages', () => {
  it('runs one conversion after the other, in the order in which they came', async () => {
    const inTurn = createQueueing();
    const seen: string[] = [];
    const first = Promise.withResolvers<void>();
    const works = ['a', 'b', 'c'].map((name, index) =>
      inTurn(convertVideo, never, async () => {
        seen.push(`${name} begins`);
        if (index === 0) await first.promise;
        seen.push(`${name} ends`);
      }),
    );
    await inTurn(measureText, never, async () => void seen.push('small'));
    first.resolve();
    await Promise.all(works);
    expect(seen.filter((one) => one !== 'small').join()).to.equal(
      'a begins,a ends,b begins,b ends,c begins,c ends',
    );
    expect(seen.indexOf('small')).to.be.lessThan(seen.indexOf('a ends'));
  });

  it('goes on after one that failed', async () => {
    const inTurn = createQueueing();
    const failed = inTurn(convertVideo, never, () => Promise.reject(new Error('broken'))).catch(String);
    const next = inTurn(convertVideo, never, () => Promise.resolve('done'));
    expect([await failed, await next]).to.deep.equal(['Error: broken', 'done']);
  });

  it('lets go of one that is aborted while it waits, at once and for good', async () => {
    const inTurn = createQueueing();
    const first = Promise.withResolvers<void>();
    const running = inTurn(convertVideo, never, () => first.promise);
    const stop = new AbortController();
    let begun = false;
    const waiting = inTurn(convertVideo, stop.signal, async () => void (begun = true)).catch(String);
    stop.abort(new Error('stopped'));
    expect(await waiting).to.equal('Error: stopped');
    first.resolve();
    await running;
    await inTurn(convertVideo, never, () => Promise.resolve());
    expect(begun).to.equal(false);
  });
});
