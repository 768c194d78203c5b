// Is everything that an expression reads there when it is read?
import type { State, StateMachineDefinition } from '../asl.ts';
import { jsonataFunctions } from '../jsonata-functions.ts';
import { assignedIn, namesAssigned, reachable, waysIn } from './edges.ts';
import { codeOf, type Reads, readsOf } from './expressions.ts';
import { type Finding, type ScopePlace, scopesOf, type StatePlace, statesOf } from './finding.ts';

/** A text of a state, with the parts of `$states` that exist where it stands. */
interface Text {
  readonly path: string;
  readonly text: string;
  readonly statesParts: ReadonlySet<string>;
}

const onEntry = new Set(['input', 'context']);
const onExit = new Set(['input', 'context', 'result']);
const onError = new Set(['input', 'context', 'errorOutput']);
const knownFunctions: ReadonlySet<string> = new Set(jsonataFunctions);
const hasResult = ({ Type }: State): boolean => Type === 'Task' || Type === 'Parallel' || Type === 'Map';

function partsAt(state: State, field: string): ReadonlySet<string> {
  if (field === 'Catch') return onError;
  return (field === 'Assign' || field === 'Output') && hasResult(state) ? onExit : onEntry;
}

function textsIn(value: unknown, path: string, statesParts: ReadonlySet<string>): readonly Text[] {
  if (typeof value === 'string') return [{ path, text: value, statesParts }];
  if (Array.isArray(value))
    return value.flatMap((item, index) => textsIn(item, `${path}[${index}]`, statesParts));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, `${path}.${key}`, statesParts));
}

/** Every text of the state itself; those of inner scopes belong to the states there. */
function textsOf({ path, state }: StatePlace): readonly Text[] {
  return Object.entries(state)
    .filter(([field]) => field !== 'Branches' && field !== 'ItemProcessor')
    .flatMap(([field, value]) => textsIn(value, `${path}.${field}`, partsAt(state, field)));
}

/** Assigned on every path = not reachable once the ways that assign the variable are cut. */
function isAssigned(variable: string, name: string, place: ScopePlace): boolean {
  if (assignedIn(place).has(variable)) {
    const keeping = waysIn(place).filter(({ assigns }) => !assigns.includes(variable));
    if (!reachable([place.scope.StartAt], keeping).has(name)) return true;
  }
  return place.outer !== null && isAssigned(variable, place.outer.state, place.outer.place);
}

function ofReads(reads: Reads, { path, statesParts }: Text, { name, place }: StatePlace): readonly Finding[] {
  const variables = [...reads.variables].filter((variable) => variable !== 'states');
  const unassigned = variables.filter(
    (variable) => !isAssigned(variable, name, place) && !knownFunctions.has(variable),
  );
  const unknown = [...reads.functions].filter(
    (called) => !knownFunctions.has(called) && !isAssigned(called, name, place),
  );
  const absent = [...reads.statesParts].filter((part) => !statesParts.has(part));
  return [
    ...unassigned.map((variable) => ({
      path,
      rule: 'unassigned-variable' as const,
      message: `$${variable} is not assigned on every path to ${name}`,
    })),
    ...unknown.map((called) => ({
      path,
      rule: 'expression' as const,
      message: `there is no function $${called}`,
    })),
    ...absent.map((part) => ({
      path,
      rule: 'states-part' as const,
      message: `$states.${part} does not exist here`,
    })),
  ];
}

function ofText(text: Text, state: StatePlace): readonly Finding[] {
  const code = codeOf(text.text);
  if (code === null) {
    if (!text.text.startsWith('{%')) return [];
    return [{ path: text.path, rule: 'expression', message: 'begins with {% but does not end with %}' }];
  }
  const reads = readsOf(code);
  if (typeof reads === 'string') return [{ path: text.path, rule: 'expression', message: reads }];
  return ofReads(reads, text, state);
}

function assignedBy(state: State): readonly string[] {
  if (state.Type === 'Fail') return [];
  const rules = state.Type === 'Choice' ? state.Choices : [];
  const rows = 'Catch' in state ? (state.Catch ?? []) : [];
  return [state, ...rules, ...rows].flatMap((assigning) => namesAssigned(assigning));
}

function isOuter(variable: string, place: ScopePlace): boolean {
  if (place.outer === null) return false;
  return assignedIn(place.outer.place).has(variable) || isOuter(variable, place.outer.place);
}

/** Step Functions refuses a variable of an inner scope with the name of an outer one, and `states` anywhere. */
function ofAssignments({ path, state, place }: StatePlace): readonly Finding[] {
  const names = [...new Set(assignedBy(state))];
  const reserved = names.filter((name) => name === 'states' || knownFunctions.has(name));
  return [
    ...reserved.map((name) => ({
      path,
      rule: 'reserved-variable' as const,
      message: `$${name} is a name of JSONata or Step Functions`,
    })),
    ...names
      .filter((name) => isOuter(name, place))
      .map((name) => ({
        path,
        rule: 'shadowed-variable' as const,
        message: `$${name} is assigned in an outer scope`,
      })),
  ];
}

const ofState = (state: StatePlace): readonly Finding[] =>
  textsOf(state)
    .flatMap((text) => ofText(text, state))
    .concat(ofAssignments(state));

/** Rules on expressions and variables. */
export const dataFindings = (definition: StateMachineDefinition): readonly Finding[] =>
  scopesOf(definition)
    .flatMap((place) => statesOf(place))
    .flatMap((state) => ofState(state));
