// How is the state machine started, once for each name?
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { assertFinite } from '../../domain/json-numbers.ts';
import type { ExecutionStarter } from '../contracts.ts';
import { brief, clientOptions } from './clients.ts';
import { guarded } from './errors.ts';

/** Keys in one order at every depth, so that the same input is the same text. */
const sortKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** JSON that is the same text for the same value. @throws InternalError for NaN and infinite numbers */
export function canonicalJson(value: unknown): string {
  assertFinite(value);
  return JSON.stringify(value, sortKeys);
}

export interface ExecutionStarterOptions {
  readonly stateMachineArn: string;
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: SFNClient;
}

/**
 * Starts STANDARD executions by name. Step Functions answers a second start with the same input as if it were the
 * first while the execution runs, and refuses every other one for 90 days: both start nothing. A lost answer may
 * therefore be asked for again.
 */
export function createExecutionStarter({
  stateMachineArn,
  client = new SFNClient(clientOptions(brief)),
}: ExecutionStarterOptions): ExecutionStarter {
  return {
    start: (name, input) =>
      guarded(`Starting the execution ${name}`, async () => {
        const command = new StartExecutionCommand({ stateMachineArn, name, input: canonicalJson(input) });
        try {
          await client.send(command);
          return 'STARTED';
        } catch (error) {
          if (error instanceof ExecutionAlreadyExists) return 'ALREADY_EXISTS';
          throw error;
        }
      }),
  };
}
