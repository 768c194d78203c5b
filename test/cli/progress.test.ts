// Does the progress line say how far the work is, and stay quiet where it should?
import { expect } from 'chai';
import { createEstimate, createProgress } from '../../cli/progress.ts';

function record({ isTTY, columns = 80 }: { isTTY: boolean; columns?: number }) {
  const written: string[] = [];
  let atMs = 0;
  const stream = { isTTY, columns, write: (text: string) => written.push(text) };
  const now = (): number => atMs;
  const wait = (milliseconds: number): void => {
    atMs += milliseconds;
  };
  return { written, stream, now, wait };
}

describe('progress', () => {
  it('redraws one line on a terminal with bar, percent, state and time left', () => {
    const { written, stream, now, wait } = record({ isTTY: true });
    const progress = createProgress(stream, { now });
    for (let step = 0; step <= 4; step += 1) {
      progress.update({ fraction: step / 10, state: 'converting and watching' });
      wait(2000);
    }
    expect(written.at(-1)).to.equal('\r▕████░░░░░░▏ 40 %  converting and watching  ·  0:12 left\u001b[K');
    progress.finish();
    expect(written.at(-1)).to.equal('\r\u001b[K');
    expect(written.join('')).to.not.include('\n');
  });

  it('writes a plain line at each change of state where there is no terminal', () => {
    const { written, stream, now } = record({ isTTY: false });
    const progress = createProgress(stream, { now });
    progress.update({ fraction: 0, state: 'reading the recording' });
    progress.update({ fraction: 0.2, state: 'converting and watching' });
    progress.update({ fraction: 0.5, state: 'converting and watching' });
    progress.update({ fraction: 1, state: 'done' });
    progress.finish();
    expect(written).to.deep.equal([
      '  0 %  reading the recording\n',
      ' 20 %  converting and watching\n',
      '100 %  done\n',
    ]);
  });

  it('never goes back and never passes 100 %', () => {
    const { written, stream, now, wait } = record({ isTTY: true });
    const progress = createProgress(stream, { now });
    for (const fraction of [0.5, 0.3, 1.7]) {
      progress.update({ fraction, state: 'working' });
      wait(1000);
    }
    expect(written.map((line) => /\d+ %/.exec(line)?.[0])).to.deep.equal(['50 %', '50 %', '100 %']);
  });

  it('redraws at most ten times a second, but at once for a new state', () => {
    const { written, stream, now, wait } = record({ isTTY: true });
    const progress = createProgress(stream, { now });
    for (let step = 0; step < 100; step += 1) {
      progress.update({ fraction: step / 1000, state: 'working' });
      wait(10);
    }
    progress.update({ fraction: 0.1, state: 'writing' });
    expect(written).to.have.lengthOf(11);
  });

  it('cuts the line to the width of the terminal', () => {
    const { written, stream, now } = record({ isTTY: true, columns: 20 });
    createProgress(stream, { now }).update({ fraction: 0.42, state: 'converting and watching' });
    expect(written[0]).to.equal('\r▕████░░░░░░▏ 42 %  \u001b[K');
  });

  it('writes nothing when silent', () => {
    const { written, stream } = record({ isTTY: true });
    const progress = createProgress(stream, { silent: true });
    progress.update({ fraction: 0.5, state: 'working' });
    progress.finish();
    expect(written).to.deep.equal([]);
  });

  it('gives no time left before there is a rate, and damps a jump', () => {
    const estimate = createEstimate();
    expect(estimate({ atMs: 0, fraction: 0 })).to.equal(null);
    expect(estimate({ atMs: 1000, fraction: 0.1 })).to.be.closeTo(9, 0.01);
    const afterStall = estimate({ atMs: 2000, fraction: 0.1 }) ?? 0;
    expect(afterStall).to.be.within(9, 15);
  });
});
