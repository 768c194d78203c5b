// Do the functions of the whole program get what their stack's settings say?
import { expect } from 'chai';
import deploy from '../../index.ts';
import { capture, configOf, ofType } from './captured-stack.ts';

describe('the variables of the deployed functions', function () {
  // Every capture bundles the functions; on a busy machine that takes its time.
  this.timeout(240_000);

  it('let a record leave after its days, and tag what is made like the stack itself (A39, B54)', async () => {
    const config = { ...configOf('dev'), 'greenroom:recordsRetentionDays': '17' };
    const stack = await capture(deploy, { config });
    const values = (name: string): unknown[] =>
      ofType(stack, 'aws:lambda/function:Function').flatMap(({ inputs }) => {
        const { variables } = inputs['environment'] as { variables: Record<string, unknown> };
        return name in variables ? [variables[name]] : [];
      });
    // Who claims and who closes a record, in the pipeline and beside it.
    expect(values('RECORD_RETENTION_DAYS')).to.deep.equal(['17', '17', '17']);
    const [provider] = ofType(stack, 'pulumi:providers:aws');
    const { tags } = JSON.parse(String(provider?.inputs['defaultTags'])) as { tags: Record<string, string> };
    expect(values('DEPLOYMENT')).to.deep.equal([tags['deployment']]);
  });
});
