// Do the functions of the whole program get what their stack's settings say?
import { expect } from 'chai';
import deploy from '../../index.ts';
import { interview } from '../../systems/interview/system.ts';
import { variablesOf } from '../../systems/environment.ts';
import { capture, type CapturedStack, ofType, pinnedConfigOf } from './captured-stack.ts';

describe('the variables of the deployed functions', () => {
  let stack: CapturedStack;
  const variables = (): readonly (readonly [stage: string, values: Record<string, unknown>])[] =>
    ofType(stack, 'aws:lambda/function:Function').map(({ name, inputs }) => [
      name.replace('interview-', ''),
      (inputs['environment'] as { variables: Record<string, unknown> }).variables,
    ]);
  /** The values of a variable, by the stages that have it. */
  const valuesOf = (variable: string): Record<string, unknown> =>
    Object.fromEntries(
      variables().flatMap(([stage, values]) => (variable in values ? [[stage, values[variable]]] : [])),
    );
  before(async () => {
    const config = {
      ...pinnedConfigOf('dev'),
      'greenroom:recordsRetentionDays': '17',
      'greenroom:recordsTableSecondaryIndex': 'by_user',
    };
    stack = await capture(deploy, { config });
  });

  it('are those of their grants, each with a value (A29)', () => {
    for (const stage of interview.stages) {
      const values = Object.fromEntries(variables())[stage.name] ?? {};
      expect(Object.keys(values), stage.name).to.have.members([...variablesOf(stage), 'NODE_OPTIONS']);
    }
  });

  it('let a record leave after its days (A39)', () => {
    // Who creates, claims, changes and closes a record, and who tells a user how long it may stay.
    expect(valuesOf('RECORD_RETENTION_DAYS')).to.deep.equal(
      Object.fromEntries(
        [
          'close-record',
          'create-upload',
          'finalize-record',
          'keep-preferences',
          'remove-records',
          'start-analysis',
        ].map((stage) => [stage, '17']),
      ),
    );
  });

  it('name the stores, and the index as the stack does (A33)', () => {
    expect(new Set(Object.values(valuesOf('TABLE_NAME')))).to.deep.equal(new Set(['interview-records']));
    expect(valuesOf('PREFERENCES_TABLE_NAME')).to.deep.equal(
      Object.fromEntries(
        ['create-upload', 'keep-preferences', 'remove-records'].map((stage) => [
          stage,
          'interview-preferences',
        ]),
      ),
    );
    expect(new Set(Object.values(valuesOf('TABLE_INDEX_NAME')))).to.deep.equal(new Set(['by_user']));
  });

  it('tag what is made like the stack itself (B54)', () => {
    const [provider] = ofType(stack, 'pulumi:providers:aws');
    const { tags } = JSON.parse(String(provider?.inputs['defaultTags'])) as { tags: Record<string, string> };
    expect(valuesOf('DEPLOYMENT')).to.deep.equal({ 'start-transcription': tags['deployment'] });
  });
});
