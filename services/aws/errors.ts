// What does a failed call of AWS mean to us? One translation into the families of domain/errors.ts.
import {
  codeOf,
  GreenroomError,
  InternalError,
  ServiceRejected,
  TemporaryFailure,
} from '../../domain/errors.ts';

/** "Slower, please", in the words of the services; a call may also say so by its status 429. */
const throttled: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'ServiceQuotaExceededException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

/** The deployment is wrong: what it names is not there, or may not be used. */
const misconfigured: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidSignatureException',
  'KMSAccessDeniedException',
  'NoSuchBucket',
  'ResourceNotFoundException',
  'SignatureDoesNotMatch',
  'StateMachineDoesNotExist',
  'UnrecognizedClientException',
]);

/** The connection failed, or the answer did not come in time. */
const networkCodes =
  /^(?:E(?:CONN(?:RESET|REFUSED|ABORTED)|PIPE|TIMEDOUT|PROTO|HOST(?:UNREACH|DOWN)|NET(?:UNREACH|DOWN|RESET)|NOTFOUND|AI_AGAIN)|ERR_(?:STREAM_PREMATURE_CLOSE|HTTP2_.+|SSL_.+)|HPE_.+)$/;
const timedOut: ReadonlySet<string> = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException']);

interface Facts {
  readonly name: string;
  readonly message: string;
  /** HTTP status of an answer; `null` when there was none. */
  readonly status: number | null;
  readonly systemCode: string;
}

/** Reads what the SDK hangs on its errors, in whatever shape they come. */
export function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { name: '', message: String(error), status: null, systemCode: '' };
  const { name, message } = error;
  const { $metadata: metadata, code } = error as { $metadata?: { httpStatusCode?: unknown }; code?: unknown };
  const status = metadata?.httpStatusCode;
  return {
    name,
    message,
    status: typeof status === 'number' ? status : null,
    systemCode: typeof code === 'string' ? code : '',
  };
}

function isNetworkFault({ name, status, systemCode }: Facts): boolean {
  return status === null && (timedOut.has(name) || networkCodes.test(systemCode));
}

/**
 * The error to throw for a failed call: too fast, broken or too slow is a `TemporaryFailure`, a wrong deployment an
 * `InternalError`, anything else that the service refuses a `ServiceRejected`; a full disk or short memory of this
 * machine a `TemporaryFailure` too. `what` begins the sentence: `Reading uploads/x`. The cause is kept.
 */
export function awsFailure(error: unknown, what: string): GreenroomError {
  if (error instanceof GreenroomError) return error;
  const details = { cause: error };
  const local = codeOf(error);
  if (local === 'DISK_FULL' || local === 'OUT_OF_MEMORY')
    return new TemporaryFailure(
      local,
      `${what} failed: ${local === 'DISK_FULL' ? 'the disk is full' : 'no memory'}.`,
      details,
    );
  const facts = factsOf(error);
  const { name, status } = facts;
  if (throttled.has(name) || status === 429)
    return new TemporaryFailure('THROTTLED', `${what} failed: the service is busy (${name}).`, details);
  if (timedOut.has(name) || isNetworkFault(facts) || (status !== null && status >= 500))
    return new TemporaryFailure(
      'UPSTREAM',
      `${what} failed: ${name || 'the service'} did not answer well.`,
      details,
    );
  if (misconfigured.has(name) || status === 401 || status === 403)
    return new InternalError(`${what} failed: ${name || String(status)} means a wrong deployment.`, details);
  if (status !== null && status >= 400)
    return new ServiceRejected('UPSTREAM', `${what} was refused: ${name}.`, details);
  return new InternalError(`${what} failed.`, details);
}

/** Runs a call and translates what it throws; an abort throws the signal's reason and nothing else. */
export async function guarded<T>(what: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    signal?.throwIfAborted();
    return await work();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw awsFailure(error, what);
  }
}
