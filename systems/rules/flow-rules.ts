// Does every way lead somewhere, and does every state have one that leads to it?
import type { State, StateMachineDefinition } from '../asl.ts';
import { reachable, waysIn, type Way } from './edges.ts';
import {
  type Finding,
  type ScopePlace,
  scopesOf,
  type StatePlace,
  statesOf,
  wholeDefinition,
} from './finding.ts';

const jsonPathFields: ReadonlySet<string> = new Set(
  (
    'InputPath OutputPath Parameters Result ResultPath ResultSelector ItemsPath SecondsPath TimestampPath ' +
    'TimeoutSecondsPath HeartbeatSecondsPath MaxConcurrencyPath ErrorPath CausePath Variable'
  ).split(' '),
);

/** A transition, a Default or a StartAt names a state of its own scope. */
function targets(place: ScopePlace): readonly Finding[] {
  const exists = (name: string): boolean => Object.hasOwn(place.scope.States, name);
  const start = exists(place.scope.StartAt)
    ? []
    : [
        {
          path: `${place.prefix}StartAt`,
          rule: 'target' as const,
          message: `there is no state ${place.scope.StartAt}`,
        },
      ];
  const lost = waysIn(place).filter(({ to }) => !exists(to));
  return [
    ...start,
    ...lost.map(({ from, to, at }) => ({
      path: `${place.prefix}States.${from}.${at}`,
      rule: 'target' as const,
      message: `there is no state ${to} in this scope`,
    })),
  ];
}

function unreachable(place: ScopePlace): readonly Finding[] {
  const reached = reachable([place.scope.StartAt], waysIn(place));
  return statesOf(place)
    .filter(({ name }) => !reached.has(name))
    .map(({ path }) => ({
      path,
      rule: 'unreachable',
      message: `no way leads here from ${place.scope.StartAt}`,
    }));
}

/** A loop that never waits spins as fast as its tasks answer, at a price per transition. */
function loops(place: ScopePlace): readonly Finding[] {
  const waits = ({ from, to }: Way): boolean =>
    place.scope.States[from]?.Type === 'Wait' || place.scope.States[to]?.Type === 'Wait';
  const ways = waysIn(place).filter((way) => !waits(way));
  const next = (name: string): readonly string[] =>
    ways.filter(({ from }) => from === name).map(({ to }) => to);
  return statesOf(place)
    .filter(({ name }) => reachable(next(name), ways).has(name))
    .map(({ path }) => ({ path, rule: 'loop-without-wait', message: 'comes back to itself without a Wait' }));
}

function hasWayOut(state: State): boolean {
  if (state.Type === 'Choice' || state.Type === 'Succeed' || state.Type === 'Fail') return true;
  return (state.Next === undefined) !== (state.End === undefined);
}

function ofState({ path, state, name }: StatePlace): readonly Finding[] {
  const findings: Finding[] = [];
  if (!hasWayOut(state)) findings.push({ path, rule: 'transition', message: 'needs either Next or End' });
  if (state.Type === 'Choice' && state.Default === undefined) {
    findings.push({
      path,
      rule: 'choice-default',
      message: 'fails with States.NoChoiceMatched when no rule holds',
    });
  }
  if (name.length > 80) findings.push({ path, rule: 'name-length', message: 'is longer than 80 characters' });
  for (const field of jsonPathFieldsIn(state)) {
    findings.push({ path, rule: 'jsonpath', message: `${field} is JSONPath; definitions here are JSONata` });
  }
  return findings;
}

/** Fields of the state and of its rules, not of what it holds for others. */
function jsonPathFieldsIn(state: State): readonly string[] {
  const rules = state.Type === 'Choice' ? state.Choices : [];
  const own = [state, ...rules].flatMap((fields) => Object.keys(fields));
  return [
    ...own.filter((field) => jsonPathFields.has(field) || field.endsWith('.$')),
    ...('QueryLanguage' in state && state.QueryLanguage !== 'JSONata' ? ['QueryLanguage'] : []),
  ];
}

/** Step Functions wants state names unique across the whole definition, branches included. */
function uniqueNames(states: readonly StatePlace[]): readonly Finding[] {
  return states
    .filter(({ name }, index) => states.findIndex((other) => other.name === name) !== index)
    .map(({ path }) => ({ path, rule: 'name-unique', message: 'another state has the same name' }));
}

/** 1 MiB, the limit of CreateStateMachine. */
const sizeLimit = 1_048_576;

function size(definition: StateMachineDefinition): readonly Finding[] {
  const { length } = JSON.stringify(definition);
  if (length <= sizeLimit) return [];
  return [
    { path: wholeDefinition, rule: 'size', message: `has ${length} characters; ${sizeLimit} are allowed` },
  ];
}

/** Rules on the graph: targets, reachability, loops, names, JSONPath. */
export function flowFindings(definition: StateMachineDefinition): readonly Finding[] {
  const scopes = scopesOf(definition);
  const states = scopes.flatMap((place) => statesOf(place));
  return [
    ...scopes.flatMap((place) => [targets(place), unreachable(place), loops(place)].flat()),
    ...states.flatMap((state) => ofState(state)),
    ...uniqueNames(states),
    ...size(definition),
  ];
}
