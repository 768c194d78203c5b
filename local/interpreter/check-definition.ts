// Can this definition be run here, and if not, why in one sentence?

import type { Json, StateMachineDefinition } from '../../systems/asl.ts';
import { compile, expressionIn } from './expressions.ts';

/** The definition cannot run; the message is one sentence for the user, with the place in it. */
export class DefinitionRejected extends Error {
  override readonly name = 'DefinitionRejected';
}

type JsonObject = { readonly [key: string]: Json };

const jsonPathFields = [
  'InputPath',
  'OutputPath',
  'Parameters',
  'ResultPath',
  'ResultSelector',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'ErrorPath',
  'CausePath',
  'Result',
  'Iterator',
];
const terminalTypes = ['Succeed', 'Fail', 'Choice'];
const knownTypes = new Set(['Pass', 'Task', 'Wait', 'Parallel', 'Map', ...terminalTypes]);

/**
 * The same definition, known to be JSONata only, to name only states that exist, and to hold expressions that parse.
 * Throws DefinitionRejected. It is no full validator: asl-validator and the rules of systems/ are.
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
  checkScope(machine, '', []);
  return machine as unknown as StateMachineDefinition;
}

/** `outer` are the variables assigned in the scopes around this one. */
function checkScope(scope: JsonObject, at: string, outer: readonly string[]): void {
  const states = scope['States'];
  if (!isObject(states))
    throw new DefinitionRejected(`There are no States at ${at === '' ? 'the top level' : at}.`);
  checkTarget(scope['StartAt'], { states, at, field: 'StartAt' });
  const assigned = Object.values(states).flatMap(assignedIn);
  for (const name of assigned) {
    if (name === 'states') {
      throw new DefinitionRejected(
        `The variable 'states' is reserved and cannot be assigned (${at}/States).`,
      );
    }
    if (outer.includes(name)) {
      throw new DefinitionRejected(
        `The variable '${name}' belongs to an outer scope and cannot be assigned again at ${at}/States.`,
      );
    }
  }
  for (const [name, state] of Object.entries(states)) {
    const place = `${at}/States/${name}`;
    if (!isObject(state)) throw new DefinitionRejected(`${place} is not an object.`);
    checkLanguage(state, place);
    checkTransitions(state, states, place);
    // The scopes inside are checked for themselves.
    const { Comment: _comment, Branches: _branches, ItemProcessor: _processor, ...fields } = state;
    checkExpressions(fields, place);
    checkInner(state, place, [...outer, ...assigned]);
  }
}

function checkLanguage(state: JsonObject, place: string): void {
  if (state['QueryLanguage'] === 'JSONPath') {
    throw new DefinitionRejected(
      `'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine (${place}).`,
    );
  }
  const choices = state['Choices'];
  const hasJsonPathRule = isList(choices) && choices.some((rule) => isObject(rule) && 'Variable' in rule);
  const field = hasJsonPathRule ? 'Variable' : jsonPathFields.find((name) => name in state);
  if (field !== undefined) {
    throw new DefinitionRejected(
      `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' ` +
        `QueryLanguage (${place}).`,
    );
  }
}

function checkTransitions(state: JsonObject, states: JsonObject, place: string): void {
  const type = state['Type'];
  if (typeof type !== 'string' || !knownTypes.has(type)) {
    throw new DefinitionRejected(`${place} has the unknown Type ${JSON.stringify(type ?? null)}.`);
  }
  if (!terminalTypes.includes(type) && state['End'] !== true) {
    checkTarget(state['Next'], { states, at: place, field: 'Next' });
  }
  if (type === 'Task' && typeof state['Resource'] !== 'string') {
    throw new DefinitionRejected(`${place} is a Task without a Resource.`);
  }
  if (type === 'Wait' && state['Seconds'] === undefined && state['Timestamp'] === undefined) {
    throw new DefinitionRejected(`${place} is a Wait without Seconds or Timestamp.`);
  }
  if (type === 'Choice' && !isList(state['Choices'])) {
    throw new DefinitionRejected(`${place} is a Choice without Choices.`);
  }
  if (state['Default'] !== undefined) checkTarget(state['Default'], { states, at: place, field: 'Default' });
  for (const field of ['Choices', 'Catch', 'Retry']) {
    const rows = state[field];
    for (const [i, row] of (isList(rows) ? rows : []).entries()) {
      const at = `${place}/${field}[${i}]`;
      if (!isObject(row)) throw new DefinitionRejected(`${at} is not an object.`);
      if (field === 'Choices' && row['Condition'] === undefined) {
        throw new DefinitionRejected(`${at} has no Condition.`);
      }
      if (field !== 'Choices' && !isList(row['ErrorEquals'])) {
        throw new DefinitionRejected(`${at} has no ErrorEquals.`);
      }
      if (field !== 'Retry') checkTarget(row['Next'], { states, at, field: 'Next' });
    }
  }
}

function checkTarget(
  target: Json | undefined,
  { states, at, field }: { readonly states: JsonObject; readonly at: string; readonly field: string },
): void {
  const place = at === '' ? 'the top level' : at;
  if (typeof target !== 'string') throw new DefinitionRejected(`${field} is missing at ${place}.`);
  if (!Object.hasOwn(states, target)) {
    throw new DefinitionRejected(`${field} at ${place} names the state '${target}', which does not exist.`);
  }
}

function checkInner(state: JsonObject, place: string, variables: readonly string[]): void {
  if (state['Type'] === 'Parallel') {
    const branches = state['Branches'];
    if (!isList(branches)) throw new DefinitionRejected(`${place} is a Parallel without Branches.`);
    for (const [i, branch] of branches.entries()) {
      if (!isObject(branch)) throw new DefinitionRejected(`${place}/Branches[${i}] is not an object.`);
      checkScope(branch, `${place}/Branches[${i}]`, variables);
    }
  }
  if (state['Type'] === 'Map') {
    const processor = state['ItemProcessor'];
    if (!isObject(processor)) throw new DefinitionRejected(`${place} is a Map without an ItemProcessor.`);
    const config = processor['ProcessorConfig'];
    const isDistributed = isObject(config) && config['Mode'] === 'DISTRIBUTED';
    // The children of a distributed Map are executions of their own and see no variables of this one.
    checkScope(processor, `${place}/ItemProcessor`, isDistributed ? [] : variables);
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
  const rows = [state['Choices'], state['Catch']].flatMap((list) => (isList(list) ? list : []));
  return [state, ...rows].flatMap((row) =>
    isObject(row) && isObject(row['Assign']) ? Object.keys(row['Assign']) : [],
  );
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
