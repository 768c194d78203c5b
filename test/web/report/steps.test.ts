// Where do keys and buttons lead on the page of a report?
import { expect } from 'chai';
import { lastAtOrBefore, momentSteps } from '../../../web/src/pages/report/moment-steps.ts';
import { actionOfKey, targetOfKey } from '../../../web/src/pages/report/step-keys.ts';

const plain = { altKey: false, ctrlKey: false, metaKey: false };

describe('steps through a report', () => {
  for (const [key, target] of [
    ['ArrowLeft', 9],
    ['ArrowRight', 11],
    ['PageUp', 20],
    ['PageDown', 0],
    ['Home', 0],
    ['End', 25],
    ['a', null],
  ] as const) {
    it(`leads a slider at 0:10 of 0:25 with ${key} to ${String(target)}`, () => {
      expect(targetOfKey(key, 10, 25)).to.equal(target);
    });
  }

  it('keeps a slider between the ends', () => {
    expect(targetOfKey('ArrowLeft', 0.4, 25)).to.equal(0);
    expect(targetOfKey('PageUp', 24, 25)).to.equal(25);
  });

  it('knows the keys of players on the web, and leaves those with a modifier to the browser', () => {
    expect([' ', 'K', 'c', 'f', 'm', 'ArrowLeft'].map((key) => actionOfKey({ key, ...plain }))).to.deep.equal(
      ['toggle', 'toggle', 'captions', 'fullscreen', 'mute', 'back'],
    );
    expect(actionOfKey({ key: 'f', ...plain, ctrlKey: true })).to.equal(null);
    expect(actionOfKey({ key: 'toString', ...plain })).to.equal(null);
  });

  it('goes to the moments of a figure one after the other, and not past them', () => {
    const evidence = [2, 10, 30].map((startSeconds) => ({ startSeconds, endSeconds: startSeconds + 1 }));
    expect(momentSteps(evidence, 0)).to.include({ current: -1, previous: null, next: evidence[0] });
    // A browser that lands a little early is still at the moment.
    expect(momentSteps(evidence, 9.9)).to.include({ current: 1, previous: evidence[0], next: evidence[2] });
    expect(momentSteps(evidence, 59)).to.include({ current: 2, next: null });
    expect(momentSteps([], 5)).to.deep.equal({ current: -1, previous: null, next: null });
  });

  it('finds the word that is spoken among thousands', () => {
    const starts = Array.from({ length: 4500 }, (_, index) => index * 0.4);
    expect(lastAtOrBefore(starts, -1)).to.equal(-1);
    expect(lastAtOrBefore(starts, 0.39)).to.equal(0);
    expect(lastAtOrBefore(starts, 1e9)).to.equal(4499);
    expect(lastAtOrBefore([], 3)).to.equal(-1);
  });
});
