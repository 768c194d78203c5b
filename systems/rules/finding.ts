// What does a rule report, and where in a definition does it look?
import type { MapState, ParallelState, Scope, State, StateMachineDefinition } from '../asl.ts';

/** Every rule by name; what each holds is said where it is written. */
export type RuleName =
  | 'choice-default'
  | 'expression'
  | 'jsonpath'
  | 'loop-without-wait'
  | 'name-length'
  | 'name-unique'
  | 'retry-range'
  | 'shadowed-variable'
  | 'size'
  | 'states-all'
  | 'states-part'
  | 'target'
  | 'task-catch'
  | 'task-retry'
  | 'timeout'
  | 'timeouts-nest'
  | 'transition'
  | 'unassigned-variable'
  | 'unreachable'
  | 'reserved-variable';

export interface Finding {
  /** Where: `States.Probe.Catch[0]`. */
  readonly path: string;
  readonly rule: RuleName;
  readonly message: string;
}

/** One scope of a definition: the machine, a branch, or a Map's processor. */
export interface ScopePlace {
  /** `''` for the machine, `States.Both.Branches[1].` for a branch. */
  readonly prefix: string;
  readonly scope: Scope;
  /** The scope around it and the state there that holds it. */
  readonly outer: { readonly place: ScopePlace; readonly state: string } | null;
}

export interface StatePlace {
  readonly path: string;
  readonly name: string;
  readonly state: State;
  readonly place: ScopePlace;
}

/** Where the rules on a whole definition report. */
export const wholeDefinition = '$';

/** The scopes that a state holds, with where they stand in it. */
export function innerScopes(state: ParallelState | MapState): readonly { at: string; scope: Scope }[] {
  if (state.Type === 'Map') return [{ at: 'ItemProcessor', scope: state.ItemProcessor }];
  return state.Branches.map((scope, index) => ({ at: `Branches[${index}]`, scope }));
}

/** Every scope, outer ones first. */
export function scopesOf(definition: StateMachineDefinition): readonly ScopePlace[] {
  const visit = (place: ScopePlace): readonly ScopePlace[] => [
    place,
    ...statesOf(place).flatMap(({ path, name, state }) =>
      state.Type === 'Parallel' || state.Type === 'Map'
        ? innerScopes(state).flatMap(({ at, scope }) =>
            visit({ prefix: `${path}.${at}.`, scope, outer: { place, state: name } }),
          )
        : [],
    ),
  ];
  return visit({ prefix: '', scope: definition, outer: null });
}

export function statesOf(place: ScopePlace): readonly StatePlace[] {
  return Object.entries(place.scope.States).map(([name, state]) => ({
    path: `${place.prefix}States.${name}`,
    name,
    state,
    place,
  }));
}
