// Whose executions does a function look at and stop? Those of the one state machine that it is told.
import { createExecutionRuns } from '../../services/aws/execution-runs.ts';
import type { ExecutionRuns } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

export const openRuns = ({
  STATE_MACHINE_ARN: stateMachineArn,
}: Pick<FunctionEnvironment, 'STATE_MACHINE_ARN'>): ExecutionRuns => createExecutionRuns({ stateMachineArn });
