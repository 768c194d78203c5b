// Does the server keep a process of analyses at work, whatever that one does?
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { superviseAnalyses, type AnalysisProcess } from '../../../local/analysis/analysis-process.ts';

const program = join(import.meta.dirname, 'silly-process.ts');

describe('the supervision of the analyses', function () {
  this.timeout(20_000);
  const open: AnalysisProcess[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  /** The nth start runs the nth kind; the last kind serves for all that follow. */
  function supervise(...kinds: readonly string[]) {
    const said: string[] = [];
    let starts = 0;
    const analyses = superviseAnalyses({
      firstWaitMs: 20,
      say: (sentence) => said.push(sentence),
      launch: () => {
        starts += 1;
        const kind = kinds[Math.min(starts, kinds.length) - 1] ?? '';
        return fork(program, [kind], { execArgv: ['--disable-warning=ExperimentalWarning'] });
      },
    });
    open.push(analyses);
    return { analyses, said, starts: () => starts };
  }

  it('starts it again when it dies, and waits longer each time', async () => {
    const { analyses, said } = supervise('dies', 'dies', 'stops');
    await analyses.ready;
    expect(said).to.have.length(2);
    expect(said[0]).to.contain('0.02 s');
    expect(said[1]).to.contain('0.04 s');
  });

  it('tries again when it cannot even be started', async () => {
    const said: string[] = [];
    let starts = 0;
    const analyses = superviseAnalyses({
      firstWaitMs: 20,
      say: (sentence) => said.push(sentence),
      launch: () => {
        starts += 1;
        if (starts === 1) throw new Error('spawn ETXTBSY');
        const execPath = starts === 2 ? join(program, 'missing') : process.execPath;
        return fork(program, ['stops'], { execPath, execArgv: ['--disable-warning=ExperimentalWarning'] });
      },
    });
    open.push(analyses);
    await analyses.ready;
    expect([said.length, starts]).to.deep.equal([2, 3]);
  });

  it('has an analysis stopped although the process died on the order', async () => {
    const { analyses, starts } = supervise('forgets', 'stops');
    await analyses.ready;
    expect(await analyses.stop('e1')).to.equal(true);
    expect(starts()).to.equal(2);
  });

  it('tells of uploads that came while it was not there', async () => {
    const { analyses } = supervise('dies', 'stops');
    analyses.announce('uploads/local/x.webm');
    await analyses.ready;
    for (let looks = 0; looks < 100 && !analyses.fractions('uploads/local/x.webm')['Convert']; looks += 1)
      await delay(20);
    expect(analyses.fractions('uploads/local/x.webm')).to.deep.equal({ Convert: 0.5 });
  });

  it('ends one that does not listen, within five seconds, and starts no other', async () => {
    const { analyses, starts } = supervise('deaf');
    await analyses.ready;
    const pid = analyses.pid() ?? 0;
    const startedAt = performance.now();
    await analyses.close();
    expect(performance.now() - startedAt).to.be.lessThan(5000);
    expect(() => process.kill(pid, 0)).to.throw('ESRCH');
    expect(starts()).to.equal(1);
  });
});
