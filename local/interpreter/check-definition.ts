// Can this definition be run here, and if not, why in one sentence?

import type { Json, Scope, StateMachineDefinition } from '../../systems/asl.ts';
import { reachable, waysIn } from '../../systems/rules/edges.ts';
import type { ScopeKind } from './allowed-fields.ts';
import { checkScopeFields, isDistributed } from './allowed-fields.ts';
import { checkState, checkTarget } from './check-state.ts';
import type { JsonObject } from './definition-rejected.ts';
import { DefinitionRejected, isObject } from './definition-rejected.ts';
import { compile, expressionIn, isList } from './expressions.ts';

/** A scope in its surroundings. */
interface ScopeCheck {
  readonly kind: ScopeKind;
  /** '' for the machine, `/States/P/Branches[0]` for a branch. */
  readonly at: string;
  /** The variables assigned in the scopes around this one. */
  readonly outer: readonly string[];
  /** Where each name of the whole machine stands, as far as seen. */
  readonly names: Map<string, string>;
}

/**
 * The same definition, known to be JSONata only and to be none that Step Functions is known to refuse: its fields,
 * names, transitions and tables are sound, every state can be reached, one can end it, and expressions parse.
 * Throws DefinitionRejected. What is good style beyond that, such as timeouts, is for the rules of systems/.
 */
export function checkDefinition(definition: unknown): StateMachineDefinition {
  const machine = JSON.parse(JSON.stringify(definition ?? null)) as Json;
  if (!isObject(machine)) throw new DefinitionRejected('The definition is not a JSON object.');
  const language = machine['QueryLanguage'];
  if (language !== 'JSONata') {
    throw new DefinitionRejected(
      'Only JSONata definitions can be run here: set "QueryLanguage": "JSONata" at the top level; this definition ' +
        (language === undefined ? 'has none, which means JSONPath.' : `has ${JSON.stringify(language)}.`),
    );
  }
  const timeout = machine['TimeoutSeconds'];
  if (timeout !== undefined && typeof timeout !== 'number') {
    throw new DefinitionRejected('The machine-level TimeoutSeconds must be a number.');
  }
  checkScope(machine, { kind: 'state machine', at: '', outer: [], names: new Map() });
  return machine as unknown as StateMachineDefinition;
}

function checkScope(scope: JsonObject, check: ScopeCheck): void {
  const { kind, at, outer, names } = check;
  const states = scope['States'];
  const here = at === '' ? 'the top level' : at;
  if (!isObject(states)) throw new DefinitionRejected(`There are no States at ${here}.`);
  checkScopeFields(scope, kind, here);
  checkTarget(scope['StartAt'], { states, at, field: 'StartAt' });
  const assigned = Object.values(states).flatMap(assignedIn);
  checkAssigned(assigned, check);
  for (const [name, state] of Object.entries(states)) {
    const place = `${at}/States/${name}`;
    if (!isObject(state)) throw new DefinitionRejected(`${place} is not an object.`);
    const first = names.get(name);
    if (first !== undefined) {
      throw new DefinitionRejected(`${place} has the name of ${first}; names are unique in a whole machine.`);
    }
    names.set(name, place);
    checkState(state, { name, states, place });
    // The scopes inside are checked for themselves.
    const { Comment: _comment, Branches: _branches, ItemProcessor: _processor, ...fields } = state;
    checkExpressions(fields, place);
    checkInner(state, { ...check, at: place, outer: [...outer, ...assigned] });
  }
  checkGraph(scope as unknown as Scope, at);
}

function checkAssigned(assigned: readonly string[], { at, outer }: ScopeCheck): void {
  if (assigned.includes('states')) {
    throw new DefinitionRejected(`The variable 'states' is reserved and cannot be assigned (${at}/States).`);
  }
  const name = assigned.find((variable) => outer.includes(variable));
  if (name !== undefined) {
    throw new DefinitionRejected(
      `The variable '${name}' belongs to an outer scope and cannot be assigned again at ${at}/States.`,
    );
  }
}

/** AWS wants a terminal state of the machine only; a branch without one is accepted and loops (floci, us-east-1). */
function checkGraph(scope: Scope, at: string): void {
  const states = Object.entries(scope.States);
  const canEnd = states.some(
    ([, state]) => state.Type === 'Succeed' || state.Type === 'Fail' || ('End' in state && state.End),
  );
  if (at === '' && !canEnd) {
    throw new DefinitionRejected(
      'No state can end the machine: none has End, and none is a Succeed or a Fail.',
    );
  }
  const reached = reachable([scope.StartAt], waysIn({ prefix: '', scope, outer: null }));
  const lost = states.find(([name]) => !reached.has(name));
  if (lost === undefined) return;
  throw new DefinitionRejected(
    `${at}/States/${lost[0]} is not reachable: no way leads there from ${scope.StartAt}.`,
  );
}

/** `check` is about the state, `check.outer` already holds the variables of its scope. */
function checkInner(state: JsonObject, check: ScopeCheck): void {
  const place = check.at;
  if (state['Type'] === 'Parallel') {
    const branches = state['Branches'];
    if (branches === undefined || !isList(branches)) {
      throw new DefinitionRejected(`${place} is a Parallel without Branches.`);
    }
    for (const [i, branch] of branches.entries()) {
      const at = `${place}/Branches[${i}]`;
      if (!isObject(branch)) throw new DefinitionRejected(`${at} is not an object.`);
      checkScope(branch, { ...check, kind: 'branch', at });
    }
  }
  if (state['Type'] === 'Map') {
    const processor = state['ItemProcessor'];
    if (!isObject(processor)) throw new DefinitionRejected(`${place} is a Map without an ItemProcessor.`);
    checkScope(processor, {
      ...check,
      kind: 'Map processor',
      at: `${place}/ItemProcessor`,
      // The children of a distributed Map are executions of their own and see no variables of this one.
      outer: isDistributed(processor) ? [] : check.outer,
    });
  }
}

function checkExpressions(value: Json, place: string): void {
  if (typeof value === 'string') {
    const expression = expressionIn(value);
    if (expression === undefined) return;
    try {
      compile(expression);
    } catch (error) {
      const reason =
        error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error);
      throw new DefinitionRejected(
        `The JSONata expression at ${place} does not parse: ${reason ? String(error.message) : String(error)}.`,
      );
    }
  } else if (isList(value)) {
    for (const [i, item] of value.entries()) checkExpressions(item, `${place}[${i}]`);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) checkExpressions(item, `${place}/${key}`);
  }
}

function assignedIn(state: Json): readonly string[] {
  if (!isObject(state)) return [];
  const rows = [state['Choices'], state['Catch']].flatMap((list) =>
    list !== undefined && isList(list) ? list : [],
  );
  return [state, ...rows].flatMap((row) =>
    isObject(row) && isObject(row['Assign']) ? Object.keys(row['Assign']) : [],
  );
}
