// Does every stack keep every law, and does every law bite?
import { expect } from 'chai';
import { disposableStacks } from '../../policy/disposable-stacks.ts';
import { judge } from '../../policy/judge.ts';
import type { StackGraph } from '../../policy/resource.ts';
import { rules } from '../../policy/rules.ts';
import { graphOf, imageModes, planningMs, type StackName, stacks } from './graphs.ts';
import { configOf } from '../components/captured-stack.ts';
import { accessMutants } from './mutants/access.ts';
import { computeMutants } from './mutants/compute.ts';
import { deliveryMutants } from './mutants/delivery.ts';
import { set, type Mutant } from './mutants/mutant.ts';
import { programMutants } from './mutants/program.ts';
import { siteMutants } from './mutants/site.ts';
import { storeMutants } from './mutants/stores.ts';
import { userMutants } from './mutants/users.ts';

const mutants: readonly Mutant[] = [
  ...accessMutants,
  ...storeMutants,
  ...deliveryMutants,
  ...computeMutants,
  ...programMutants,
  ...siteMutants,
  ...userMutants,
];

const broken = (graph: StackGraph): readonly string[] => [
  ...new Set(judge(graph).violations.map(({ rule }) => rule)),
];

const brokenAsAcme = async (stack: StackName): Promise<readonly string[]> =>
  broken({ ...(await graphOf(stack, 'pinned')), stack: 'acme' });

describe('the laws', () => {
  before(async function plan() {
    this.timeout(planningMs);
    // One after the other: each starts a program of its own.
    for (const stack of stacks) for (const mode of imageModes) await graphOf(stack, mode);
  });

  for (const stack of stacks) {
    for (const mode of imageModes) {
      it(`hold for all of ${stack} with images of the mode ${mode}`, async () => {
        const { violations, undecided, looks } = judge(await graphOf(stack, mode));
        expect(violations).to.deep.equal([]);
        expect(undecided).to.deep.equal([]);
        expect(looks.get('no-leaked-output')).to.be.greaterThan(200);
      });
    }

    it(`have no waiver that ${stack} does not need`, async () => {
      const idle = await Promise.all(
        imageModes.map(async (mode) => judge(await graphOf(stack, mode)).idleWaivers),
      );
      const [first = [], ...others] = idle;
      expect(first.filter((waiver) => others.every((list) => list.includes(waiver)))).to.deep.equal([]);
    });
  }

  it('ask a stack of any other name to keep its data, as prod does (B14)', async () => {
    expect(await brokenAsAcme('prod')).to.deep.equal([]);
    expect(await brokenAsAcme('dev')).to.have.members([
      'data-is-protected',
      'data-stays-behind',
      'objects-are-kept',
      'sign-in-comes-back-to-us',
      'table-undeletable',
      'users-undeletable',
    ]);
  });

  it('let the data go of exactly those stacks whose settings let it go', () => {
    const disposable = stacks.filter((stack) => configOf(stack)['greenroom:protectData'] === 'false');
    expect(disposableStacks).to.deep.equal(disposable);
  });

  it('leave nothing undecided but what a first preview cannot know', async () => {
    const { violations, undecided } = judge(await graphOf('prod', 'pinned', { preview: true }));
    expect(violations).to.deep.equal([]);
    expect(undecided.length).to.be.greaterThan(0);
  }).timeout(planningMs);

  it('take what AWS answers where nobody said anything', async () => {
    const answers = [
      set('Function::interview-measure-text', { reservedConcurrentExecutions: -1, vpcConfig: null }),
      set('Queue::interview-uploads-dead-letters', { redrivePolicy: '', policy: '' }),
      set('MetricAlarm::interview-records-throttles', { metricName: '', namespace: '', dimensions: {} }),
      set('EventSourceMapping::interview-uploads', { destinationConfig: null, batchSize: 10 }),
      set('Stage::interview-api', { cacheClusterEnabled: false, webAclArn: '' }),
    ];
    const answered = answers.reduce((graph, answer) => answer(graph), await graphOf('prod', 'pinned'));
    expect(broken(answered)).to.deep.equal([]);
  });

  for (const { rule, change, mutate, mode = 'pinned', also = [] } of mutants) {
    it(`notice with ${rule}: ${change}`, async () => {
      const real = await graphOf('prod', mode);
      expect(broken(mutate(real))).to.have.members([rule, ...also]);
    });
  }

  it('each have a mutant', () => {
    const bitten = new Set(mutants.map(({ rule }) => rule));
    expect(rules.map(({ name }) => name).filter((name) => !bitten.has(name))).to.deep.equal([]);
  });

  it('have names of their own, and say what they ask and why', () => {
    expect(new Set(rules.map(({ name }) => name)).size).to.equal(rules.length);
    for (const { name, asks, why } of rules) {
      expect(name).to.match(/^[a-z]+(-[a-z]+)*$/);
      expect(
        [asks, why].every((text) => /^[A-Z].*\.$/s.test(text)),
        name,
      ).to.equal(true);
    }
  });
});
