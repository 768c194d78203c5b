// How does an operator look at executions in Step Functions?
import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  ListExecutionsCommand,
  type ExecutionStatus as SfnStatus,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { ExecutionStatus, ExecutionSummary } from '../../../domain/reconciliation.ts';
import type { Ledger } from '../../operations.ts';

export interface ExecutionsOptions {
  readonly client: SFNClient;
  readonly stateMachineArn: string;
}

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

const summaryOf = ({ name, status, startDate, stopDate, error, cause }: Described): ExecutionSummary => ({
  name: name ?? '',
  status: statusOf(status),
  startedAt: (startDate ?? new Date(0)).toISOString(),
  stoppedAt: stopDate?.toISOString() ?? null,
  error: error ?? null,
  cause: cause ?? null,
});

/** Step Functions forgets an execution 90 days after its end. */
export function createExecutions({
  client,
  stateMachineArn,
}: ExecutionsOptions): Pick<Ledger, 'executions' | 'execution'> {
  const prefix = stateMachineArn.replace(':stateMachine:', ':execution:');
  return {
    executions: async (limit) => {
      const { executions = [] } = await client.send(
        new ListExecutionsCommand({ stateMachineArn, maxResults: limit }),
      );
      return executions.map(summaryOf);
    },
    execution: async (name) => {
      try {
        return summaryOf(
          await client.send(new DescribeExecutionCommand({ executionArn: `${prefix}:${name}` })),
        );
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return null;
        throw error;
      }
    },
  };
}
