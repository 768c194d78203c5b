// How does Step Functions say that an execution stands?
import type { ExecutionStatus as SfnStatus } from '@aws-sdk/client-sfn';
import type { ExecutionStatus, ExecutionSummary } from '../../domain/reconciliation.ts';

/** What descriptions and lists of executions have in common. */
interface Described {
  readonly name?: string | undefined;
  readonly status?: SfnStatus | undefined;
  readonly startDate?: Date | undefined;
  readonly stopDate?: Date | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** An execution that waits for a redrive is one that runs. */
const statusOf = (status: SfnStatus | undefined): ExecutionStatus =>
  status === undefined || status === 'PENDING_REDRIVE' ? 'RUNNING' : status;

/** The same in our words. */
export const summaryOf = ({
  name,
  status,
  startDate,
  stopDate,
  error,
  cause,
}: Described): ExecutionSummary => ({
  name: name ?? '',
  status: statusOf(status),
  startedAt: (startDate ?? new Date(0)).toISOString(),
  stoppedAt: stopDate?.toISOString() ?? null,
  error: error ?? null,
  cause: cause ?? null,
});
