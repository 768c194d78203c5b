// Would a deployment lose data because a resource has got another name or type?
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readBaseline } from '../../plan/compare/baseline.ts';
import { changesAgainst } from '../../plan/compare/changes.ts';
import { planStack, type PlannedStack } from '../../plan/plan-stack.ts';
import { statefulTypes } from '../../policy/rules/stores.ts';
import { planningMs, stacks, type StackName } from './graphs.ts';

/** Resources with data that the committed plan has, and that a deployment of this program would delete or replace. */
function losses(stack: StackName, planned: PlannedStack): readonly string[] {
  const source = `plans/${stack}.json`;
  const text = readFileSync(new URL(`../../${source}`, import.meta.url), 'utf8');
  return changesAgainst(planned, readBaseline(text, source))
    .filter(
      ({ type, operation }) => statefulTypes.includes(type) && ['delete', 'replace'].includes(operation),
    )
    .map(({ operation, name }) => `${operation} ${name}`);
}

/** Gives a resource another name, as renaming its component would. */
const rename = (
  planned: PlannedStack,
  from: string,
  aliases: readonly { readonly name: string }[],
): PlannedStack => {
  const fresh = <Item extends { readonly urn: string; readonly type: string; readonly name: string }>(
    item: Item,
  ) =>
    item.type === 'aws:dynamodb/table:Table' && item.name === from
      ? { ...item, name: 'other', urn: item.urn.replace(/::[^:]+$/, '::other'), aliases }
      : item;
  return {
    ...planned,
    resources: planned.resources.map(fresh),
    registrations: planned.registrations.map(fresh),
  };
};

describe('resources with data', () => {
  for (const stack of stacks) {
    it(`are where the committed plan of ${stack} has them`, async () => {
      expect(losses(stack, await planStack({ stack }))).to.deep.equal([]);
    }).timeout(planningMs);
  }

  it('would be lost with another name', async () => {
    const renamed = rename(await planStack({ stack: 'prod' }), 'interview-records', []);
    expect(losses('prod', renamed)).to.deep.equal(['delete interview-records']);
  });

  it('are kept with another name and an alias', async () => {
    const aliased = rename(await planStack({ stack: 'prod' }), 'interview-records', [
      { name: 'interview-records' },
    ]);
    expect(losses('prod', aliased)).to.deep.equal([]);
  });
});
