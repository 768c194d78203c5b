// Does a recording stop at its limit, whatever the timers do?
import { expect } from 'chai';
import { watchLimit } from '../../../web/src/recorder/limit-watch.ts';
import { createRecordingClock } from '../../../web/src/recorder/recording-clock.ts';

/** A clock that is moved by hand, and a timer that rings only when it is told to. */
function setUp(limitSeconds: number) {
  const told: string[] = [];
  let nowMs = 5000;
  const rings: (() => void)[] = [];
  const clock = createRecordingClock(() => nowMs);
  const watch = watchLimit({
    clock,
    limitSeconds,
    onWarning: () => told.push('warning'),
    onLimit: () => told.push('limit'),
    setInterval: (look) => {
      rings.push(look);
      return 1;
    },
    clearInterval: () => told.push('timer ended'),
  });
  const pass = (seconds: number): void => void (nowMs += seconds * 1000);
  return { clock, watch, told, pass, ring: () => rings[0]?.() };
}

describe('recording limit', () => {
  it('warns one minute before and stops at the limit', () => {
    const { clock, told, pass, ring } = setUp(1800);
    clock.start();
    for (const seconds of [1739, 1, 59, 1]) {
      pass(seconds);
      ring();
    }
    expect(told).to.deep.equal(['warning', 'timer ended', 'limit']);
  });

  it('stops on the first look after the page slept, by whoever looks', () => {
    const { clock, watch, told, pass } = setUp(1800);
    clock.start();
    pass(5000);
    watch.look();
    expect(told).to.deep.equal(['warning', 'timer ended', 'limit']);
  });

  it('tells of the limit once only', () => {
    const { clock, watch, told, pass } = setUp(10);
    clock.start();
    pass(11);
    watch.look();
    watch.look();
    expect(told.filter((word) => word === 'limit')).to.have.length(1);
  });

  it('does not count what was paused', () => {
    const { clock, watch, told, pass } = setUp(100);
    clock.start();
    pass(50);
    clock.pause();
    pass(5000);
    watch.look();
    clock.start();
    pass(49);
    watch.look();
    expect(clock.elapsedMs()).to.equal(99_000);
    expect(told).to.deep.equal(['warning']);
  });

  it('does not warn where the whole recording is shorter than the warning', () => {
    const { clock, watch, told, pass } = setUp(30);
    clock.start();
    pass(29);
    watch.look();
    expect(told).to.deep.equal([]);
  });
});
