// How is one child execution of a distributed Map run?

import type { Json, Scope } from '../../systems/asl.ts';
import { runToTheEnd } from './close-execution.ts';
import type { Execution } from './execution.ts';
import { statesArn } from './execution.ts';
import { Recorder } from './recorder.ts';
import type { RunScope } from './scope-run.ts';
import { stopIfAborted } from './state-failed.ts';
import type { Visit } from './visit.ts';

/** A child's end as Step Functions describes it in a map run's results; Input and Output are JSON texts. */
export interface ChildRecord {
  readonly ExecutionArn: string;
  readonly Input: string;
  readonly InputDetails: { readonly Included: true };
  readonly Name: string;
  readonly Output?: string;
  readonly OutputDetails?: { readonly Included: true };
  readonly Error?: string;
  readonly Cause?: string;
  readonly RedriveCount: 0;
  readonly StartDate: string;
  readonly StateMachineArn: string;
  readonly Status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly StopDate: string;
}

interface Child {
  readonly index: number;
  readonly scope: Scope;
  readonly input: Json;
  readonly map: { readonly [key: string]: Json } | undefined;
  readonly mapRunArn: string;
  readonly signal: AbortSignal;
  readonly run: RunScope;
}

/** Runs the child under its own history and remembers how it ended. Throws Aborted when the signal is given. */
export async function runChild(visit: Visit, child: Child): Promise<ChildRecord> {
  const { execution, attemptKey } = visit;
  const { recorder, clock } = execution;
  const key = `${attemptKey}/${child.index}:child`;
  const known = recorder.decided(key);
  if (known !== undefined) return known as unknown as ChildRecord;
  const startedAtMs = await recorder.decide(`${key}-started`, () => clock.now());
  const part = child.mapRunArn.slice(child.mapRunArn.lastIndexOf(':mapRun:') + ':mapRun:'.length);
  const machine = part.slice(0, part.lastIndexOf(':'));
  const name = `${part.slice(part.lastIndexOf(':') + 1)}-${child.index}`;
  const childExecution = create(execution, { child, machine, name, startedAtMs });
  const stop = stopSignal(child.signal);
  const ending = await runToTheEnd(childExecution, {
    scope: child.scope,
    input: child.input,
    stop,
    run: child.run,
  });
  stopIfAborted(child.signal);
  const record: ChildRecord = {
    ExecutionArn: childExecution.arn,
    Input: JSON.stringify(child.input),
    InputDetails: { Included: true },
    Name: name,
    ...(ending.output === undefined
      ? {}
      : { Output: JSON.stringify(ending.output), OutputDetails: { Included: true } as const }),
    ...(ending.error === undefined ? {} : { Error: ending.error }),
    ...(ending.cause === undefined ? {} : { Cause: ending.cause }),
    RedriveCount: 0,
    StartDate: new Date(startedAtMs).toISOString(),
    StateMachineArn: childExecution.context.StateMachine.Id,
    Status: ending.status,
    StopDate: new Date(clock.now()).toISOString(),
  };
  await recorder.decide(key, () => ({ ...record }));
  return record;
}

function create(
  parent: Execution,
  { child, machine, name, startedAtMs }: { child: Child; machine: string; name: string; startedAtMs: number },
): Execution {
  const arn = statesArn('execution', `${machine}:${name}`);
  const log = parent.log.child(`${machine}:${name}`, child.input, startedAtMs);
  return {
    ...parent,
    arn,
    log,
    recorder: new Recorder({ log, clock: parent.clock, turns: parent.turns }),
    context: {
      Execution: {
        ...parent.context.Execution,
        Id: arn,
        Input: child.input,
        Name: name,
        StartTime: new Date(startedAtMs).toISOString(),
      },
      StateMachine: { Id: statesArn('stateMachine', machine), Name: machine },
    },
    ...(child.map === undefined ? {} : { mapItem: child.map }),
  };
}

/** The same signal, with the reason an execution's end is read from. */
function stopSignal(signal: AbortSignal): AbortSignal {
  const stop = new AbortController();
  const give = (): void => stop.abort({ status: 'ABORTED' });
  if (signal.aborted) give();
  else signal.addEventListener('abort', give, { once: true });
  return stop.signal;
}
