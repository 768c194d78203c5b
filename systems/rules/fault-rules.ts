// Is every error met, and does every timeout fit into the one around it?
import type { Catcher, Retrier, Scope, State, StateMachineDefinition } from '../asl.ts';
import { waysOut } from './edges.ts';
import {
  type Finding,
  innerScopes,
  scopesOf,
  type StatePlace,
  statesOf,
  wholeDefinition,
} from './finding.ts';

/** AWS's defaults where a row says nothing. */
const retryDefaults = { IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2, MaxDelaySeconds: Infinity };
/** Ours: more attempts than this hide a fault instead of riding it out. */
const maxAttempts = 10;

type Row = Retrier | Catcher;

function statesAll(rows: readonly Row[], path: string): readonly Finding[] {
  return rows.flatMap(({ ErrorEquals }, index) => {
    if (!ErrorEquals.includes('States.ALL')) return [];
    const at = { path: `${path}[${index}]`, rule: 'states-all' as const };
    return [
      ...(ErrorEquals.length > 1 ? [{ ...at, message: 'States.ALL must stand alone' }] : []),
      ...(index < rows.length - 1 ? [{ ...at, message: 'rows after States.ALL are never reached' }] : []),
    ];
  });
}

function retryRange(rows: readonly Retrier[], path: string): readonly Finding[] {
  return rows.flatMap((row, index) => {
    const { IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds } = { ...retryDefaults, ...row };
    const faults = [
      ...(Number.isInteger(IntervalSeconds) && IntervalSeconds >= 1
        ? []
        : ['IntervalSeconds must be a whole 1 or more']),
      ...(MaxDelaySeconds > IntervalSeconds ? [] : ['MaxDelaySeconds must be more than IntervalSeconds']),
      ...(BackoffRate >= 1 ? [] : ['BackoffRate must be 1 or more']),
      ...(MaxAttempts <= maxAttempts ? [] : [`MaxAttempts is more than ${maxAttempts}`]),
    ];
    return faults.map((message) => ({ path: `${path}[${index}]`, rule: 'retry-range' as const, message }));
  });
}

/** Every Task has a timeout, a Retry, and a Catch that ends in States.ALL. */
function ofTask({ path, state }: StatePlace): readonly Finding[] {
  if (state.Type !== 'Task') return [];
  const catchesAll = state.Catch?.some(({ ErrorEquals }) => ErrorEquals.includes('States.ALL')) ?? false;
  const { TimeoutSeconds, HeartbeatSeconds } = state;
  return [
    ...(TimeoutSeconds === undefined
      ? [{ path, rule: 'timeout' as const, message: 'has no TimeoutSeconds' }]
      : []),
    ...(typeof TimeoutSeconds === 'number' && Number(HeartbeatSeconds ?? 0) >= TimeoutSeconds
      ? [
          {
            path,
            rule: 'timeout' as const,
            message: 'its HeartbeatSeconds are not shorter than its TimeoutSeconds',
          },
        ]
      : []),
    ...(state.Retry?.length ? [] : [{ path, rule: 'task-retry' as const, message: 'has no Retry' }]),
    ...(catchesAll ? [] : [{ path, rule: 'task-catch' as const, message: 'has no Catch for States.ALL' }]),
  ];
}

function ofRows({ path, state }: StatePlace): readonly Finding[] {
  if (!('Retry' in state) && !('Catch' in state)) return [];
  const { Retry = [], Catch = [] } = state;
  return [
    ...statesAll(Retry, `${path}.Retry`),
    ...statesAll(Catch, `${path}.Catch`),
    ...retryRange(Retry, `${path}.Retry`),
  ];
}

/** Seconds that all retries of a state can add: each row counts its attempts on its own, as Step Functions does. */
function secondsWithRetries(oneAttempt: number, rows: readonly Retrier[]): number {
  const added = rows.map((row) => {
    const { IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds } = { ...retryDefaults, ...row };
    const waits = Array.from({ length: MaxAttempts }, (_, n) =>
      Math.min(IntervalSeconds * BackoffRate ** n, MaxDelaySeconds),
    );
    return waits.reduce((sum, wait) => sum + wait + oneAttempt, 0);
  });
  return added.reduce((sum, seconds) => sum + seconds, oneAttempt);
}

/** What a state can take at worst, as far as the definition tells: a computed time counts as 0, a Map as one item. */
function worstSecondsOf(state: State): number {
  if (state.Type === 'Wait') return typeof state.Seconds === 'number' ? state.Seconds : 0;
  if (state.Type === 'Task') {
    return secondsWithRetries(
      typeof state.TimeoutSeconds === 'number' ? state.TimeoutSeconds : 0,
      state.Retry ?? [],
    );
  }
  if (state.Type !== 'Parallel' && state.Type !== 'Map') return 0;
  const inner = innerScopes(state).map(({ scope }) => worstSeconds(scope));
  return secondsWithRetries(Math.max(0, ...inner), state.Retry ?? []);
}

/** The longest path that enters no state twice; a loop counts once, so this is the least that a timeout must allow. */
function worstSeconds(scope: Scope): number {
  const known = new Map<string, number>();
  const from = (name: string, before: readonly string[]): number => {
    const state = scope.States[name];
    if (!state || before.includes(name)) return 0;
    const found = known.get(name);
    if (found !== undefined) return found;
    const after = waysOut(name, state).map(({ to }) => from(to, [...before, name]));
    const seconds = worstSecondsOf(state) + Math.max(0, ...after);
    known.set(name, seconds);
    return seconds;
  };
  return from(scope.StartAt, []);
}

/** The machine ends no task early that still has its own time or a retry left. */
function timeoutsNest(definition: StateMachineDefinition): readonly Finding[] {
  const { TimeoutSeconds } = definition;
  if (TimeoutSeconds === undefined) {
    return [{ path: wholeDefinition, rule: 'timeout', message: 'the machine has no TimeoutSeconds' }];
  }
  const worst = worstSeconds(definition);
  if (worst <= TimeoutSeconds) return [];
  const message = `its longest path takes up to ${Math.ceil(worst)} s with retries, its timeout is ${TimeoutSeconds} s`;
  return [{ path: wholeDefinition, rule: 'timeouts-nest', message }];
}

/** Rules on Retry, Catch and timeouts. */
export function faultFindings(definition: StateMachineDefinition): readonly Finding[] {
  const states = scopesOf(definition).flatMap((place) => statesOf(place));
  return [...states.flatMap((state) => ofTask(state).concat(ofRows(state))), ...timeoutsNest(definition)];
}
