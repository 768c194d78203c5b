// How is one execution of a JSONata state machine run on this machine, from its start event to its end event?
//
// The API in short:
//   const outcome = await runExecution({ definition, input, invoke })
//   outcome: { executionArn, name, status, output?, error?, cause?, history }
// `invoke(call)` does the work of a Task: it returns JSON, or throws. An Error's `name` becomes the ASL error
// and its `cause` (when that is a string, else its `message`) the cause. `call.signal` aborts when the task timed
// out, a sibling branch failed or the execution was stopped; the interpreter waits until the promise settles.
// With `journal` the execution survives a killed process: call runExecution again with the same name.

import { randomUUID } from 'node:crypto';
import { InternalError } from '../../domain/errors.ts';
import { checkDefinition } from './check-definition.ts';
import { realClock } from './clock.ts';
import { runToTheEnd } from './close-execution.ts';
import type { Execution, ExecutionOutcome, RunOptions } from './execution.ts';
import { statesArn } from './execution.ts';
import type { Ending, ExecutionLog } from './execution-log.ts';
import { createMemoryLog } from './execution-log.ts';
import { Recorder } from './recorder.ts';
import { runScope } from './run-scope.ts';
import { statesFunctions } from './states-functions.ts';
import { TaskTokens } from './task-tokens.ts';
import { Turns } from './turns.ts';

export type { ExecutionOutcome, RunOptions, TaskCall } from './execution.ts';
export type { HistoryEvent } from './history.ts';

/**
 * Runs an execution to its end and returns how it ended; a failed execution is an outcome, not an exception.
 * Throws DefinitionRejected for a definition that cannot run, and InternalError when the journal holds another
 * definition or input under the same name. A finished execution in the journal is returned, not run again.
 */
export async function runExecution(options: RunOptions): Promise<ExecutionOutcome> {
  const definition = checkDefinition(options.definition);
  const name = options.name ?? randomUUID();
  const execution = createExecution(options, name);
  const outcomeOf = (ending: Ending): ExecutionOutcome => ({
    executionArn: execution.arn,
    name,
    ...ending,
    history: execution.recorder.history(),
  });
  if (execution.log.outcome !== undefined) return outcomeOf(execution.log.outcome);
  const stop = new AbortController();
  const done = new AbortController();
  const stopped = (): void => stop.abort({ status: 'ABORTED', ...reasonOf(options.signal) });
  if (options.signal?.aborted === true) stopped();
  options.signal?.addEventListener('abort', stopped, { once: true, signal: done.signal });
  if (definition.TimeoutSeconds !== undefined) {
    execution.clock
      .sleepUntil(execution.log.startedAtMs + definition.TimeoutSeconds * 1000, done.signal)
      .then(() => stop.abort({ status: 'TIMED_OUT' }))
      .catch(() => undefined);
  }
  await execution.turns.take();
  try {
    const { input } = options;
    return outcomeOf(
      await runToTheEnd(execution, { scope: definition, input, stop: stop.signal, run: runScope }),
    );
  } finally {
    done.abort();
    execution.turns.release();
  }
}

function createExecution(options: RunOptions, name: string): Execution {
  const clock = options.clock ?? realClock;
  const random = options.random ?? Math.random;
  const machine = options.stateMachineName ?? 'local';
  const log = openLog(options, { name, machine, nowMs: clock.now() });
  const arn = statesArn('execution', `${machine}:${name}`);
  const turns = new Turns();
  return {
    arn,
    log,
    clock,
    random,
    turns,
    options,
    recorder: new Recorder({ log, clock, turns, onEvent: options.onEvent }),
    functions: statesFunctions(random),
    tokens: options.tokens ?? new TaskTokens(),
    context: {
      Execution: {
        Id: arn,
        Input: options.input,
        StartTime: new Date(log.startedAtMs).toISOString(),
        Name: name,
        RoleArn: options.roleArn ?? 'arn:aws:iam::000000000000:role/local',
        RedriveCount: 0,
      },
      StateMachine: { Id: statesArn('stateMachine', machine), Name: machine },
    },
  };
}

function openLog(
  options: RunOptions,
  { name, machine, nowMs }: { readonly name: string; readonly machine: string; readonly nowMs: number },
): ExecutionLog {
  if (options.journal === undefined) return createMemoryLog(nowMs);
  const definition = JSON.stringify(options.definition);
  const input = JSON.stringify(options.input);
  const opened = options.journal.open({
    name,
    stateMachineName: machine,
    definition,
    input,
    startedAtMs: nowMs,
  });
  if (opened.definition !== definition || opened.input !== input) {
    throw new InternalError(
      `the journal holds another definition or input under the execution name '${name}'`,
    );
  }
  return opened.log;
}

/** StopExecution's error and cause, when the signal's reason carries them. */
function reasonOf(signal: AbortSignal | undefined): { readonly error?: string; readonly cause?: string } {
  const reason: unknown = signal?.reason;
  if (typeof reason !== 'object' || reason === null) return {};
  return {
    ...('error' in reason && typeof reason.error === 'string' ? { error: reason.error } : {}),
    ...('cause' in reason && typeof reason.cause === 'string' ? { cause: reason.cause } : {}),
  };
}
