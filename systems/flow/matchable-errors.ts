// Which error names may a Retry or a Catch match? A closed list: a misspelt name would never match and never tell.
import type { ErrorName } from '../../domain/errors.ts';

/** What Step Functions itself raises in a JSONata definition. */
type StatesError = `States.${
  | 'ALL'
  | 'BranchFailed'
  | 'DataLimitExceeded'
  | 'ExceedToleratedFailureThreshold'
  | 'HeartbeatTimeout'
  | 'ItemReaderFailed'
  | 'NoChoiceMatched'
  | 'Permissions'
  | 'QueryEvaluationError'
  | 'ResultWriterFailed'
  | 'Runtime'
  | 'TaskFailed'
  | 'Timeout'}`;

/** What the Lambda service raises when a function could not be run or died. */
type LambdaError = `Lambda.${
  | 'AWSLambdaException'
  | 'ClientExecutionTimeoutException'
  | 'ServiceException'
  | 'SdkClientException'
  | 'TooManyRequestsException'
  | 'Unknown'}`;

/** What Lambda's sandbox reports of a function that ran out of time, where it is not told as `Lambda.Unknown`. */
type SandboxError = 'Sandbox.Timedout';

export type MatchableError = ErrorName | StatesError | LambdaError | SandboxError;

/** What other AWS services raise; only a Task with a Resource of its own meets them. */
export type ServiceError = `${string}.${string}Exception`;
