// Does an execution survive the death of its process at any moment, without doing finished work again?

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { VirtualClock } from '../../../local/interpreter/clock.ts';
import { Journal } from '../../../local/interpreter/journal.ts';
import type { ExecutionOutcome, HistoryEvent } from '../../../local/interpreter/run-execution.ts';
import { runExecution } from '../../../local/interpreter/run-execution.ts';
import { runCrashMachine, withoutIds } from './crash-machine.ts';
import { machine, scope } from './support.ts';

const program = join(import.meta.dirname, 'crash-machine.ts');

describe('the journal', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'greenroom-journal-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('resumes a killed execution to the same history, doing again at most the task that was cut off', async function () {
    this.timeout(120_000);
    const whole = await runHere(directory, 'whole');
    const writes = whole.outcome.history.length;
    expect(writes).to.be.greaterThan(50);
    // Every seventh write; the next test dies after each of them.
    for (let n = 3; ; n += 7) {
      const killed = kill(directory, `at-${n}`, n);
      if (killed.signal === null) break;
      expect(killed.signal).to.equal('SIGKILL');
      const resumed = await runHere(directory, `at-${n}`);
      expectSame(resumed, whole, `killed after write ${n}`);
    }
  });

  it('resumes an execution whose process is killed after every single write', async function () {
    this.timeout(120_000);
    const whole = await runHere(directory, 'whole');
    let kills = 0;
    while (kill(directory, 'often', 1).signal === 'SIGKILL') {
      kills += 1;
      expect(kills, 'the execution gets on').to.be.lessThan(200);
    }
    expect(kills).to.be.greaterThan(whole.outcome.history.length);
    expectSame(await runHere(directory, 'often'), whole, 'killed after every write');
  });

  it('names the executions that have not ended, and returns an ended one without running it', async () => {
    const path = join(directory, 'journal.sqlite');
    expect(kill(directory, 'journal', 20).signal).to.equal('SIGKILL');
    const journal = new Journal(path);
    expect(journal.unfinished().map(({ name, input }) => [name, input])).to.deep.equal([
      ['crash', '{"file":"a"}'],
    ]);
    const first = await runCrashMachine(journal, join(directory, 'journal.work'));
    expect(journal.unfinished()).to.deep.equal([]);
    const lines = readFileSync(join(directory, 'journal.work'), 'utf8');
    const second = await runCrashMachine(journal, join(directory, 'journal.work'));
    expect(second).to.deep.equal(first);
    expect(readFileSync(join(directory, 'journal.work'), 'utf8')).to.equal(lines);
    journal.close();
  });

  it('lets no branch overtake what another had already done when it resumes late', async () => {
    const journal = new Journal(':memory:');
    const definition = machine({
      P: {
        Type: 'Parallel',
        Branches: [
          scope({ Slow: { Type: 'Wait', Seconds: 10, End: true } }),
          scope({ Short: { Type: 'Wait', Seconds: 5, Next: 'F' }, F: { Type: 'Fail', Error: 'E' } }),
        ],
        End: true,
      },
    });
    const options = { input: {}, name: 'late', journal, definition, invoke: () => null };
    const dying = runExecution({
      ...options,
      clock: new VirtualClock(0),
      onEvent: ({ type }) => {
        if (type === 'FailStateEntered') throw new Error('as if killed');
      },
    });
    expect(await dying.catch(String)).to.contain('as if killed');
    // Slow's time is long over by now, but Fail came first.
    const { error, history } = await runExecution({ ...options, clock: new VirtualClock(60_000) });
    expect(error).to.equal('E');
    expect(history.map(({ type }) => type)).to.include('WaitStateAborted');
    expect(history.filter(({ type }) => type === 'WaitStateExited')).to.have.length(1);
    journal.close();
  });

  it('refuses to resume under the name of another execution', async () => {
    const journal = new Journal(':memory:');
    const definition = { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Succeed' } } };
    const run = (input: number): Promise<ExecutionOutcome> =>
      runExecution({ definition, input, name: 'one', journal, invoke: () => null });
    await run(1);
    const error = await run(2).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Error).and.have.property('name', 'InternalError');
    journal.close();
  });
});

interface Run {
  readonly outcome: ExecutionOutcome;
  readonly work: readonly string[];
}

async function runHere(directory: string, name: string): Promise<Run> {
  const journal = new Journal(join(directory, `${name}.sqlite`));
  const work = join(directory, `${name}.work`);
  const outcome = await runCrashMachine(journal, work);
  journal.close();
  return {
    outcome,
    work: readFileSync(work, { encoding: 'utf8', flag: 'a+' }).trim().split('\n').toSorted(),
  };
}

function kill(directory: string, name: string, writes: number) {
  const args = [program, join(directory, `${name}.sqlite`), join(directory, `${name}.work`), String(writes)];
  return spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000, killSignal: 'SIGTERM' });
}

function expectSame(resumed: Run, whole: Run, when: string): void {
  const { history, ...ending } = resumed.outcome;
  const { history: wholeHistory, ...wholeEnding } = whole.outcome;
  expect(withoutIds(JSON.stringify(ending)), when).to.equal(withoutIds(JSON.stringify(wholeEnding)));
  expect(
    history.map(({ id }) => id),
    when,
  ).to.deep.equal(history.map((_event, i) => i + 1));
  expect(chains(history), when).to.deep.equal(chains(wholeHistory));
  // A task is done twice only when it was cut off between its work and the record of it.
  const repeated = resumed.work.filter((line, i) => line === resumed.work[i - 1]);
  expect([...new Set(resumed.work)], when).to.deep.equal([...new Set(whole.work)]);
  if (!when.endsWith('every write')) expect(repeated.length, when).to.be.at.most(1);
}

/** Every event with the way that led to it, whatever the order in which parallel branches took their turns. */
function chains(history: readonly HistoryEvent[]): readonly string[] {
  const ways = new Map<number, string>([[0, '']]);
  for (const { id, previousEventId, type, timestamp: _timestamp, ...details } of history) {
    const own = `${type} ${withoutIds(JSON.stringify(Object.values(details)))}`.replaceAll(/#\d+/g, '#');
    ways.set(id, `${(ways.get(previousEventId) ?? 'nowhere').slice(-300)} > ${own}`);
  }
  return [...ways.values()].toSorted();
}
