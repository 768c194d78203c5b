// Does a practice session go from question to question?
import { expect } from 'chai';
import {
  nextSession,
  noSession,
  type PractiseEvent,
  type PractiseSession,
} from '../../../web/src/pages/practise/session.ts';

const begin: PractiseEvent = { name: 'begin', sessionId: 'S', questions: ['one', 'two'], language: 'en' };
const recorded = (takeId: string): PractiseEvent => ({ name: 'recorded', takeId, reason: 'user' });
const after = (...events: readonly PractiseEvent[]): PractiseSession => events.reduce(nextSession, noSession);

describe('practice session', () => {
  it('asks every question in one session, and ends after the last', () => {
    const first = after(begin, { name: 'checked' }, recorded('A'), { name: 'sent' });
    expect(first).to.deep.include({ step: 'record', at: 1, takeId: null, sentIds: ['A'], sessionId: 'S' });
    const last = [recorded('B'), { name: 'sent' } as const].reduce(nextSession, first);
    expect(last).to.deep.include({ step: 'done', sentIds: ['A', 'B'], sessionId: 'S' });
  });

  it('records the same question again after a retake', () => {
    const session = after(begin, { name: 'checked' }, recorded('A'), { name: 'retake' });
    expect(session).to.deep.include({ step: 'record', at: 0, takeId: null, sentIds: [] });
  });

  it('goes back to the beginning when every question was skipped', () => {
    expect(after(begin, { name: 'checked' }, { name: 'skip' }, { name: 'skip' })).to.equal(noSession);
  });

  it('ends with what was sent when the last question is skipped', () => {
    const session = after(begin, { name: 'checked' }, recorded('A'), { name: 'sent' }, { name: 'skip' });
    expect(session).to.deep.include({ step: 'done', sentIds: ['A'] });
  });

  it('does not begin without a question to practise', () => {
    expect(after({ ...begin, questions: [] })).to.equal(noSession);
  });

  it('does not send twice for two presses of the button', () => {
    const session = after(begin, { name: 'checked' }, recorded('A'), { name: 'sent' }, { name: 'sent' });
    expect(session.sentIds).to.deep.equal(['A']);
  });
});
