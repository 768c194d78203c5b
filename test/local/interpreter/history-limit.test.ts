// Does an execution that never ends by itself end where Step Functions ends it?

import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { Journal } from '../../../local/interpreter/journal.ts';
import type { Json } from '../../../systems/asl.ts';
import { lambda, lines, machine, run, scope } from './support.ts';

/** Goes round for ever: a way out that is never taken makes it a definition that AWS accepts. */
const spin = (name: string) => ({
  [name]: { Type: 'Choice', Choices: [{ Condition: true, Next: name }], Default: `${name} end` },
  [`${name} end`]: { Type: 'Succeed' },
});
/** Leaves 2 events for Set and 2 for each visit of Count, then goes on to Done. */
const countTo = (last: number) => ({
  Set: { Type: 'Pass', Assign: { n: 1 }, Next: 'Count' },
  Count: {
    Type: 'Choice',
    Choices: [{ Condition: `{% $n < ${last} %}`, Assign: { n: '{% $n + 1 %}' }, Next: 'Count' }],
    Default: 'Done',
  },
});
const full = {
  status: 'FAILED',
  error: 'States.Runtime',
  cause: 'The execution reached the maximum number of history events (25000).',
};
const caught = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Rescue' }], Next: 'Rescue' };
const rescue = { Rescue: { Type: 'Succeed' } };

describe('a history', () => {
  it('ends with event 25,000, which is ExecutionFailed (floci, issue 2734)', async () => {
    const outcome = await run(machine(spin('Loop')));
    expect(outcome).to.include(full);
    expect(lines(outcome.history).slice(-2)).to.deep.equal([
      '24999<24998 ChoiceStateExited',
      '25000<24999 ExecutionFailed',
    ]);
    expect(outcome.history).to.have.length(25_000);
  });

  it('may have ExecutionSucceeded as event 25,000 (developer guide)', async () => {
    const done = { Done: { Type: 'Succeed' } };
    const outcome = await run(machine({ ...countTo(12_497), ...done }));
    expect([outcome.status, outcome.history.length]).to.deep.equal(['SUCCEEDED', 25_000]);
    expect(await run(machine({ ...countTo(12_498), ...done }))).to.include(full);
  });

  it('that is full is caught by nobody, neither around a loop in a branch nor in a Map', async () => {
    const still = scope({ Still: { Type: 'Wait', Seconds: 1, End: true } });
    const branches = { Type: 'Parallel', Branches: [scope(spin('Loop')), still], ...caught };
    const inline = { Type: 'Map', Items: [1, 2], ItemProcessor: scope(spin('Loop')), ...caught };
    for (const state of [branches, inline]) {
      const outcome = await run(machine({ State: state, ...rescue }));
      expect(outcome).to.include(full);
      expect(outcome.history.at(-1)).to.include({ id: 25_000, type: 'ExecutionFailed' });
    }
  });

  it('of a child of a distributed Map is its own', async () => {
    const processor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      ...scope(spin('Loop')),
    };
    const map = { Type: 'Map', Items: [1], ItemProcessor: processor, ToleratedFailureCount: 1, End: true };
    const { status, history } = await run(machine({ State: map }));
    expect([status, history.length]).to.deep.equal(['SUCCEEDED', 8]);
  });

  it('that fills while a task says what it started fails the execution, not the process', async () => {
    // The task before, with its 5 events, makes TaskSubmitted the one that would be the 25,000th.
    const definition = machine({
      First: { Type: 'Task', Resource: lambda, Next: 'Set' },
      ...countTo(12_494),
      Done: { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync', End: true },
    });
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const outcome = await run(definition, {
      invoke: async ({ stateName, submitted }): Promise<Json> => {
        if (stateName === 'First') return null;
        submitted({});
        return await setTimeout(20, 1);
      },
    });
    process.removeListener('unhandledRejection', note);
    expect(unhandled).to.deep.equal([]);
    expect(outcome).to.include(full);
    expect(lines(outcome.history).at(-2)).to.contain('TaskStarted');
  });

  it('is as long when the execution was cut off shortly before', async () => {
    const journal = new Journal(':memory:');
    const options = { journal, name: 'one' };
    const cutOff = run(machine(spin('Loop')), {
      ...options,
      onEvent: ({ id }) => {
        if (id === 24_990) throw new Error('cut off');
      },
    });
    expect(await cutOff.catch((error: unknown) => error)).to.have.property('message', 'cut off');
    const outcome = await run(machine(spin('Loop')), options);
    expect(outcome).to.include(full);
    expect(outcome.history).to.have.length(25_000);
    journal.close();
  });
});
