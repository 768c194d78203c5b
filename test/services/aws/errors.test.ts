// Into which family does each failure of AWS fall?
import { expect } from 'chai';
import { ServiceRejected } from '../../../domain/errors.ts';
import { awsFailure, guarded } from '../../../services/aws/errors.ts';
import { thrownBy } from '../contracts/object-store.ts';

/** An error as the SDK throws it. */
const sdkError = (name: string, status: number): Error =>
  Object.assign(new Error(`${name} happened`), { name, $metadata: { httpStatusCode: status } });
const systemError = (code: string): Error => Object.assign(new Error(code), { code });
const named = (name: string): Error => Object.assign(new Error(name), { name });

const families: readonly (readonly [Error, string, string])[] = [
  [sdkError('SlowDown', 503), 'TemporaryFailure', 'THROTTLED'],
  [sdkError('ThrottlingException', 400), 'TemporaryFailure', 'THROTTLED'],
  [sdkError('ProvisionedThroughputExceededException', 400), 'TemporaryFailure', 'THROTTLED'],
  [sdkError('LimitExceededException', 400), 'TemporaryFailure', 'THROTTLED'],
  [sdkError('Whatever', 429), 'TemporaryFailure', 'THROTTLED'],
  [sdkError('InternalServerError', 500), 'TemporaryFailure', 'UPSTREAM'],
  [sdkError('ServiceUnavailable', 503), 'TemporaryFailure', 'UPSTREAM'],
  [sdkError('RequestTimeout', 400), 'TemporaryFailure', 'UPSTREAM'],
  [named('TimeoutError'), 'TemporaryFailure', 'UPSTREAM'],
  [systemError('ECONNRESET'), 'TemporaryFailure', 'UPSTREAM'],
  [systemError('ECONNREFUSED'), 'TemporaryFailure', 'UPSTREAM'],
  [systemError('EAI_AGAIN'), 'TemporaryFailure', 'UPSTREAM'],
  [systemError('ENOTFOUND'), 'TemporaryFailure', 'UPSTREAM'],
  [systemError('ERR_STREAM_PREMATURE_CLOSE'), 'TemporaryFailure', 'UPSTREAM'],
  [systemError('ENOSPC'), 'TemporaryFailure', 'DISK_FULL'],
  [systemError('EDQUOT'), 'TemporaryFailure', 'DISK_FULL'],
  [systemError('ENOMEM'), 'TemporaryFailure', 'OUT_OF_MEMORY'],
  [systemError('ENOENT'), 'InternalError', 'BUG'],
  [systemError('EACCES'), 'InternalError', 'BUG'],
  [systemError('ERR_INVALID_ARG_TYPE'), 'InternalError', 'BUG'],
  [sdkError('AccessDeniedException', 400), 'InternalError', 'BUG'],
  [sdkError('AccessDenied', 403), 'InternalError', 'BUG'],
  [sdkError('Whatever', 403), 'InternalError', 'BUG'],
  [sdkError('NoSuchBucket', 404), 'InternalError', 'BUG'],
  [sdkError('ResourceNotFoundException', 400), 'InternalError', 'BUG'],
  [sdkError('StateMachineDoesNotExist', 400), 'InternalError', 'BUG'],
  [named('CredentialsProviderError'), 'InternalError', 'BUG'],
  [new TypeError('x is not a function'), 'InternalError', 'BUG'],
  [sdkError('NoSuchKey', 404), 'ServiceRejected', 'UPSTREAM'],
  [sdkError('ValidationException', 400), 'ServiceRejected', 'UPSTREAM'],
  [sdkError('InvalidExecutionInput', 400), 'ServiceRejected', 'UPSTREAM'],
];

describe('a failed call of AWS', () => {
  for (const [error, family, code] of families) {
    it(`is a ${family} (${code}) for ${error.name} ${error.message}`, () => {
      const failure = awsFailure(error, 'Reading x');
      expect(failure).to.include({ name: family, code });
      expect(failure.cause).to.equal(error);
      expect(failure.message).to.match(/^Reading x /);
    });
  }

  it('stays what it is when it was translated before', () => {
    const known = new ServiceRejected('CHECKSUM', 'Other bytes.');
    expect(awsFailure(known, 'Reading x')).to.equal(known);
  });

  it('is the reason of the abort when the caller has stopped it, whatever the service says', async () => {
    const stop = new AbortController();
    const reason = new Error('the execution was stopped');
    const call = guarded(
      'Reading x',
      async () => {
        stop.abort(reason);
        throw sdkError('InternalServerError', 500);
      },
      stop.signal,
    );
    expect(await thrownBy(call)).to.equal(reason);
  });

  it('is not even made when the signal is aborted already', async () => {
    let isMade = false;
    const call = guarded(
      'Reading x',
      async () => {
        isMade = true;
      },
      AbortSignal.abort(new Error('stopped')),
    );
    expect(await thrownBy(call)).to.have.property('message', 'stopped');
    expect(isMade).to.equal(false);
  });
});
