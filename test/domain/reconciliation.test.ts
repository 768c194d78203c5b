// Does every stuck record get the remedy that ends it, and is everything else left alone?
import { expect } from 'chai';
import { newRecordId, userIdSchema } from '../../domain/ids.ts';
import type { Record } from '../../domain/record.ts';
import { mayBeRedriven, newRecord } from '../../domain/record.ts';
import { remedyFor, type ExecutionSummary } from '../../domain/reconciliation.ts';

const now = new Date('2026-05-01T12:00:00.000Z');
const created = new Date('2026-01-01T00:00:00.000Z');
const record = (status: Record['status'], ageMinutes: number): Record => ({
  ...newRecord({ recordId: newRecordId(), userId: userIdSchema.parse('user-1'), now: created }),
  status,
  updatedAt: new Date(now.getTime() - ageMinutes * 60_000).toISOString(),
  executionName: status === 'UPLOADING' ? null : 'e1',
});
const execution = (status: ExecutionSummary['status']): ExecutionSummary => ({
  name: 'e1',
  status,
  startedAt: '2026-05-01T11:00:00.000Z',
  stoppedAt: null,
  error: null,
  cause: null,
});

const cases = [
  // state, minutes, uploaded, execution, remedy
  ['UPLOADING', 1, false, null, 'LEAVE'],
  ['UPLOADING', 14, true, null, 'LEAVE'],
  ['UPLOADING', 15, true, null, 'ANNOUNCE'],
  ['UPLOADING', 24 * 60 - 1, false, null, 'LEAVE'],
  ['UPLOADING', 24 * 60, false, null, 'CLOSE'],
  ['PROCESSING', 600, true, 'RUNNING', 'LEAVE'],
  ['PROCESSING', 0, true, 'SUCCEEDED', 'LEAVE'],
  ['PROCESSING', 2, true, 'SUCCEEDED', 'CLOSE'],
  ['PROCESSING', 2, true, 'FAILED', 'CLOSE'],
  ['PROCESSING', 2, true, 'ABORTED', 'CLOSE'],
  ['PROCESSING', 2, true, 'TIMED_OUT', 'CLOSE'],
  ['PROCESSING', 14, true, null, 'LEAVE'],
  ['PROCESSING', 15, true, null, 'ANNOUNCE'],
  ['PROCESSING', 15, false, null, 'CLOSE'],
  ['SUCCEEDED', 9999, true, null, 'LEAVE'],
  ['PARTIAL', 9999, true, 'SUCCEEDED', 'LEAVE'],
  ['FAILED', 9999, true, 'FAILED', 'LEAVE'],
] as const;

describe('reconciliation', () => {
  for (const [status, minutes, isUploaded, ended, action] of cases)
    it(`gives ${action} to a record that is ${status} for ${String(minutes)} min, ${isUploaded ? 'uploaded' : 'not uploaded'}, execution ${ended ?? 'unknown'}`, () => {
      const open = { record: record(status, minutes), isUploaded, execution: ended && execution(ended) };
      expect(remedyFor(open, now).action).to.equal(action);
    });

  it('closes a timed-out analysis as TIMEOUT and any other as our fault', () => {
    for (const [status, code] of [
      ['TIMED_OUT', 'TIMEOUT'],
      ['ABORTED', 'BUG'],
    ] as const) {
      const open = { record: record('PROCESSING', 5), isUploaded: true, execution: execution(status) };
      expect(remedyFor(open, now)).to.deep.nested.include({ action: 'CLOSE', 'problem.code': code });
    }
  });
});

describe('a failed record', () => {
  for (const [code, may] of [
    ['UPSTREAM', true],
    ['THROTTLED', true],
    ['BUG', true],
    ['DISK_FULL', true],
    ['NOT_MEDIA', false],
    ['EMPTY', false],
    ['TOO_LARGE', false],
  ] as const)
    it(`may ${may ? '' : 'not '}be redriven after ${code}`, () => {
      expect(mayBeRedriven({ status: 'FAILED', problems: [{ code, message: '' }] })).to.equal(may);
    });

  it('is the only one that may be redriven', () => {
    const bug = [{ code: 'BUG', message: '' }] as const;
    expect(mayBeRedriven({ status: 'PARTIAL', problems: [...bug] })).to.equal(false);
    expect(mayBeRedriven({ status: 'PROCESSING', problems: [] })).to.equal(false);
  });
});
