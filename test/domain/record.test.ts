// Which changes of a record's state are allowed?
import { expect } from 'chai';
import { isTerminal, mayBecome, recordStatusSchema } from '../../domain/record.ts';

const states = recordStatusSchema.options;

describe('a record', () => {
  it('never leaves a terminal state', () => {
    const left = states.filter(isTerminal).flatMap((from) => states.filter((to) => mayBecome(from, to)));
    expect(states.filter(isTerminal)).to.deep.equal(['SUCCEEDED', 'PARTIAL', 'FAILED']);
    expect(left).to.deep.equal([]);
  });

  it('reaches a result only through PROCESSING, and may fail before it', () => {
    expect(states.filter((to) => mayBecome('UPLOADING', to))).to.deep.equal(['PROCESSING', 'FAILED']);
    expect(states.filter((to) => mayBecome('PROCESSING', to))).to.deep.equal([
      'SUCCEEDED',
      'PARTIAL',
      'FAILED',
    ]);
  });
});
