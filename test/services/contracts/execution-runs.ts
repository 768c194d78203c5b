// What must everything do that shows executions to their owner, and stops them?
import { expect } from 'chai';
import type { ExecutionRuns } from '../../../services/contracts.ts';

export interface ExecutionRunsHost {
  readonly runs: ExecutionRuns;
  /** Starts an execution that waits in its first state until it is stopped; gives its name. */
  readonly startWaiting: () => Promise<string>;
  /** The same of one that has succeeded. */
  readonly runToEnd: () => Promise<string>;
}

/** `make` gives a host without executions. */
export function describeExecutionRuns(name: string, make: () => Promise<ExecutionRunsHost>): void {
  describe(`${name} as who shows executions`, () => {
    let host: ExecutionRunsHost;
    const readRun = async (execution: string) => {
      const run = await host.runs.read(execution);
      if (!run) throw new Error(`there is no execution ${execution}`);
      return run;
    };
    beforeEach(async () => {
      host = await make();
    });

    it('knows nothing of an execution that was never started, and stops nothing', async () => {
      expect(await host.runs.read('never-started')).to.equal(null);
      expect(await host.runs.stop('never-started')).to.equal(false);
    });

    it('shows one that runs, with the definition it began with', async () => {
      const execution = await host.startWaiting();
      const { summary, definition } = await readRun(execution);
      expect(summary).to.include({ name: execution, status: 'RUNNING', stoppedAt: null, error: null });
      expect(new Date(summary.startedAt).toISOString()).to.equal(summary.startedAt);
      const { StartAt, States } = JSON.parse(definition) as { StartAt: string; States: object };
      expect(States).to.have.property(StartAt);
    });

    it('shows one that has ended, and does not stop it', async () => {
      const execution = await host.runToEnd();
      const { summary } = await readRun(execution);
      expect(summary).to.include({ status: 'SUCCEEDED', error: null, cause: null });
      expect(Date.parse(summary.stoppedAt ?? '')).to.be.at.least(Date.parse(summary.startedAt));
      expect(await host.runs.stop(execution)).to.equal(false);
      expect((await readRun(execution)).summary).to.deep.equal(summary);
    });

    it('tells the events in their order, each with one before it', async () => {
      const { events } = await readRun(await host.runToEnd());
      expect(events.at(0)?.type).to.equal('ExecutionStarted');
      expect(events.at(-1)?.type).to.equal('ExecutionSucceeded');
      for (const [index, event] of events.entries()) {
        expect(event.id).to.be.greaterThan(events[index - 1]?.id ?? 0);
        expect(event.previousEventId).to.be.lessThan(event.id);
        expect(new Date(event.timestamp).toISOString()).to.equal(event.timestamp);
      }
    });

    it('names the states that were entered and left, with JSON that went in and came out', async () => {
      const { events, definition } = await readRun(await host.runToEnd());
      const { States } = JSON.parse(definition) as { readonly States: { readonly [state: string]: unknown } };
      const entered = events.filter(({ type }) => type.endsWith('StateEntered'));
      expect(entered).not.to.deep.equal([]);
      for (const { state, input } of entered) {
        expect(Object.keys(States)).to.include(state);
        expect(() => void JSON.parse(input ?? '')).not.to.throw();
      }
      const left = events.filter(({ type }) => type.endsWith('StateExited'));
      expect(left.map(({ state }) => state)).to.have.members(entered.map(({ state }) => state));
      for (const { output } of left) expect(() => void JSON.parse(output ?? '')).not.to.throw();
    });

    it('stops one that runs, once, and no other one', async () => {
      const [execution, other] = [await host.startWaiting(), await host.startWaiting()];
      expect(await host.runs.stop(execution)).to.equal(true);
      const { summary } = await readRun(execution);
      expect(summary.status).to.equal('ABORTED');
      expect(summary.stoppedAt).not.to.equal(null);
      expect(await host.runs.stop(execution)).to.equal(false);
      expect((await readRun(other)).summary.status).to.equal('RUNNING');
      await host.runs.stop(other);
    });
  });
}
