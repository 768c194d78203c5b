// Does a rule take exactly the events that its subscription waits for (A9–A11)?
import { expect } from 'chai';
import { eventPatternOf } from '../../systems/event-pattern.ts';
import { executionEnded, recordsDue, uploadFinished } from '../../systems/interview/subscriptions.ts';

const nameOf = (name: string): string => `the ${name}`;

describe('the pattern of a subscription', () => {
  it('wants prefix and suffix of an upload together, in the system’s own bucket', () => {
    expect(eventPatternOf(uploadFinished, nameOf)).to.deep.equal({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: {
        bucket: { name: ['the media'] },
        object: { key: [{ wildcard: 'uploads/*.webm' }, { wildcard: 'uploads/*.mp4' }] },
      },
    });
  });

  it('wants the ends without success of the system’s own state machine', () => {
    expect(eventPatternOf(executionEnded, nameOf)).to.deep.equal({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: ['the analyse-interview'], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    });
  });

  it('is none for a clock, whose rule has a schedule', () => {
    expect(eventPatternOf(recordsDue, nameOf)).to.equal(null);
  });

  it('takes stars and backslashes of a prefix as they are', () => {
    const from = { bucket: 'media', keys: [{ prefix: String.raw`a*\b/`, suffix: '' }] };
    expect(eventPatternOf({ ...uploadFinished, from }, nameOf)?.detail).to.have.nested.property(
      'object.key[0].wildcard',
      String.raw`a\*\\b/*`,
    );
  });

  it('carries names that are known only later as they are', () => {
    const later = { known: 'later' };
    expect(eventPatternOf(uploadFinished, () => later)?.detail).to.have.nested.property(
      'bucket.name[0]',
      later,
    );
  });
});
