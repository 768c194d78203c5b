// How are the states of one scope (a machine, a branch, an iteration) run one after the other?

import { InternalError } from '../../domain/errors.ts';
import type { Json, State } from '../../systems/asl.ts';
import { runAttempts } from './attempts.ts';
import type { Execution } from './execution.ts';
import { textDetails } from './history.ts';
import { runMap } from './map-state.ts';
import { runParallel } from './parallel-state.ts';
import { runChoice, runFail, runPass, runSucceed, runWait } from './plain-states.ts';
import type { ScopeRun } from './scope-run.ts';
import { stopIfAborted, tooLarge } from './state-failed.ts';
import { runTask } from './task-state.ts';
import type { Leave } from './visit.ts';
import { isTooLarge, Visit } from './visit.ts';

/**
 * Runs the scope from StartAt to its end and returns its output. Throws StateFailed when a state fails uncaught
 * (`frame` then still stands in it) and Aborted when the signal is given. The caller holds the turn.
 */
export async function runScope(execution: Execution, run: ScopeRun): Promise<Json> {
  const visits = new Map<string, number>();
  let name = run.scope.StartAt;
  let input = run.input;
  for (;;) {
    stopIfAborted(run.signal);
    const state = run.scope.States[name];
    if (state === undefined) throw new InternalError(`there is no state '${name}'`);
    const count = (visits.get(name) ?? 0) + 1;
    visits.set(name, count);
    const key = `${run.frame.path}${encodeURIComponent(name)}#${count}`;
    const left = await visitState(execution, { ...run, name, state, key, input });
    if (left.assigned !== undefined) run.variables.assign(left.assigned);
    if (left.next === undefined) return left.output;
    name = left.next;
    input = left.output;
  }
}

interface StateVisit extends ScopeRun {
  readonly name: string;
  readonly state: State;
  readonly key: string;
}

async function visitState(execution: Execution, run: StateVisit): Promise<Leave> {
  const { recorder } = execution;
  const { frame, key, name, state, input } = run;
  const left = recorder.recalled(`${key}:exited`);
  if (left !== undefined) {
    frame.cursor = left.event.id;
    return left.memo as unknown as Leave;
  }
  await recorder.mayRecord(`${key}:entered`, run.signal);
  const enteredId = await recorder.event(`${key}:entered`, {
    type: `${state.Type}StateEntered`,
    previousEventId: frame.cursor,
    details: { stateEnteredEventDetails: { ...textDetails('input', input), name } },
  });
  frame.cursor = enteredId;
  const enteredTime = recorder.recalled(`${key}:entered`)?.event.timestamp ?? '';
  const visit = new Visit({
    ...run,
    execution,
    type: state.Type,
    enteredId,
    enteredTime,
    mapItem: run.mapItem,
  });
  if (enteredId === 2 && isTooLarge(input)) throw tooLarge('limit', name);
  const leave = await runState(visit, state);
  await recorder.mayRecord(`${key}:exited`, run.signal);
  stopIfAborted(run.signal);
  frame.cursor = await recorder.event(`${key}:exited`, exitEvent(visit, state, leave), { ...leave });
  frame.standing = undefined;
  return leave;
}

function exitEvent(visit: Visit, state: State, { output, assigned }: Leave) {
  const assignment =
    assigned === undefined
      ? {}
      : {
          assignedVariables: Object.fromEntries(
            Object.entries(assigned).map(([variable, value]) => [variable, JSON.stringify(value)]),
          ),
          assignedVariablesDetails: { truncated: false },
        };
  return {
    type: `${state.Type}StateExited`,
    previousEventId: visit.frame.cursor,
    details: {
      stateExitedEventDetails: { ...assignment, name: visit.name, ...textDetails('output', output) },
    },
  };
}

function runState(visit: Visit, state: State): Promise<Leave> {
  if (state.Type === 'Pass') return runPass(visit, state);
  if (state.Type === 'Succeed') return runSucceed(visit, state);
  if (state.Type === 'Fail') return runFail(visit, state);
  if (state.Type === 'Choice') return runChoice(visit, state);
  if (state.Type === 'Wait') return runWait(visit, state);
  if (state.Type === 'Task') return runAttempts(visit, state, () => runTask(visit, state));
  if (state.Type === 'Parallel') return runAttempts(visit, state, () => runParallel(visit, state, runScope));
  return runAttempts(visit, state, () => runMap(visit, state, runScope));
}
