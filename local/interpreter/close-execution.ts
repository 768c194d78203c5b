// How is a started execution run to its end and closed?

import type { Json, Scope } from '../../systems/asl.ts';
import type { Execution } from './execution.ts';
import type { Ending } from './execution-log.ts';
import type { EventDraft } from './history.ts';
import { errorDetails, textDetails } from './history.ts';
import { closingKey } from './recorder.ts';
import type { RunScope } from './scope-run.ts';
import { Aborted, StateFailed } from './state-failed.ts';
import { Variables } from './variables.ts';

interface ExecutionRun {
  readonly scope: Scope;
  readonly input: Json;
  /** When given, its reason is the ending: `{status: 'ABORTED' | 'TIMED_OUT', error?, cause?}`. */
  readonly stop: AbortSignal;
  readonly run: RunScope;
}

/** Records ExecutionStarted, runs the machine, records how it ended, and returns that. The caller holds the turn. */
export async function runToTheEnd(
  execution: Execution,
  { scope, input, stop, run }: ExecutionRun,
): Promise<Ending> {
  const { recorder, log } = execution;
  const ended = recorder.recalled(closingKey);
  if (ended !== undefined) {
    if (log.outcome === undefined) log.end(ended.memo as unknown as Ending);
    return ended.memo as unknown as Ending;
  }
  await recorder.event('/:started', {
    type: 'ExecutionStarted',
    previousEventId: 0,
    details: {
      executionStartedEventDetails: {
        ...textDetails('input', input),
        roleArn: execution.context.Execution.RoleArn,
      },
    },
  });
  // AWS gives the first state's event no predecessor, not even ExecutionStarted.
  const frame = { path: '/', cursor: 0, standing: undefined };
  let ending: Ending;
  try {
    const output = await run(execution, { scope, input, variables: new Variables(), frame, signal: stop });
    ending = { status: 'SUCCEEDED', output };
  } catch (error) {
    ending = endingOf(error, stop);
  }
  await recorder.event(closingKey, closingEvent(ending, frame.cursor), { ...ending });
  log.end(ending);
  return ending;
}

function endingOf(error: unknown, stop: AbortSignal): Ending {
  if (error instanceof Aborted && stop.aborted) return stop.reason as Ending;
  if (!(error instanceof StateFailed)) throw error;
  return { status: 'FAILED', ...(errorDetails(error.failure) as { error?: string; cause?: string }) };
}

/**
 * The last event. A stopped execution and one whose time ran out point back to nothing (LocalStack's AWS model for
 * StopExecution, floci's measurement for the timeout); States.Timeout then stands in the event only.
 */
function closingEvent(ending: Ending, cursor: number): EventDraft {
  if (ending.status === 'SUCCEEDED') {
    const details = { executionSucceededEventDetails: textDetails('output', ending.output ?? null) };
    return { type: 'ExecutionSucceeded', previousEventId: cursor, details };
  }
  if (ending.status === 'FAILED') {
    const details = { executionFailedEventDetails: errorDetails(ending) };
    return { type: 'ExecutionFailed', previousEventId: cursor, details };
  }
  if (ending.status === 'TIMED_OUT') {
    const details = { executionTimedOutEventDetails: { error: 'States.Timeout' } };
    return { type: 'ExecutionTimedOut', previousEventId: 0, details };
  }
  const details = { executionAbortedEventDetails: errorDetails(ending) };
  return { type: 'ExecutionAborted', previousEventId: 0, details };
}
