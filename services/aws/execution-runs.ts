// How may somebody look at an execution of theirs in Step Functions, and stop it?
import {
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionDoesNotExist,
  paginateGetExecutionHistory,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { ExecutionEvent } from '../../domain/run/execution-run.ts';
import type { ExecutionRuns } from '../contracts.ts';
import { brief, clientOptions } from './clients.ts';
import { guarded } from './errors.ts';
import { eventOf } from './execution-history.ts';
import { summaryOf } from './execution-summary.ts';

export interface ExecutionRunsOptions {
  readonly stateMachineArn: string;
  /** Default: a client of its own, with the region and the credentials of the environment. */
  readonly client?: SFNClient;
}

/** Step Functions ends an execution at 25,000 events, and gives at most 1,000 at once. */
const mostPages = 25;
const eventsOfPage = 1000;

/** Definitions that are remembered: an execution keeps the one that it began with. */
const mostDefinitions = 100;

/** The error that a cancelled execution ends with; who closes its record knows it by this. */
const cancelled = 'Cancelled';

async function historyOf(client: SFNClient, executionArn: string): Promise<readonly ExecutionEvent[]> {
  const events: ExecutionEvent[] = [];
  const pages = paginateGetExecutionHistory({ client, pageSize: eventsOfPage }, { executionArn });
  let count = 0;
  for await (const page of pages) {
    events.push(...(page.events ?? []).map(eventOf));
    count += 1;
    if (count === mostPages) break;
  }
  return events;
}

/**
 * Definitions by execution. An account may ask for about one a second (Step Functions Developer Guide, "Service
 * quotas"), while a page that watches an analysis asks every two seconds.
 */
function rememberDefinitions(client: SFNClient): (executionArn: string) => Promise<string> {
  const known = new Map<string, string>();
  return async (executionArn) => {
    const found = known.get(executionArn);
    if (found !== undefined) return found;
    const { definition = '' } = await client.send(
      new DescribeStateMachineForExecutionCommand({ executionArn }),
    );
    const [oldest] = known.keys();
    if (known.size === mostDefinitions && oldest !== undefined) known.delete(oldest);
    known.set(executionArn, definition);
    return definition;
  };
}

async function unlessMissing<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return null;
    throw error;
  }
}

/**
 * Executions of one state machine, until 90 days after their end. Nothing is known of how far a running task is. A stop
 * takes effect within seconds; an execution that ended between the question and the stop counts as stopped.
 */
export function createExecutionRuns({
  stateMachineArn,
  client = new SFNClient(clientOptions(brief)),
}: ExecutionRunsOptions): ExecutionRuns {
  const prefix = stateMachineArn.replace(':stateMachine:', ':execution:');
  const describe = (executionArn: string) => client.send(new DescribeExecutionCommand({ executionArn }));
  const definitionOf = rememberDefinitions(client);
  return {
    read: (name) =>
      guarded(`Reading the execution ${name}`, () =>
        unlessMissing(async () => {
          const executionArn = `${prefix}:${name}`;
          const summary = summaryOf(await describe(executionArn));
          const [definition, events] = await Promise.all([
            definitionOf(executionArn),
            historyOf(client, executionArn),
          ]);
          return { summary, definition, events, fractions: {} };
        }),
      ),
    stop: (name) =>
      guarded(`Stopping the execution ${name}`, async () => {
        const stopped = await unlessMissing(async () => {
          const executionArn = `${prefix}:${name}`;
          if (summaryOf(await describe(executionArn)).status !== 'RUNNING') return false;
          const cause = 'Its owner wanted no result.';
          await client.send(new StopExecutionCommand({ executionArn, error: cancelled, cause }));
          return true;
        });
        return stopped ?? false;
      }),
  };
}
