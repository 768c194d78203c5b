// How does an operator look at executions in Step Functions?
import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  ListExecutionsCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { Ledger } from '../../operations.ts';
import { summaryOf } from '../execution-summary.ts';

export interface ExecutionsOptions {
  readonly client: SFNClient;
  readonly stateMachineArn: string;
}

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
