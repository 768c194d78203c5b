// What does a candidate read when an analysis failed?
import { expect } from 'chai';
import {
  errorCodes,
  InternalError,
  RecordingRejected,
  ServiceRejected,
  TemporaryFailure,
} from '../../domain/errors.ts';
import { problemOf } from '../../domain/failure.ts';

/** What a Catch hands on when a function threw this. */
const caught = (name: string, errorMessage: string) => ({
  Error: name,
  Cause: JSON.stringify({ errorType: name, errorMessage }),
});

describe('the problem of a failed execution', () => {
  it('is the code and the sentence about the file', () => {
    const { name, code, message } = new RecordingRejected(
      'NOT_MEDIA',
      'This is a PDF document.\nNot a recording.',
    );
    expect(problemOf(caught(name, `${code}: ${message}`))).to.deep.equal({ code, message });
  });

  const ours = ['secret-bucket', '/srv/scratch', 'at run (handler.ts:3)', 'Error', '{'];
  const families = [
    new TemporaryFailure('DISK_FULL', 'x').name,
    new InternalError('x').name,
    'Lambda.Unknown',
    'States.TaskFailed',
  ];
  for (const family of families)
    for (const code of errorCodes)
      it(`never hands on what ${family} says with ${code}`, () => {
        const problem = problemOf(
          caught(family, `${code}: cannot read secret-bucket/srv/scratch at run (handler.ts:3)`),
        );
        expect(problem.code).to.be.oneOf([code, 'BUG']);
        expect(problem.message).to.match(/^[A-Z][^{}/]+\.$/);
        for (const word of ours) expect(problem.message).not.to.include(word);
      });

  it('keeps the codes of the machine', () => {
    for (const code of ['DISK_FULL', 'OUT_OF_MEMORY', 'TIMEOUT', 'THROTTLED', 'UPSTREAM'] as const)
      expect(problemOf(caught('TemporaryFailure', `${code}: x`)).code).to.equal(code);
  });

  it('is what a service says when that was written for people', () => {
    const { name, code, message } = new ServiceRejected(
      'UPSTREAM',
      'The file is no transcript: line 3 has no time.',
    );
    const refused = caught(name, `${code}: ${message}`);
    expect(problemOf(refused, ['ServiceRejected'])).to.deep.equal({ code, message });
    expect(problemOf(refused).message).not.to.include('transcript');
  });

  for (const name of ['States.Timeout', 'States.HeartbeatTimeout'])
    it(`is TIMEOUT for ${name}`, () => {
      expect(problemOf({ Error: name, Cause: '' })).to.deep.equal({
        code: 'TIMEOUT',
        message: 'The analysis took too long and was ended.',
      });
    });

  for (const [error, cause, code] of [
    [
      'Sandbox.Timedout',
      '{"errorMessage":"RequestId: 1 Error: Task timed out after 900.00 seconds"}',
      'TIMEOUT',
    ],
    ['Lambda.Unknown', 'The cause could not be determined: Task timed out after 3.00 seconds', 'TIMEOUT'],
    [
      'Runtime.ExitError',
      '{"errorMessage":"RequestId: 1 Error: Runtime exited with error: signal: killed"}',
      'OUT_OF_MEMORY',
    ],
    ['Lambda.TooManyRequestsException', 'Rate Exceeded.', 'THROTTLED'],
  ] as const)
    it(`is ${code} for ${error} of Lambda`, () => {
      expect(problemOf({ Error: error, Cause: cause }).code).to.equal(code);
    });

  it('is never read from what a rejected file says', () => {
    const cause = JSON.stringify({ errorMessage: 'NOT_MEDIA: The file says signal: killed.' });
    expect(problemOf({ Error: 'RecordingRejected', Cause: cause }).code).to.equal('NOT_MEDIA');
  });

  const unreadable = [
    '',
    'null',
    '{"errorMessage":7}',
    '{"trace":[]}',
    'RequestId: 1 Process exited',
    'NONSENSE: x',
    'EMPTY:x',
  ];
  for (const cause of unreadable)
    it(`is our fault when the cause is ${JSON.stringify(cause)}`, () => {
      const problem = problemOf({ Error: 'Lambda.Unknown', Cause: cause });
      expect(problem).to.deep.equal({ code: 'BUG', message: 'Something went wrong on our side.' });
    });

  it('always says something, also for a rejection without a sentence', () => {
    expect(problemOf(caught('RecordingRejected', 'no code here')).message).not.to.equal('');
  });
});
