// Which errors are tried again, how often, and how long do we wait? One table for every task.
import type { Retrier } from '../asl.ts';
import type { MatchableError } from '../machine.ts';

/**
 * All the copies that a function may have are at work. A flood of uploads waits here for its turn: fifty minutes on
 * average, before the last attempt gives up as THROTTLED.
 */
const full: Retrier<MatchableError> = {
  ErrorEquals: ['Lambda.TooManyRequestsException'],
  IntervalSeconds: 10,
  MaxAttempts: 10,
  BackoffRate: 2.5,
  MaxDelaySeconds: 1200,
  JitterStrategy: 'FULL',
};

/** The machine or a service failed for now. */
const temporary: Retrier<MatchableError> = {
  ErrorEquals: [
    'TemporaryFailure',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.ClientExecutionTimeoutException',
  ],
  IntervalSeconds: 2,
  MaxAttempts: 3,
  BackoffRate: 2,
  MaxDelaySeconds: 30,
  JitterStrategy: 'FULL',
};

/** What did not fit into time or memory, or died without a word, hardly fits the next time: one more chance. */
const died: Retrier<MatchableError> = {
  ErrorEquals: ['ResourceExhausted', 'Lambda.Unknown', 'Sandbox.Timedout', 'States.Timeout'],
  IntervalSeconds: 5,
  MaxAttempts: 1,
};

/** The user's file (`RecordingRejected`), a refused answer and our own bugs are never tried again. */
export const retryTable = [full, temporary, died] as const;

/** For what is asked again and again anyway: waiting in line for each question would add up to days. */
export const pollRetryTable = [
  { ...temporary, ErrorEquals: [...temporary.ErrorEquals, 'Lambda.TooManyRequestsException'] },
  died,
] as const satisfies readonly Retrier<MatchableError>[];
