// Does a program that fails fail in words that its author understands?
import { expect } from 'chai';
import { PlanFailed } from '../../plan/plan-failed.ts';
import { planScenario } from './scenario.ts';

async function failureOf(scenario: string, timeoutSeconds = 60): Promise<string> {
  try {
    await planScenario(scenario, { timeoutSeconds });
  } catch (error) {
    expect(error).to.be.instanceOf(PlanFailed);
    return (error as Error).message;
  }
  throw new Error(`${scenario} did not fail`);
}

const texts: readonly (readonly [scenario: string, text: string | RegExp])[] = [
  ['throws', /^Error: the width must be a number \(failures\.ts:\d+\)$/],
  [
    'throwsLater',
    /^Error: error serializing property "policy": no policy for this one \(failures\.ts:\d+\)$/,
  ],
  ['isTaken', 'two resources have the same URN, urn:pulumi:dev::scenarios::aws:s3/bucket:Bucket::media'],
  ['asksTheUnknown', /^the offline plan does not know the provider function aws:index\/getAvailabilityZones/],
  ['isRemote', /^the offline plan does not know what the component elsewhere:index:Thing makes/],
  ['hasLongName', /^a{80}-[0-9a-f]{7} has 88 characters; AWS takes 64 for it$/],
  ['nothing', /^Error: there is no scenario nothing \(index\.ts:\d+\)$/],
];

describe('a program that fails', function () {
  this.timeout(60_000);

  for (const [scenario, text] of texts)
    it(`says why: ${scenario}`, async () => {
      const message = await failureOf(scenario);
      if (typeof text === 'string') expect(message).to.equal(text);
      else expect(message).to.match(text);
      expect(message).not.to.match(/node_modules|grpc|\n\s+at /);
    });

  it('is ended when it hangs', async () => {
    expect(await failureOf('hangs', 4)).to.equal('the program did not end within 4 s and was stopped');
  });

  it('is not taken for done when it waits for ever', async () => {
    expect(await failureOf('neverEnds')).to.equal('the program ended before it was done');
  });
});
