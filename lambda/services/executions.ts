// How does a function start the state machine?
import { createExecutionStarter } from '../../services/aws/executions.ts';
import type { ExecutionStarter } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

export const openExecutions = ({
  STATE_MACHINE_ARN: stateMachineArn,
}: Pick<FunctionEnvironment, 'STATE_MACHINE_ARN'>): ExecutionStarter =>
  createExecutionStarter({ stateMachineArn });
