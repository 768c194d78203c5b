// Would Step Functions take the definition of every state machine of every stack?
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { ofType } from '../../policy/neighbours.ts';
import { documentOf } from '../../policy/read.ts';
import type { StackGraph } from '../../policy/resource.ts';
import { graphOf, planningMs, stacks } from './graphs.ts';
import { inputs } from './mutants/mutant.ts';

/** The package has no types. */
const validate = createRequire(import.meta.url)('asl-validator') as (definition: object) => {
  readonly errors: readonly object[];
};

const definitions = (graph: StackGraph): readonly Record<string, unknown>[] =>
  ofType(graph, 'aws:sfn/stateMachine:StateMachine').map(
    (machine) => documentOf(machine, 'definition') as Record<string, unknown>,
  );

const faults = (graph: StackGraph): readonly string[] =>
  definitions(graph).flatMap((definition) =>
    validate(definition).errors.map((error) => JSON.stringify(error)),
  );

describe('definitions of state machines', () => {
  before(async function plan() {
    this.timeout(planningMs);
    for (const stack of stacks) await graphOf(stack, 'build');
  });

  for (const stack of stacks) {
    it(`are valid States Language in ${stack}`, async () => {
      const graph = await graphOf(stack, 'build');
      expect(definitions(graph)).to.have.length(1);
      expect(faults(graph)).to.deep.equal([]);
    });

    it(`call functions of ${stack} and nothing else`, async () => {
      const resources = JSON.stringify(definitions(await graphOf(stack, 'build'))).match(
        /"Resource":"[^"]+"/g,
      );
      expect(resources).to.have.length.greaterThan(5);
      for (const resource of resources ?? []) {
        expect(resource).to.match(
          new RegExp(`"arn:aws:lambda:us-east-1:123456789012:function:greenroom-${stack}-interview-`),
        );
      }
    });
  }

  it('would be refused with a transition to nowhere', async () => {
    const lost = inputs('StateMachine::interview-analyse-interview', ({ definition }) => ({
      definition: JSON.stringify({ ...(JSON.parse(String(definition)) as object), StartAt: 'Nowhere' }),
    }));
    expect(faults(lost(await graphOf('prod', 'build')))).to.have.length.greaterThan(0);
  });
});
