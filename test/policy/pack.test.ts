// Does Pulumi's engine get the same answers from the policy pack?
import { expect } from 'chai';
import { rules } from '../../policy/rules.ts';
import { Analyzer } from './analyzer.ts';
import { graphOf, planningMs, stacks } from './graphs.ts';
import { allowAlso, drop, set } from './mutants/mutant.ts';

const mandatory = 1;

describe('the policy pack', () => {
  let analyzer: Analyzer;

  before(async function start() {
    this.timeout(planningMs);
    analyzer = await Analyzer.start();
    for (const stack of stacks) await graphOf(stack, 'build');
  });
  after(() => analyzer.close());

  it('has every law that the engine can be asked about', async () => {
    const wanted = rules.filter(({ scope }) => scope !== 'plan').map(({ name }) => name);
    expect(await analyzer.policies()).to.have.members(wanted);
    expect(wanted.length).to.be.greaterThan(80);
  });

  for (const stack of stacks) {
    it(`lets ${stack} be deployed`, async () => {
      expect(await analyzer.analyze(await graphOf(stack, 'build'))).to.deep.equal([]);
    }).timeout(planningMs);
  }

  it('says nothing about what a first preview cannot know', async () => {
    const unknown = await graphOf('prod', 'pinned', { preview: true });
    expect(await analyzer.analyze(unknown)).to.deep.equal([]);
  }).timeout(planningMs);

  const mistakes = [
    {
      rule: 'no-wildcard-resource',
      mutate: allowAlso('RolePolicy::interview-convert-video', { Action: 's3:GetObject', Resource: '*' }),
    },
    { rule: 'queue-is-emptied', mutate: drop('EventSourceMapping::interview-uploads') },
    { rule: 'objects-are-kept', mutate: set('Bucket::interview-media', { forceDestroy: true }) },
  ];
  for (const { rule, mutate } of mistakes) {
    it(`stops a deployment that breaks ${rule}`, async () => {
      const found = await analyzer.analyze(mutate(await graphOf('prod', 'build')));
      expect(found.map(({ policy, level }) => ({ policy, level }))).to.deep.equal([
        { policy: rule, level: mandatory },
      ]);
      expect(found[0]?.urn).to.match(/^urn:pulumi:prod::greenroom::/);
    }).timeout(planningMs);
  }
});
